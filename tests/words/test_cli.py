"""The command line's own manners: exit codes, one line an error, JSON alone where JSON was asked for."""

import json
import os
import re
import shutil
import subprocess
import sys
from types import SimpleNamespace

import pytest

from showroom import __version__, cli


@pytest.mark.parametrize("verb", cli.VERBS)
def test_every_verb_has_help(verb, capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main([verb, "--help"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith(f"usage: showroom {verb}")


def test_help_names_every_verb_and_the_exit_codes(capsys):
    with pytest.raises(SystemExit) as ended:
        cli.main(["--help"])
    said = capsys.readouterr().out
    assert ended.value.code == 0
    assert all(re.search(rf"^    {verb}\s", said, re.MULTILINE) for verb in cli.VERBS)
    assert "3 this machine lacks" in said


def test_version(capsys):
    with pytest.raises(SystemExit):
        cli.main(["--version"])
    assert capsys.readouterr().out == f"showroom {__version__}\n"


@pytest.mark.parametrize(("arguments", "said"), [
    ([], "COMMAND"),
    (["paint"], "invalid choice: 'paint'"),
    (["--loud", "doctor"], "--loud"),
    (["doctor", "--loud"], "--loud"),
    (["doctor", "now"], "now"),
    (["bench", "nothing"], "nothing"),
    (["shot"], "see 'showroom shot --help'"),
    (["shot", "moss", "--out", "a.png", "--size", "wide"], "wide"),
    (["shot", "moss", "--out", "a.png", "--size", "0x10"], "0x10"),
    (["shot", "moss", "--out", "a.png", "--yaw", "inf"], "'inf' is not an angle"),
    (["shot", "moss", "--out", "a.png", "--pitch=nan"], "'nan' is not an angle"),
    (["shot", "--out", "a.png", "-moss"], "if it is a text, put it last, after --"),
    (["bench", "frame", "--frames", "0"], "give 10 to 100000"),
    (["bench", "imagine", "--size", "3"], "a power of two from 16 to 2048"),
    (["imagine"], "see 'showroom imagine --help'"),
])
def test_a_command_line_that_cannot_be_meant(arguments, said, capsys):
    assert cli.main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("showroom: ") and err.count("\n") == 1 and said in err


@pytest.mark.parametrize("arguments", [
    ["shot", "", "--out", "a.png"], ["preview", "--text", ""], ["imagine", ""],
])
def test_an_empty_text_is_an_empty_text_everywhere(arguments, capsys):
    assert cli.main(arguments) == 1
    assert "reading the text: nothing came" in capsys.readouterr().err


def test_a_picture_that_could_not_be_written_is_refused_before_it_is_drawn(tmp_path, capsys):
    (tmp_path / "file").touch()
    for out in (tmp_path, tmp_path / "file" / "a.png"):
        assert cli.main(["shot", "moss", "--out", str(out)]) == 1
        err = capsys.readouterr().err
        assert err.startswith(f"showroom: writing {out}: ") and err.count("\n") == 1


@pytest.mark.parametrize(("free", "disabled"), [(1 << 20, "true"), (1 << 40, None)])
def test_on_a_full_disk_the_driver_maps_no_shader_cache(free, disabled, monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "to" / "come"))
    monkeypatch.setenv("MESA_SHADER_CACHE_DISABLE", "")  # so that it is put back
    monkeypatch.delenv("MESA_SHADER_CACHE_DISABLE")
    monkeypatch.setattr(shutil, "disk_usage",
                        lambda folder: SimpleNamespace(free=free * tmp_path.samefile(folder)))
    assert cli.main(["imagine"]) == 2
    assert os.environ.get("MESA_SHADER_CACHE_DISABLE") == disabled


def test_doctor_says_only_json_and_its_exit_code_agrees(showroom, tmp_path):
    answer = showroom("doctor", "--json", cwd=tmp_path)
    assert answer.stdout.count("\n") == 1
    told = json.loads(answer.stdout)
    states = {check["name"]: check["state"] for check in told["checks"]}
    assert set(states.values()) <= {"ok", "warn", "fail"}
    assert {"python", "packages", "assets", "shaders", "config", "cache", "model", "painter", "ffmpeg", "display",
            "sound", "air", "opengl", "openxr"} <= set(states)
    assert told["ready"] == ("fail" not in states.values())
    assert answer.returncode == (0 if told["ready"] else 3)
    failures = [check for check in told["checks"] if check["state"] == "fail"]
    assert all(check["next"] or "; " in check["says"] for check in failures)


def test_doctor_reports_without_opengl_or_a_runtime(own_environment, tmp_path):
    """A machine whose EGL finds no driver and whose OpenXR loader finds no runtime: never the private copy."""
    bare = own_environment | {"__EGL_VENDOR_LIBRARY_DIRS": str(tmp_path),
                              "XR_RUNTIME_JSON": str(tmp_path / "none.json")}
    answer = subprocess.run([sys.executable, "-m", "showroom", "doctor"], env=bare, capture_output=True,
                            text=True, timeout=120, check=False)
    assert answer.returncode == 3
    assert "Traceback" not in answer.stderr
    lines = dict(line.split(maxsplit=2)[1::-1] for line in answer.stdout.splitlines())
    assert lines["opengl"] == "fail" and lines["openxr"] == "fail" and lines["python"] == "ok"


def test_a_broken_configuration_is_one_line(showroom, own_environment, tmp_path):
    file = tmp_path / "showroom.toml"
    file.write_text("surfaces = 3\n")
    answer = showroom("doctor", "--json", env=own_environment | {"SHOWROOM_CONFIG": str(file)})
    told = next(check for check in json.loads(answer.stdout)["checks"] if check["name"] == "config")
    assert told["state"] == "fail" and "unknown key 'surfaces'" in told["says"]
    assert answer.returncode == 3


def test_a_reader_that_goes_away_is_met_with_silence(showroom, python_command, own_environment):
    """As in `showroom doctor | true`."""
    child = subprocess.Popen([*python_command, "-u", "-m", "showroom", "doctor"], env=own_environment,
                             stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    child.stdout.close()
    said = child.stderr.read()
    assert child.wait(timeout=120) == 141
    assert "Error" not in said and "Traceback" not in said


def test_a_closed_output_is_no_failure(monkeypatch):
    monkeypatch.setenv("XR_RUNTIME_JSON", "/nonexistent")
    monkeypatch.setattr(sys, "stdout", None)
    assert cli.main(["doctor", "--xr"]) == 3


def test_the_module_and_the_command_are_one(showroom):
    answer = showroom("--version")
    assert (answer.stdout, answer.returncode) == (f"showroom {__version__}\n", 0)
