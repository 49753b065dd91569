"""How many pictures a second the headset shows, where the runtime lets that be chosen.

Source: XR_FB_display_refresh_rate in the OpenXR registry.
"""

import logging
from collections.abc import Sequence

from showroom.display.openxr_loader import LOST, xr
from showroom.display.openxr_system import System, result_name

LOG = logging.getLogger("showroom.display")
EXTENSION = xr.FB_DISPLAY_REFRESH_RATE_EXTENSION_NAME
MOST_HZ = 90.0


def chosen(offered: Sequence[float], most_hz: float) -> float | None:
    """The highest rate that is not above `most_hz`, else the lowest there is; None if there is none."""
    fitting = [hz for hz in offered if hz <= most_hz + 0.5]  # 90 is 89.999 on some
    return max(fitting) if fitting else min(offered, default=None)


def choose(session: xr.Session, system: System, most_hz: float) -> None:
    """Asks a session that has begun for the rate that fits `most_hz`, and says so.

    A runtime that refuses keeps its own rate. Raises xr.XrException when the session is lost.
    """
    if not system.has(EXTENSION):
        return
    try:
        offered = rates(session)
        wanted = chosen(offered, most_hz)
        if wanted is not None:
            xr.request_display_refresh_rate_fb(session, wanted)
            names = ", ".join(f"{hz:g}" for hz in offered)
            LOG.info("OpenXR: %g Hz of %s, at most %g", wanted, names, most_hz)
    except LOST:
        raise
    except xr.XrException as error:
        LOG.warning("OpenXR: asking for at most %g Hz: %s; the headset keeps its own rate", most_hz,
                    result_name(error))


def rates(session: xr.Session) -> list[float]:
    """Pictures a second that the headset can show, rising. Raises xr.XrException."""
    return sorted(float(hz) for hz in xr.enumerate_display_refresh_rates_fb(session))
