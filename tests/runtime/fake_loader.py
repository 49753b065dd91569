"""What stands between pyopenxr and a runtime that lives in this process: handles, faults, and rules broken.

Source: OpenXR 1.1 specification, chapter 2 (handles, lost sessions and instances).
"""

import ctypes
from dataclasses import dataclass, field

from showroom import gl
from showroom.display.openxr_loader import xr

R = xr.Result
KINDS = ("Instance", "Session", "Swapchain", "Space", "ActionSet", "Action")


@dataclass
class Thing:
    """What a handle stands for."""

    kind: str
    above: "Thing | None"
    alive: bool = True
    lost: bool = False
    # of a session
    running: bool = False
    told: str = ""
    waited: bool = False
    begun: bool = False
    leaving: bool = False
    attached: bool = False
    # of a swapchain: images that were acquired, of which the first may have been waited for
    acquired: list[int] = field(default_factory=list)
    ready: bool = False
    turn: int = 0
    textures: list[int] = field(default_factory=list)

    def is_lost(self) -> bool:
        return self.lost or (self.above is not None and self.above.is_lost())


class FakeLoader:
    """Takes the place of the functions that pyopenxr has bound to the loader, as a context.

    fault  : (call, result): what the first such call is answered; used up by it.
    broken : a line for each rule of the specification that the caller broke.
    """

    def __init__(self):
        self.things: dict[int, Thing] = {}
        self.broken: list[str] = []
        self.fault: tuple[str, xr.Result] | None = None
        self.calls: list[str] = []
        self.faults = 0
        self._real = {name: getattr(xr.raw_functions, name) for name in dir(xr.raw_functions)
                      if name.startswith("xr")}

    def __enter__(self):
        for name in self._real:
            setattr(xr.raw_functions, name, lambda *arguments, name=name: self.call(name, arguments))
        return self

    def __exit__(self, *_) -> None:
        for name, function in self._real.items():
            setattr(xr.raw_functions, name, function)
        for thing in self.things.values():
            if thing.textures:
                gl.GL.glDeleteTextures(thing.textures)

    # -- every call -------------------------------------------------------------------------------

    def call(self, name: str, arguments: tuple) -> xr.Result:
        self.calls.append(name)
        thing = self._of(arguments[0]) if type(arguments[0]).__name__ in KINDS else None
        if thing is not None and not thing.alive:
            return self._wrong(name, "on what was destroyed")
        if thing is not None and not name.startswith("xrDestroy") and thing.is_lost():
            if name == "xrEndFrame":
                thing.begun = False
            lost_instance = thing.kind == "Instance" or thing.lost is False and self._instance(thing).lost
            return R.ERROR_INSTANCE_LOST if lost_instance else R.ERROR_SESSION_LOST
        fault = self._fault(name, thing)
        if fault is not None and (fault.value < 0 or fault == R.TIMEOUT_EXPIRED):
            if name == "xrEndFrame":
                thing.begun = False
            return fault
        answer = getattr(self, name)(*arguments)
        return answer if answer is not None else fault if fault is not None else R.SUCCESS

    def _fault(self, name: str, thing: Thing | None) -> xr.Result | None:
        if self.fault is None or self.fault[0] != name or name.startswith("xrDestroy"):
            return None
        result, self.fault = self.fault[1], None
        self.faults += 1
        if result == R.ERROR_SESSION_LOST and thing is not None:
            (self._session(thing) or thing).lost = True
        if result == R.ERROR_INSTANCE_LOST and thing is not None:
            self._instance(thing).lost = True
        return result

    def _wrong(self, name: str, how: str) -> xr.Result:
        self.broken.append(f"{name} {how}")
        return R.ERROR_CALL_ORDER_INVALID

    def _of(self, handle) -> Thing:
        return self.things[ctypes.cast(handle, ctypes.c_void_p).value]

    def _instance(self, thing: Thing) -> Thing:
        return thing if thing.above is None else self._instance(thing.above)

    def _session(self, thing: Thing | None) -> Thing | None:
        return thing if thing is None or thing.kind == "Session" else self._session(thing.above)

    def _make(self, kind: str, above: Thing | None, out) -> Thing:
        number = 0x1000 + 16 * len(self.things)
        thing = self.things[number] = Thing(kind, above)
        ctypes.cast(out, ctypes.POINTER(ctypes.c_uint64))[0] = number
        return thing

    def _destroy(self, handle, name: str) -> None:
        thing = self._of(handle)
        if thing.kind == "Session" and thing.begun:
            self._wrong(name, "between xrBeginFrame and xrEndFrame")
        self._bury(thing)

    def _bury(self, thing: Thing) -> None:
        """It goes, and with it all that was made from it."""
        thing.alive = False
        for other in self.things.values():
            if other.above is thing:
                self._bury(other)

    def living(self) -> list[str]:
        """Kinds of what was made and not destroyed."""
        return [thing.kind for thing in self.things.values() if thing.alive]

    def _list(self, values: list, capacity, count, out) -> None:
        """The idiom of two calls: first how many, then what."""
        count._obj.value = len(values)
        if out is not None and getattr(capacity, "value", capacity):
            for index, value in enumerate(values):
                out[index] = value
