"""Pages: what is opened in a browser on the visitor's own screen, where they sit before one."""

import logging
import threading
import webbrowser

log = logging.getLogger(__name__)


def open_page(url: str) -> None:
    """Opens it in the system's browser, beside the show; where there is none, staff read the address."""
    if url.startswith(("http://", "https://")):
        threading.Thread(target=_open, args=(url,), daemon=True).start()


def _open(url: str) -> None:
    try:
        opened = webbrowser.open(url)
    except webbrowser.Error:
        opened = False
    if not opened:
        log.warning("no browser could be started here; the page is %s", url)
