"""The nose among strangers: a hundredth of scripts/soak nose holds what the whole promises."""

import json
import subprocess
import sys


def test_a_hundredth_of_ten_thousand_strangers(own_environment, repository):
    command = [sys.executable, str(repository / "scripts" / "soaks"), "nose", "--share", "0.01"]
    environment = own_environment | {"OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, timeout=400, check=False)
    assert done.returncode == 0, done.stdout + done.stderr[-2000:]
    told = json.loads(done.stdout)
    assert told["holds"] and told["cases"] == 100 and told["broken"] == []
    for kind in ("text", "notes", "photo", "words", "taste"):
        assert told.get(f"{kind} answered", 0) + told.get(f"{kind} refused", 0) > 0
    assert told["text answered"] > 5 and told["text refused"] > 0
