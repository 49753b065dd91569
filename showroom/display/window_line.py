"""A line that is typed in the window. No window in here, so it is tested alone."""

import unicodedata

from showroom.words.controls import MOST_TYPED


class Line:
    """typing : what has been typed so far, None while nobody types."""

    def __init__(self):
        self.typing: str | None = None
        self._sent = ""

    def press(self, key: str) -> bool:
        """Heeds "enter", "backspace" or "escape"; whether it meant something to the line.

        Enter begins a line, and sends it; an empty one, and Escape, end it without a word.
        """
        if self.typing is None:
            if key == "enter":
                self.typing = ""
            return key == "enter"
        if key == "backspace":
            self.typing = self.typing[:-1]
        else:
            self._sent = " ".join(self.typing.split()) if key == "enter" else ""
            self.typing = None
        return True

    def write(self, character: str) -> None:
        """A character, while a line is typed; what cannot be seen, and what is too much, is left out."""
        seen = unicodedata.category(character)[0] != "C"
        if self.typing is not None and len(self.typing) < MOST_TYPED and seen:
            self.typing += character

    def sent(self) -> str:
        """The line that was finished since the last call, "" for none."""
        sent, self._sent = self._sent, ""
        return sent
