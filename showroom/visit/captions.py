"""Captions for who does not hear: what sounds is said in one small line, in the visitor's language.

It names sounds, not moods, in brackets, as subtitles for the deaf and hard of hearing do.
Source of the manner: W3C, Web Content Accessibility Guidelines 2.2, success criterion 1.2.2 (captions).
"""

from collections.abc import Mapping

from showroom.visit.sayings import Sayings
from showroom.words.sign import CAPTION, Writing
from showroom.words.vocabulary import SOUNDS

HEARD, MOST = 0.12, 3   # from which level on a sound is named, and how many at once
_GRADES = 5             # of loudness: within one, the order of the vocabulary decides, so that nothing swaps about


def sounds_writing(levels: Mapping[str, float], sayings: Sayings) -> Writing | None:
    """The line that says what sounds now, the loudest first; None for silence.

    levels : 0 to 1, by name of the vocabulary's sounds; other names are not said.
    """
    heard = [name for name in SOUNDS if levels.get(name, 0.0) >= HEARD]
    heard.sort(key=lambda name: -round(levels[name] * _GRADES))
    if not heard:
        return None
    names = sayings.listed(tuple(sayings.say(f"sounds.{name}") for name in heard[:MOST]))
    return Writing(CAPTION, sayings.say("sounds.form", sounds=names), language=sayings.language)
