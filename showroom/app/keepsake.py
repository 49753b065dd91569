"""The keepsake: a still of the visitor's own place, drawn beside the show and sent to the shop.

It is a process of its own, as nice as can be, that takes one order's place, draws it as `showroom shot`
does, and hands it to the shop, whose page to take home then shows it. A still that does not come costs
the visitor a picture, and staff one line.
"""

import json
import logging
import os
import subprocess
import sys
import time
from io import BytesIO

from showroom.errors import ShowroomError
from showroom.words.preference import Preference

log = logging.getLogger(__name__)

SIZE_PX = (960, 540)
_TRIES, _PAUSE_S, _ANSWER_S = 6, 2.0, 30.0
_NICENESS = 15
_MOST_AT_ONCE = 2
_XRUN = "SHOWROOM_XRUN"


class Keepsakes:
    """Stills under way. `close` ends those that are not done."""

    def __init__(self):
        self._processes: list[subprocess.Popen] = []

    def take(self, product_id: str, preference: Preference, url: str) -> None:
        """Draws a product's place as this visitor has it, and puts it at `url`. Never waits."""
        self.poll()
        if len(self._processes) >= _MOST_AT_ONCE:
            log.warning("a still to take home was left out: %d are being drawn already", len(self._processes))
            return
        try:
            process = subprocess.Popen([*_where_it_draws(), sys.executable, "-m", __name__],
                                       stdin=subprocess.PIPE)
            with process.stdin as desk:
                desk.write(json.dumps({"product": product_id, "preference": preference.to_plain(),
                                       "url": url}).encode())
        except OSError as error:
            log.warning("a still to take home could not be drawn: %s", error)
            return
        self._processes.append(process)

    @property
    def busy(self) -> bool:
        """Whether any is still under way."""
        return bool(self._processes)

    def poll(self) -> None:
        """Takes leave of those that are done."""
        for process in [one for one in self._processes if one.poll() is not None]:
            self._processes.remove(process)
            if process.returncode:
                log.warning("a still to take home did not reach the shop (exit code %d); its page goes without",
                            process.returncode)

    def close(self) -> None:
        """Ends what is under way."""
        for process in self._processes:
            process.kill()
            process.wait()
        self._processes = []


def drawn(product_id: str, preference: Preference) -> bytes:
    """The still as JPEG. Raises ShowroomError."""
    from dataclasses import replace

    from PIL import Image

    from showroom.app.requests import make_now, request_for
    from showroom.app.still import StillCamera

    request = replace(request_for(product_id=product_id), preference=preference)
    camera = StillCamera(SIZE_PX)
    try:
        camera.show(make_now(request), request.kind)
        picture = camera.picture(camera.stage.scene.time_s)[0]
    finally:
        camera.close()
    file = BytesIO()
    Image.fromarray(picture).save(file, format="JPEG", quality=90)
    return file.getvalue()


def handed_over(picture: bytes, url: str) -> bool:
    """Whether the shop took it; asked again a few times where it does not answer."""
    import httpx

    for number in range(_TRIES):
        try:
            answer = httpx.put(url, content=picture, headers=_headers(), timeout=_ANSWER_S)
            if answer.status_code < 500:
                return answer.is_success
        except httpx.TransportError:
            pass
        time.sleep(_PAUSE_S * (number + 1))
    return False


def _where_it_draws() -> list[str]:
    """What starts a program that draws where OpenGL is a private copy (see scripts/openxr_runtime)."""
    return [os.environ[_XRUN]] if os.environ.get(_XRUN) else []


def _headers() -> dict[str, str]:
    key = os.environ.get("SHOWROOM_TILL_KEY")
    return {"Content-Type": "image/jpeg"} | ({"Authorization": f"Bearer {key}"} if key else {})


def main() -> int:
    """Reads what to draw from standard input."""
    os.nice(_NICENESS)
    asked = json.load(sys.stdin)
    try:
        picture = drawn(asked["product"], Preference.from_plain(asked["preference"]))
    except ShowroomError as error:
        print(f"showroom: a still to take home: {error}", file=sys.stderr)
        return error.exit_code
    return 0 if handed_over(picture, asked["url"]) else 1


if __name__ == "__main__":
    sys.exit(main())
