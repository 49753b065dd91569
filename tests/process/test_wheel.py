"""The wheel stands alone: it carries assets and shaders, and works from a folder that is not the checkout."""

import json
import os
import subprocess
import sys
import zipfile

import pytest

CARRIED = ("assets", "shaders")


@pytest.fixture(scope="module")
def wheel(repository, tmp_path_factory):
    """The wheel, built from the checkout by the build backend that is installed beside the tests."""
    pytest.importorskip("hatchling", reason="hatchling builds the wheel; start scripts/test")
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=repository, check=True, capture_output=True, timeout=120)
    (built,) = folder.glob("showroom-*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A fresh folder with the wheel in it and nothing else."""
    target = tmp_path_factory.mktemp("installed")
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target",
                    str(target), str(wheel)], check=True, timeout=120)
    return target


@pytest.fixture
def elsewhere(installed, python_command, own_environment, tmp_path):
    """Runs the installed package in an empty folder, which must not see the checkout."""
    def call(*arguments, program=("-m", "showroom")):
        environment = own_environment | {"PYTHONPATH": str(installed)}
        command = [*python_command, *program, *arguments]
        return subprocess.run(command, cwd=tmp_path, env=environment, text=True, capture_output=True,
                              timeout=400, check=False)
    return call


def test_wheel_carries_what_the_checkout_ships(wheel, repository):
    shipped = {f"showroom/{path.relative_to(repository).as_posix()}"
               for folder in CARRIED for path in (repository / folder).rglob("*") if path.is_file()}
    inside = set(zipfile.ZipFile(wheel).namelist())
    assert shipped and shipped <= inside
    assert any(name.endswith("licenses/LICENSE") for name in inside)
    assert not any(name.startswith(("tests/", "scripts/", "docs/")) for name in inside)


def test_installed_package_finds_its_own_files(elsewhere, installed):
    answer = elsewhere(program=("-c", "from showroom import paths; print(paths.ASSETS, paths.SHADERS)"))
    assert answer.stdout.split() == [str(installed / "showroom" / name) for name in CARRIED], answer.stderr


def test_doctor_works_from_another_folder(elsewhere, installed):
    answer = elsewhere("doctor", "--json")
    assert answer.returncode in (0, 3), answer.stderr
    checks = {check["name"]: check for check in json.loads(answer.stdout)["checks"]}
    assert all(checks[name]["state"] == "ok" and str(installed) in checks[name]["says"] for name in CARRIED)


def test_shot_works_from_another_folder(needs_opengl, elsewhere, tmp_path):
    answer = elsewhere("shot", "bergamot, sea salt, driftwood", "--out", "sea.png", "--size", "96x54")
    assert answer.returncode == 0, answer.stderr
    assert (tmp_path / "sea.png").read_bytes().startswith(b"\x89PNG")
    assert os.listdir(tmp_path) == ["sea.png"]
