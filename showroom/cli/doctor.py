"""`showroom doctor`: what this machine has and lacks, one line a check, with the next step.

Ends with 0 when everything required is there and with 3 when something is missing. It works
without OpenGL, without the model and without a runtime: those are what it reports.
"""

import argparse
import json
import os
import platform
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib import metadata, util
from pathlib import Path

from showroom import __version__, config, paths
from showroom.errors import ModelError, NotReadyError, ShowroomError

OK, WARN, FAIL = "ok", "warn", "fail"
FREE_BYTES_WANTED = 1 << 30


@dataclass(frozen=True)
class Finding:
    """What one check found. state: "ok", "warn" (works, but) or "fail" (required and missing)."""

    name: str
    state: str
    says: str
    next: str = ""


def add(parsers: argparse._SubParsersAction) -> None:
    """Registers `doctor`."""
    parser = parsers.add_parser("doctor", help="say what this machine has and lacks",
                                description="Checks this machine, one line a check; ends with 3 when "
                                            "something required is missing.")
    parser.add_argument("--xr", action="store_true", help="look at the OpenXR runtime alone, in detail")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints the findings; returns 0, or 3 when one of them is a failure."""
    findings = list(look(_XR if args.xr else _ALL))
    ready = all(finding.state != FAIL for finding in findings)
    if args.json:
        checks = [asdict(one) for one in findings]
        print(json.dumps({"version": __version__, "ready": ready, "checks": checks}))
    else:
        width = max(len(one.name) for one in findings)
        for one in findings:
            print(f"{one.state:<5} {one.name:<{width}}  {one.says}" + (f"; {one.next}" if one.next else ""))
    return 0 if ready else NotReadyError.exit_code


def look(checks: dict[str, Callable[[], Iterator[Finding]]]) -> Iterator[Finding]:
    """Runs the checks in order. One that cannot be made becomes a failure of its name."""
    for name, check in checks.items():
        try:
            yield from check()
        except ShowroomError as error:
            yield Finding(name, FAIL, str(error))
        except ImportError as error:
            yield Finding(name, FAIL, f"this check needs a package: {error}", "start scripts/run")


# --- Python and its packages -------------------------------------------------------------------

def _python() -> Iterator[Finding]:
    yield Finding("python", OK, f"{platform.python_version()} on {platform.system()} {platform.machine()}")


def _packages() -> Iterator[Finding]:
    missing, other, count = [], [], 0
    pins = _pins()
    for name in _required():
        count += 1
        try:
            version = metadata.version(name)
        except metadata.PackageNotFoundError:
            missing.append(name)
            continue
        pinned = pins.get(_canonical(name), version)
        if version.split("+")[0] != pinned:
            other.append(f"{name} {version} (pinned {pinned})")
    if missing:
        yield Finding("packages", FAIL, f"missing: {', '.join(missing)}",
                      "start scripts/run, or install them with pip")
    elif other:
        yield Finding("packages", WARN, f"not the versions that were tried: {', '.join(other)}",
                      "scripts/run installs the pinned ones")
    else:
        yield Finding("packages", OK, f"{count} required packages, all {'as pinned' if pins else 'present'}")


def _required() -> list[str]:
    """Names of the packages the installed showroom asks for, extras left out."""
    try:
        wanted = metadata.requires("showroom") or []
    except metadata.PackageNotFoundError:
        raise NotReadyError("reading the showroom's own package: it is not installed here; "
                            "start scripts/run, or type: pip install .") from None
    return [re.match(r"[\w.-]+", line)[0] for line in wanted if "extra ==" not in line]


def _pins() -> dict[str, str]:
    """Pinned version by canonical name; empty outside a checkout, where there are no pins."""
    file = Path(__file__).resolve().parents[2] / "constraints.txt"
    if not file.is_file():
        return {}
    pairs = (line.split("==") for line in file.read_text(encoding="utf-8").splitlines() if "==" in line)
    return {_canonical(name): version.strip() for name, version in pairs}


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _model() -> Iterator[Finding]:
    from showroom.imagine import backbone, encoder, model_store

    file = encoder.model_folder() / "model.safetensors"  # raises what is wrong with it, as does:
    encoder.check_weights(file)
    yield Finding("model", OK, f"{encoder.MODEL_NAME}, SHA-256 {encoder.MODEL_SHA256[:12]}… as expected, "
                               f"{file}")
    folder = model_store.model_folder()
    model_store.check_model(folder)
    yield Finding("model", OK, f"the nose, SHA-256 {model_store.model_digest()[:12]}… as expected, {folder}")
    file = backbone.weights_path()
    backbone.check_weights(file)
    digest = backbone.BACKBONE_SHA256[:12]
    yield Finding("model", OK, f"{backbone.BACKBONE_NAME}, SHA-256 {digest}… as expected, {file}")


def _painter() -> Iterator[Finding]:
    from showroom.imagine import painter_store

    folder = painter_store.model_folder()
    try:
        known = painter_store.card(folder)
        painter_store.check_model(folder)
    except ModelError as error:
        yield Finding("painter", WARN, str(error), "recipes paint until then")
        return
    best = f"preferred for {', '.join(known.preferred)}" if known.preferred else "preferred for nothing yet"
    yield Finding("painter", OK, f"learned, of {len(known.materials)} materials, {best}, bytes as expected, {folder}")


def _look() -> Iterator[Finding]:
    from showroom.imagine.look import garments, parcel

    folder = garments.model_folder()
    garments.check_model(folder)
    yield Finding("look", OK, f"garments are told apart, bytes as expected, {folder}")
    folder = parcel.parcel_folder(parcel.LOOK)
    if not folder.is_dir():
        yield Finding("look", OK, "no models of the body: a photo counts as one garment",
                      "to tell upper from lower, showroom models add look")
        return
    parcel.check(parcel.LOOK, folder)
    runs = util.find_spec("ai_edge_litert") is not None
    yield Finding("look", OK if runs else WARN, f"models of the body, bytes as expected, {folder}",
                  "" if runs else "nothing to run them with: pip install 'showroom[look]'")


# --- drawing -----------------------------------------------------------------------------------

def _graphics() -> Iterator[Finding]:
    from showroom import gl
    from showroom.display.egl import EglContext

    context = EglContext()  # raises what is missing: the driver, the version or an extension
    try:
        what, in_software = gl.describe(), gl.draws_in_software()
    finally:
        context.close()
    yield Finding("opengl", OK, f"{what['renderer']}, {what['vendor']}, {what['version']}, "
                                f"with {' and '.join(gl.REQUIRED_EXTENSIONS)}")
    if in_software:
        yield Finding("gpu", WARN, "none: pictures are drawn by the processor, too slowly for a headset",
                      "install a graphics card's OpenGL 4.5 driver for live visits")


def _shipped() -> Iterator[Finding]:
    for name, folder in (("assets", paths.ASSETS), ("shaders", paths.SHADERS)):
        files = sum(1 for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else 0
        if files:
            yield Finding(name, OK, f"{files} files in {folder}")
        else:
            yield Finding(name, FAIL, f"none in {folder}", "install the showroom anew")


def _display() -> Iterator[Finding]:
    named = [f"{key}={os.environ[key]}" for key in ("DISPLAY", "WAYLAND_DISPLAY") if os.environ.get(key)]
    if os.environ.get("DISPLAY"):
        yield Finding("display", OK, ", ".join(named))
    elif named:
        yield Finding("display", WARN, f"{named[0]} without an X server",
                      "start XWayland for the preview window")
    else:
        yield Finding("display", WARN, "none",
                      "preview writes pictures and a film instead of opening a window")


# --- files -------------------------------------------------------------------------------------

def _configuration() -> Iterator[Finding]:
    settings = config.load()
    source = os.environ.get(config.ENVIRONMENT_KEY) or paths.config_file()
    found = "" if Path(source).expanduser().exists() else " (no file; these are the defaults)"
    plain = asdict(settings) | {"air": f"{len(settings.air.channels)} channels"}
    values = ", ".join(f"{key}={value}" for key, value in plain.items())
    yield Finding("config", OK, f"{source}{found}: {values}")


def _cache() -> Iterator[Finding]:
    folder = paths.cache_dir()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=folder):
            pass
    except OSError as error:
        yield Finding("cache", WARN, f"{folder} cannot be written ({error.strerror})",
                      "set XDG_CACHE_HOME to a folder of yours; until then nothing is kept between visits")
        return
    used = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    free = shutil.disk_usage(folder).free
    says = f"{folder}: {used / 1e6:.0f} MB used, {free / 1e9:.1f} GB free"
    yield Finding("cache", OK if free > FREE_BYTES_WANTED else WARN, says,
                  "" if free > FREE_BYTES_WANTED else "make room: 1 GB is wanted")


def _ffmpeg() -> Iterator[Finding]:
    import imageio_ffmpeg

    try:
        program = imageio_ffmpeg.get_ffmpeg_exe()
        yield Finding("ffmpeg", OK, f"{imageio_ffmpeg.get_ffmpeg_version()} at {program}")
    except (RuntimeError, OSError) as error:
        yield Finding("ffmpeg", WARN, f"none ({error})",
                      "the tour cannot write its film; install imageio-ffmpeg")


# --- ears and air ------------------------------------------------------------------------------

def _sound() -> Iterator[Finding]:
    from showroom.senses.audio.process import cards

    settings = config.load()
    if not settings.sound:
        yield Finding("sound", OK, "off, as the configuration has it")
        return
    try:
        found = cards()
    except OSError as error:
        yield Finding("sound", WARN, str(error), "install the system's sound libraries, or set sound = false")
        return
    wanted = settings.sound_device
    if not found:
        yield Finding("sound", WARN, "no sound card: nobody will hear anything", "plug one in, or set sound = false")
    elif wanted and not any(wanted.casefold() in name.casefold() for name in found):
        yield Finding("sound", WARN, f"no card is called {wanted!r}; there are {', '.join(found)}",
                      "correct sound_device")
    else:
        yield Finding("sound", OK, ", ".join(found))


def _air() -> Iterator[Finding]:
    rig = config.load().air
    if not rig.channels:
        yield Finding("air", OK, "no fans, scents or lights in the configuration")
        return
    places = [f"universe {one.number} to {one.address or 'all (multicast)'}" for one in rig.universes]
    places += [f"{one.name} at {one.host}:{one.port}" for one in rig.oscs]
    yield Finding("air", OK, f"{len(rig.channels)} channels, {', '.join(places)}")


# --- the headset -------------------------------------------------------------------------------

def _openxr() -> Iterator[Finding]:
    from showroom.display import openxr_report

    found = openxr_report.facts()  # raises what is missing: the runtime, its headset or OpenGL in it
    yield Finding("openxr", OK, f"{found['runtime']}, {found['system']}, {found['views']} views of "
                                f"{'x'.join(map(str, found['size_px']))} px")


def _openxr_in_detail() -> Iterator[Finding]:
    from showroom.display import openxr_report

    found = openxr_report.facts()
    bindings = found.pop("bindings")
    for name, value in (found | openxr_report.session_facts()).items():
        yield _fact(name.replace("_", " "), value)
    for profile, value in bindings.items():
        yield _fact(f"bindings {profile}", value)


def _fact(name: str, value: object) -> Finding:
    said = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return Finding(f"openxr {name}", OK, said or "none")


_XR = {"openxr": _openxr_in_detail}
_ALL = {
    "python": _python,
    "packages": _packages,
    "assets": _shipped,
    "config": _configuration,
    "cache": _cache,
    "model": _model,
    "painter": _painter,
    "look": _look,
    "ffmpeg": _ffmpeg,
    "display": _display,
    "sound": _sound,
    "air": _air,
    "opengl": _graphics,
    "openxr": _openxr,
}
