"""The eye: a process of its own that looks at one photo, tells what is worn, and ends.

Its pixels, and whatever was made of them on the way, are in this process's memory and nowhere else: the
answer alone is written, as JSON of a kilobyte. When the process ends, the system takes all its memory back.
"""

import ctypes
import json
import logging
import os
import resource
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection

from showroom.errors import ModelError, ShowroomError
from showroom.words.look import CAMERA, FILE, Look, Photograph, Unseen

log = logging.getLogger(__name__)

NICENESS = 10
_LETTERS = 1000
_MOST_BYTES = 64 << 10
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE = 1, 4


def load() -> Callable[[Photograph], Look]:
    """The models, loaded, as one function. Raises ModelError.

    Without the body's models, or with damaged ones, the whole photo counts; of the latter staff are told.
    """
    from showroom.imagine.look.body import Body
    from showroom.imagine.look.examine import examine
    from showroom.imagine.look.garments import Garments
    from showroom.imagine.look.parcel import LOOK, parcel_folder
    from showroom.imagine.look.photograph import pixels_of

    garments = Garments.load()
    body = None
    if parcel_folder(LOOK).is_dir():
        try:
            body = Body.load()
        except ModelError as error:
            log.warning("%s; until then a photo counts as one garment", _line(error))
    return lambda photograph: examine(pixels_of(photograph), garments, body)


def serve(asked: Connection, tells: Connection,
          loading: Callable[[], Callable[[Photograph], Look]] = load) -> None:
    """The process's main function: a photograph comes by `asked`, a look or why there is none by `tells`.

    Ends when it has answered, or when the show is gone. loading: as `load` here.
    """
    _keep_to_itself()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the show's to handle
    os.nice(NICENESS)
    os.environ.update(OMP_NUM_THREADS="1", MKL_NUM_THREADS="1", OMP_WAIT_POLICY="PASSIVE")
    logging.basicConfig(level=logging.WARNING, format="showroom: look: %(message)s")
    try:
        answer = _answer(asked, loading)
    except EOFError:
        return
    try:
        tells.send_bytes(json.dumps(answer).encode())
    except OSError:  # the show has gone
        pass


def photograph_bytes(photograph: Photograph) -> bytes:
    """What is sent to the eye."""
    return json.dumps([photograph.kind, photograph.path]).encode()


def told(message: bytes) -> Look | Unseen:
    """What the eye has sent; whatever is not its answer is an Unseen."""
    try:
        plain = json.loads(message)
        unseen = plain.get("unseen")
        return Unseen(str(unseen)[:_LETTERS]) if unseen is not None else Look.from_plain(plain["look"])
    except (ValueError, KeyError, TypeError, AttributeError, ShowroomError) as error:
        return Unseen(f"reading a look: {_line(error)}; the process that looked is not of this version")


def _answer(asked: Connection, loading: Callable[[], Callable[[Photograph], Look]]) -> dict:
    """Raises EOFError when the show has gone."""
    try:
        look = loading()
        kind, path = json.loads(asked.recv_bytes(_MOST_BYTES))
        return {"look": look(Photograph(CAMERA if kind == CAMERA else FILE, path)).to_plain()}
    except ShowroomError as error:
        return {"unseen": _line(error)}
    except EOFError:
        raise
    except Exception as error:  # whatever a stranger's photo did: told, and nothing of it logged
        return {"unseen": f"looking at a photo: {type(error).__name__}; choose another photo"}


def _keep_to_itself() -> None:
    """No core file, no memory that another process of the user may read, no life without the show."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    control = getattr(ctypes.CDLL(None), "prctl", None)  # Linux
    if control is not None:
        control(_PR_SET_DUMPABLE, 0, 0, 0, 0)
        control(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def _line(error: object) -> str:
    return " ".join(str(error).split())[:_LETTERS]
