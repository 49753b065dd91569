"""What every client of the runtime shares: how it tells what it saw, and how long it waits to see it."""

import json
import time

PATIENCE_S = 20.0


def say(**facts) -> None:
    """One line of JSON on standard output."""
    print(json.dumps(facts), flush=True)


def frames_until(display, done):
    """Frames until `done(frame)`; the last one, or None when patience ended."""
    deadline = time.monotonic() + PATIENCE_S
    while display.running and time.monotonic() < deadline:
        with display.frame() as frame:
            if done(frame):
                return frame
    return None
