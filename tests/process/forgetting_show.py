"""A show for tests: is told a visitor's answers, looks at their photo, asks for a place leaned by both, and forgets.

python forgetting_show.py ANSWERS PHOTO FOLDER. ANSWERS is a file with an id of a product; what was answered is
read from there, as from a controller: it stands in no source. Prints who holds what, and goes on at each line
on standard input.
"""

import json
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import onlooker
import stand_in
from showroom.forget import overwrite_freed
from showroom.imagine.look.seer import Seer
from showroom.imagine.studio import Studio
from showroom.words.look import FILE, Photograph, Wiped
from showroom.words.preference import Preference
from showroom.words.result import Done
from stand_in import a_request


class Visit:
    """What is known of one visitor."""

    def __init__(self, answers: Path):
        self.preference = Preference(place="seashore")
        for word in answers.read_text().split():
            self.preference = self.preference.more_like(word).dwelling(word, 3.0).grabbing(word)
        self.look = None


def main(answers: str, photo: str, folder: str) -> None:
    with Studio(Path(folder), ring_bytes=1 << 20, warm_after_s=None, make=stand_in.make_some) as studio:
        seer, visit = Seer(loading=onlooker.holding), Visit(Path(answers))
        studio.request(replace(a_request(), preference=visit.preference))
        seer.look(Photograph(FILE, photo))
        while not any(isinstance(result.value, Done) for result in studio.poll()):
            time.sleep(0.01)
        held = Path(photo).with_name("held")
        while not held.exists():
            time.sleep(0.01)
        tell(studio, seer)
        visit = Visit(Path("/dev/null"))
        assert studio.forget()
        seer.wipe()
        while not isinstance(seer.poll(), Wiped):
            time.sleep(0.01)
        assert not studio.forget(), "there was nothing more to forget"
        while studio.status().pid is None or studio.status().state != "idle":
            studio.poll()
            time.sleep(0.01)
        overwrite_freed()
        tell(studio, seer)
        seer.close()
        assert visit.preference.entries


def tell(studio: Studio, seer: Seer) -> None:
    print(json.dumps({"worker": studio.status().pid, "eye": seer.pid}), flush=True)
    sys.stdin.readline()


if __name__ == "__main__":
    signal.alarm(120)  # whatever happens, it ends
    main(*sys.argv[1:])
