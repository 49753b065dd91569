"""A show for tests: asks an eye for one look at what it is told of, prints what came, and ends.

python looking_show.py LOADER KIND PATH, where LOADER is a function of onlooker.py or "real".
"""

import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

import onlooker
from showroom.imagine.look import eye
from showroom.imagine.look.seer import Seer
from showroom.words.look import Look, Photograph, Unseen, Wiped


def main(loader: str, kind: str, path: str) -> None:
    seer = Seer(loading=eye.load if loader == "real" else getattr(onlooker, loader))
    seer.look(Photograph(kind, path))
    print(json.dumps({"eye": seer.pid}), flush=True)
    while not isinstance(came := seer.poll(), Wiped):
        if isinstance(came, Look):
            print(json.dumps({"look": came.to_plain()}), flush=True)
        elif isinstance(came, Unseen):
            print(json.dumps({"unseen": came.reason}), flush=True)
        time.sleep(0.01)
    seer.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
