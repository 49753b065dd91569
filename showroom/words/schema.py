"""The JSON Schema (draft 2020-12) of a SceneSpec, and the check of one that comes from outside.

The schema is built here from the vocabulary; `assets/schema/scenespec-1.json` is its written form,
for other tools. What a schema cannot say (shares that sum to one, a digest that fits) is checked
in code. Heavy to import: only readers of outside data do.
"""

import math

import jsonschema

from showroom.errors import SpecError
from showroom.words import vocabulary as v
from showroom.words.scenespec import ROW_ID, VERSION, SceneSpec

SUM_TOLERANCE = 1e-3
WHERE_WHY = (*v.STAGES, "text")
_NEXT = "correct it, or write a spec with `showroom imagine --json`"


def _object(**properties: dict) -> dict:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _number(low: float, high: float) -> dict:
    return {"type": "number", "minimum": low, "maximum": high}


def _list(items: dict, most: int, least: int = 0) -> dict:
    return {"type": "array", "items": items, "minItems": least, "maxItems": most}


def _one_of(names: tuple[str, ...]) -> dict:
    return {"type": "string", "enum": list(names)}


def _by_name(names: tuple[str, ...], value: dict, least: int = 0) -> dict:
    """An object whose keys are some of `names`."""
    return {
        "type": "object",
        "properties": {name: value for name in names},
        "minProperties": least,
        "additionalProperties": False,
    }


def _text(pattern: str, most: int) -> dict:
    return {"type": "string", "pattern": pattern, "maxLength": most}


UNIT = _number(0, 1)
# A "$" also matches before a last line break, hence the lengths and the look-ahead.
SRGB = _text("^#[0-9a-f]{6}$", 7)
DIGEST = _text("^[0-9a-f]{64}$", 64)
NAME = _text("^(?!\\S*\\s)[a-z][a-z0-9_]*$", 64)
LINE = _text("^(?![\\s\\S]*[\\x00-\\x1f\\x7f])", 400)

_SKY = _object(
    sun_elevation_deg=_number(-10, 90),
    sun_azimuth_deg=_number(0, 360),
    sun_srgb=SRGB,
    sun_strength=_number(0, 3),
    zenith_srgb=SRGB,
    horizon_srgb=SRGB,
    fill_srgb=SRGB,
    fill_strength=_number(0, 2),
    cloud=UNIT,
    stars=UNIT,
    exposure_ev=_number(-3, 3),
)
_SURFACE = _object(
    painter=NAME,
    srgb=SRGB,
    accent_srgb=SRGB,
    roughness=UNIT,
    wetness=UNIT,
    relief=UNIT,
    scale_m=_number(0.01, 100),
)
# A surface of one material, in no photo's likeness, has none of these.
_SURFACE["properties"] |= {"also": NAME, "share": _number(0, 0.5), "likeness": _list(_number(-8, 8), 64)}
_AIR = _object(
    wind_m_s=_number(0, 20),
    wind_azimuth_deg=_number(0, 360),
    gustiness=UNIT,
    temperature_k=_number(233, 333),
    humidity=UNIT,
    haze_per_m=_number(0, 0.5),
    haze_srgb=SRGB,
    particles=_list(_object(name=_one_of(v.PARTICLES), density=UNIT, srgb=SRGB), 12),
)
_SOUND = _object(
    layers=_list(_object(name=_one_of(v.SOUNDS), level=UNIT), len(v.SOUNDS)),
    pitch=UNIT,
    brightness=UNIT,
    consonance=UNIT,
)
_HERO = _object(
    kind=_one_of(v.HEROES),
    shape=NAME,
    height_m=_number(0.01, 2.5),
    body_srgb=SRGB,
    accent_srgb=SRGB,
    liquid_srgb=SRGB,
    fill=UNIT,
    roughness=UNIT,
    metallic=UNIT,
)
_STAGE = _object(
    stage=_one_of(v.STAGES), colours=_list(_object(srgb=SRGB, weight=UNIT), 8, least=1)
)
_SEASON = _object(**{name: UNIT for name in v.SEASONS})

_SPEC = _object(
    version={"type": "integer", "const": VERSION},
    digest=DIGEST,
    seed={"type": "integer", "minimum": 0, "maximum": 2**53 - 1},
    confidence=UNIT,
    accords=_by_name(v.ACCORDS, UNIT),
    season=_SEASON,
    palette=_list(_STAGE, len(v.STAGES), least=1),
    place=_by_name(v.PLACES, UNIT, least=1),
    sky=_SKY,
    surfaces=_by_name(v.SURFACES, _SURFACE),
    flora=_list(_object(name=_one_of(v.FLORA), density=UNIT, srgb=SRGB), 16),
    ambience=_AIR,
    sound=_SOUND,
    touch=_object(roughness=UNIT, softness=UNIT, weight=UNIT, warmth=UNIT),
    hero=_HERO,
    things=_list(_object(name=_one_of(v.THINGS), srgb=SRGB, stage=_one_of(v.STAGES)), 8),
    why=_list(_object(note=LINE, layer=_one_of(WHERE_WHY), brings=LINE), 64),
    model=_object(name=LINE, revision=LINE),
)
# A spec that answers one row of many carries the row's own id beside its keys; it is no part of the spec.
_SPEC["properties"][ROW_ID] = {"type": ["string", "integer", "null"]}

SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": f"SceneSpec {VERSION}",
    "description": "Everything a place should be, as data. Metres, kelvin, degrees; colours are sRGB.",
    **_SPEC,
}


def _is_integer(_checker, value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(_checker, value: object) -> bool:
    # NaN passes every minimum and maximum, so it is refused as no number at all.
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


_BASE = jsonschema.Draft202012Validator
_TYPES = _BASE.TYPE_CHECKER.redefine_many({"integer": _is_integer, "number": _is_number})
_STRICT = jsonschema.validators.extend(_BASE, type_checker=_TYPES)
_VALIDATOR = _STRICT(SCHEMA)
_PARTS = {name: _STRICT(part) for name, part in SCHEMA["properties"].items()}


def check(plain: object) -> None:
    """Raises SpecError with key path, value and what is accepted if `plain` is not a spec."""
    faults = _VALIDATOR.iter_errors(plain)
    error = min(faults, key=lambda e: (len(e.absolute_path), e.message), default=None)
    if error is not None:
        raise _refusal(_path(error.absolute_path), _received(error), _accepted(error))
    _check_shares("season", plain["season"].values())
    _check_shares("place", plain["place"].values())
    stages = [stage["stage"] for stage in plain["palette"]]
    if len(set(stages)) < len(stages):
        raise _refusal("palette", stages, "each stage once")
    for name, surface in plain["surfaces"].items():
        _check_mixture(f"surfaces.{name}", surface)
    for at, stage in enumerate(plain["palette"]):
        _check_shares(f"palette[{at}].colours", [colour["weight"] for colour in stage["colours"]])


def fault_of(part: str, plain: object) -> tuple[str, str, str] | None:
    """What is wrong with a part of a spec ("sky", "flora", …): key path, value, what is accepted; or None."""
    faults = _PARTS[part].iter_errors(plain)
    error = min(faults, key=lambda e: (len(e.absolute_path), e.message), default=None)
    if error is None:
        return None
    path = _path(error.absolute_path)
    dotted = path if path.startswith("[") or not path else f".{path}"
    return dotted, repr(_received(error)), _accepted(error)


def check_digest(spec: SceneSpec) -> None:
    """Raises SpecError if the spec's digest is not that of its content."""
    wanted = spec.sealed().digest
    if spec.digest != wanted:
        raise _refusal("digest", spec.digest, f"{wanted} (the SHA-256 of this content)")


def _check_mixture(path: str, surface: dict) -> None:
    """A second material and its share come together, and it is another than the first."""
    also, share = surface.get("also", ""), surface.get("share", 0.0)
    if also and also == surface["painter"]:
        raise _refusal(f"{path}.also", also, "another material than the painter's")
    if bool(also) != (share > 0):
        raise _refusal(f"{path}.share", share, "above 0 with a second material in `also`, and else left out")


def _check_shares(path: str, shares) -> None:
    total = math.fsum(shares)
    if abs(total - 1) > SUM_TOLERANCE:
        raise _refusal(path, f"summing to {total:.4f}", f"a sum of 1 within {SUM_TOLERANCE}")


def _refusal(path: str, value: object, accepted: str) -> SpecError:
    shown = value if isinstance(value, str) and value.startswith("summing") else repr(value)
    if len(shown) > 80:
        shown = shown[:77] + "…"
    where = path or "the whole"
    return SpecError(f"reading a SceneSpec: {where} is {shown}; accepted is {accepted}; {_NEXT}")


def _path(parts) -> str:
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts)
    return text.lstrip(".")


def _received(error: jsonschema.ValidationError) -> object:
    """The value at fault; of an object with strangers among its keys, those alone."""
    if error.validator != "additionalProperties":
        return error.instance
    return [name for name in error.instance if name not in error.schema["properties"]]


def _accepted(error: jsonschema.ValidationError) -> str:
    """What the failing part of the schema would have taken, in words."""
    rule, wanted, schema = error.validator, error.validator_value, error.schema
    if rule == "required":
        missing = [name for name in wanted if name not in error.instance]
        return f"an object that also has {', '.join(missing)}"
    if rule == "additionalProperties":
        return f"only the keys {', '.join(schema['properties'])}"
    if rule == "enum":
        return "one of " + ", ".join(wanted)
    if rule == "pattern":
        return "a colour such as #a1b2c3" if wanted == SRGB["pattern"] else f"text matching {wanted}"
    if "minimum" in schema:
        kind = "a whole number" if schema["type"] == "integer" else "a number"
        return f"{kind} from {schema['minimum']} to {schema['maximum']}"
    return f"{rule} {wanted}" if rule != "type" else f"of type {wanted}"
