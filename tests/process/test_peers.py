"""The comparison with other libraries: each contender draws the same, and says what it spent."""

import importlib.util
import json
import subprocess

import numpy as np
import pytest
from PIL import Image

CONTENDERS = {"ours": "showroom", "with_moderngl": "moderngl", "with_pygfx": "pygfx"}


@pytest.mark.parametrize("name", CONTENDERS)
def test_a_contender_draws_what_it_is_timed_for(needs_opengl, python_command, own_environment, repository,
                                                tmp_path, name):
    if importlib.util.find_spec(CONTENDERS[name]) is None:
        pytest.skip(f"{CONTENDERS[name]} is not installed; it comes with the extra `peers`")
    file = tmp_path / f"{name}.png"
    command = [*python_command, str(repository / "scripts" / "peers" / "_child.py"), name, "64", "64"]
    answer = subprocess.run(command, input=f"2\npicture {file}\n", capture_output=True, text=True,
                            env=own_environment, timeout=300, check=False)
    if name == "with_pygfx" and answer.returncode:
        pytest.skip(f"no Vulkan here: {answer.stderr.strip().splitlines()[-1]}")
    times, written = map(json.loads, answer.stdout.splitlines())
    assert len(times) == 2 and min(times) > 0 and written == "written"
    picture = np.asarray(Image.open(file).convert("RGB"), dtype=float)
    left, right = picture[:, :64], picture[:, 64:]
    assert picture.shape == (64, 128, 3) and picture.std() > 20
    assert 1 < np.abs(left - right).mean() < 60, "two eyes see nearly, not wholly, the same"
