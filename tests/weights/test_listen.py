"""showroom listen: a file of the promised form and loudness, by another meter than the one that made it."""

import re
import subprocess
import wave

import imageio_ffmpeg
import numpy as np
import pytest
from PIL import Image


def metered(path) -> tuple[float, float]:
    """Integrated loudness, LUFS, and true peak, dBTP, by FFmpeg's own EBU R 128 meter."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-nostats", "-i", str(path),
               "-af", "ebur128=peak=true", "-f", "null", "-"]
    told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stderr
    summary = told[told.rindex("Summary"):]
    found = re.search(r"I:\s+(\S+) LUFS.*Peak:\s+(\S+) dBFS", summary, re.S)
    return float(found[1]), float(found[2])


def samples_of(path) -> np.ndarray:
    with wave.open(str(path), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (2, 2, 48000)
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, 2) / 32768.0


# the sea is steady, a fire is all peaks, bells come seldom
@pytest.mark.parametrize("product", ["bassa-marea", "lampada-verde", "vespri"])
def test_a_products_place_as_a_file(showroom, tmp_path, product):
    path, picture = tmp_path / "new" / "place.wav", tmp_path / "place.jpg"
    answer = showroom("listen", "--product", product, "--out", str(path), "--seconds", "8",
                      "--picture", str(picture))
    assert answer.returncode == 0 and not answer.stderr
    assert answer.stdout.splitlines() == [str(path), str(picture)]
    samples = samples_of(path)
    assert len(samples) == 8 * 48000
    loudness, peak = metered(path)
    assert abs(loudness + 23.0) < 1.0 and peak < -1.0
    assert np.max(np.abs(samples[[0, -1]])) < 1e-3  # it begins and ends in silence
    assert abs(np.corrcoef(samples.T)[0, 1]) < 0.99  # two ears
    with Image.open(picture) as image:
        assert image.format == "JPEG" and image.width > 500
        assert np.unique(np.asarray(image.convert("L"))).size > 50


def test_a_text_is_heard_and_a_product_twice_the_same(showroom, tmp_path):
    text, once, again = (tmp_path / name for name in ("text.wav", "once.wav", "again.wav"))
    asked = (("sea salt, driftwood", "--seed", "5", "--out", str(text)),
             ("--product", "credenza", "--out", str(once)), ("--product", "credenza", "--out", str(again)))
    for words in asked:
        answer = showroom("listen", *words, "--seconds", "1")
        assert answer.returncode == 0, answer.stderr
    assert once.read_bytes() == again.read_bytes()
    assert len(samples_of(text)) == 48000 and abs(metered(text)[0] + 23.0) < 1.0


@pytest.mark.parametrize(("words", "code", "told"), [
    (("--out", "a.wav"), 2, "one of TEXT and --product"),
    (("rose", "--product", "vespri", "--out", "a.wav"), 2, "one of TEXT and --product"),
    (("rose", "--out", "a.wav", "--seconds", "0.5"), 2, "seconds from 1 to 600"),
    (("rose", "--out", "a.wav", "--seconds", "nan"), 2, "seconds from 1 to 600"),
    (("--product", "vespri", "--out", "/dev/null/a.wav"), 1, "a file in a folder with rights"),
    (("--product", "nobody", "--out", "a.wav"), 1, "nobody"),
    (("", "--out", "a.wav"), 1, "text"),
])
def test_what_cannot_be_heard_is_refused_in_one_line(showroom, tmp_path, words, code, told):
    answer = showroom("listen", *words, cwd=tmp_path)
    assert answer.returncode == code and not answer.stdout
    assert told in answer.stderr and answer.stderr.count("\n") == 1
    assert not list(tmp_path.iterdir())
