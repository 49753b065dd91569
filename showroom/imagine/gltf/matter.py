"""Matter: a glTF material as our own, and which pictures each of its maps is put together from.

Source: glTF 2.0, section 3.9, and the KHR_materials extensions. Specular-glossiness is put in the same words:
the reflectance it asks for becomes an index of refraction and a colour.
"""

import math
from dataclasses import dataclass, field

import numpy as np

from showroom.imagine.gltf.container import Document
from showroom.imagine.gltf.pictures import Pictures
from showroom.imagine.gltf.refusal import pointer, shown
from showroom.words.image import COLOR, DETAIL
from showroom.words.material import Material
from showroom.words.model_maps import COAT, GLOW, SHEEN, SPECULAR, VOLUME

_WRAPS = {10497: "repeat", 33071: "clamp", 33648: "mirror"}
_MOST_RADIANCE = 64.0
_MOST = 100.0        # of an index of refraction, of a normal's strength and of a colour that a factor makes brighter
_FARTHEST = 1e6      # of a picture's coordinates
_MOST_M, _MOST_NM = 100.0, 100_000.0
_GLOSSY = "KHR_materials_pbrSpecularGlossiness"


@dataclass(frozen=True)
class Lay:
    """Where a texture lies: set of coordinates, offset, rotation (rad), scale, and how it goes on beyond 0 to 1."""

    texcoord: int = 0
    offset: tuple[float, float] = (0.0, 0.0)
    rotation: float = 0.0
    scale: tuple[float, float] = (1.0, 1.0)
    wrap: str = "repeat"

    def of(self, uv: np.ndarray) -> np.ndarray:
        """(v, 2) of the picture for (v, 2) of the mesh. Source: KHR_texture_transform."""
        c, s = math.cos(self.rotation), math.sin(self.rotation)
        return np.nan_to_num(uv * self.scale @ np.array([[c, -s], [s, c]]) + self.offset).clip(-_FARTHEST, _FARTHEST)


@dataclass(frozen=True)
class Use:
    """A channel of an image in a channel of a map. gain: 1, or how much of an occlusion counts; turned: 1 − it."""

    image: int
    channel: int
    gain: float = 1.0
    turned: bool = False


@dataclass
class Matter:
    """material : without a surface.   maps : by name, four uses, None where a channel has no picture."""

    material: Material
    maps: dict[str, list[Use | None]] = field(default_factory=dict)
    lay: Lay = Lay()


# map, its channels' (extension, texture, channel of the picture), "" for the material itself, None for no picture
_COAT, _SHEEN_, _SPEC, _VOL, _TRANS, _FILM = (f"KHR_materials_{name}" for name in (
    "clearcoat", "sheen", "specular", "volume", "transmission", "iridescence"))
_RGB = (0, 1, 2)
_LAYOUT: dict[str, tuple] = {
    COLOR: tuple(("pbr", "baseColorTexture", channel) for channel in (*_RGB, 3)),
    DETAIL: (("", "normalTexture", 0), ("", "normalTexture", 1), ("pbr", "metallicRoughnessTexture", 1),
             ("", "occlusionTexture", 0)),
    GLOW: (*(("", "emissiveTexture", channel) for channel in _RGB), ("pbr", "metallicRoughnessTexture", 2)),
    COAT: ((_COAT, "clearcoatNormalTexture", 0), (_COAT, "clearcoatNormalTexture", 1), (_COAT, "clearcoatTexture", 0),
           (_COAT, "clearcoatRoughnessTexture", 1)),
    VOLUME: ((_TRANS, "transmissionTexture", 0), (_VOL, "thicknessTexture", 1), (_FILM, "iridescenceTexture", 0),
             (_FILM, "iridescenceThicknessTexture", 1)),
    SPECULAR: (*((_SPEC, "specularColorTexture", channel) for channel in _RGB), (_SPEC, "specularTexture", 3)),
    SHEEN: (*((_SHEEN_, "sheenColorTexture", channel) for channel in _RGB), (_SHEEN_, "sheenRoughnessTexture", 3)),
}
_GLOSSY_LAYOUT = {
    COLOR: tuple((_GLOSSY, "diffuseTexture", channel) for channel in (*_RGB, 3)),
    DETAIL: (*_LAYOUT[DETAIL][:2], (_GLOSSY, "specularGlossinessTexture", 3), _LAYOUT[DETAIL][3]),
    GLOW: (*_LAYOUT[GLOW][:3], None),
    SPECULAR: (*((_GLOSSY, "specularGlossinessTexture", channel) for channel in _RGB), None),
}


def matter_of(document: Document, pictures: Pictures, at: int | None, scale: float) -> Matter:
    """The material of that number, or glTF's own where a mesh names none.

    scale : metres of the world for one of the mesh, for what is thick.
    """
    plain = {} if at is None else document.list("materials")[at]
    extensions = plain.get("extensions") or {}
    glossy = _GLOSSY in extensions
    matter = Matter(Material(**_common(plain, extensions), **(_glossy(extensions[_GLOSSY]) if glossy else
                                                            _rough(plain.get("pbrMetallicRoughness") or {}, extensions)),
                             **_extended(extensions, scale)))
    _dress(document, pictures, matter, plain, _GLOSSY_LAYOUT if glossy else _LAYOUT, pointer("materials", at))
    return matter


def _common(plain: dict, extensions: dict) -> dict:
    strength = extensions.get("KHR_materials_emissive_strength", {}).get("emissiveStrength", 1.0)
    emission = tuple(min(part * strength, _MOST_RADIANCE) for part in _floats(plain.get("emissiveFactor", (0, 0, 0))))
    mode = str(plain.get("alphaMode", "OPAQUE")).lower()
    return {
        "kind": "product", "emission": emission, "normal_scale": _within(plain.get("normalTexture", {}).get("scale", 1.0), -_MOST),
        "alpha_mode": mode if mode in ("mask", "blend") else "opaque",
        "alpha_cutoff": min(float(plain.get("alphaCutoff", 0.5)), 1.0),
        "double_sided": bool(plain.get("doubleSided", False)), "unlit": "KHR_materials_unlit" in extensions,
    }


def _rough(pbr: dict, extensions: dict) -> dict:
    specular = extensions.get(_SPEC, {})
    return {
        "base_color": _floats(pbr.get("baseColorFactor", (1, 1, 1, 1))), "metallic": float(pbr.get("metallicFactor", 1)),
        "roughness": float(pbr.get("roughnessFactor", 1)), "specular": float(specular.get("specularFactor", 1)),
        "specular_color": tuple(map(_within, specular.get("specularColorFactor", (1, 1, 1)))),
        "ior": _within(extensions.get("KHR_materials_ior", {}).get("ior", 1.5)),
    }


def _glossy(plain: dict) -> dict:
    """Diffuse colour and reflectance: the brightest of it as an index of refraction, its colour beside it."""
    reflected = np.array(_floats(plain.get("specularFactor", (1, 1, 1))))
    brightest = min(float(reflected.max()), 0.96)
    root = math.sqrt(brightest)
    colour = reflected / max(float(reflected.max()), 1e-6)
    return {
        "base_color": _floats(plain.get("diffuseFactor", (1, 1, 1, 1))), "metallic": 0.0,
        "roughness": 1.0 - float(plain.get("glossinessFactor", 1)) if "specularGlossinessTexture" not in plain else 1.0,
        "ior": (1 + root) / (1 - root), "specular_color": _floats(colour if brightest > 0 else (0, 0, 0)),
    }


def _extended(extensions: dict, scale: float) -> dict:
    coat, sheen = extensions.get(_COAT, {}), extensions.get(_SHEEN_, {})
    volume, film = extensions.get(_VOL, {}), extensions.get(_FILM, {})
    return {
        "clearcoat": float(coat.get("clearcoatFactor", 0)),
        "clearcoat_roughness": float(coat.get("clearcoatRoughnessFactor", 0)),
        "sheen_color": _floats(sheen.get("sheenColorFactor", (0, 0, 0))),
        "sheen_roughness": float(sheen.get("sheenRoughnessFactor", 0)),
        "transmission": float(extensions.get(_TRANS, {}).get("transmissionFactor", 0)),
        "thickness_m": _within(float(volume.get("thicknessFactor", 0)) * scale, most=_MOST_M),
        "attenuation_color": _floats(volume.get("attenuationColor", (1, 1, 1))),
        "attenuation_distance_m": _distance_m(volume.get("attenuationDistance")),
        "iridescence": float(film.get("iridescenceFactor", 0)),
        "iridescence_ior": _within(film.get("iridescenceIor", 1.3)),
        "film_nm": (_within(film.get("iridescenceThicknessMinimum", 100), most=_MOST_NM),
                    _within(film.get("iridescenceThicknessMaximum", 400), most=_MOST_NM)),
    }


def _within(value: float, least: float = 0.0, most: float = _MOST) -> float:
    """What a file says without a bound, within what 32 bits can be reckoned with; 0 for what is no number."""
    return min(max(float(value), least), most) if value == value else 0.0


def _distance_m(value: float | None) -> float:
    """Of attenuation; what reaches farther than any model, as without a word, drinks nothing: 0."""
    return 0.0 if value is None or value > 1e6 else max(float(value), 1e-6)


def _floats(values) -> tuple[float, ...]:
    return tuple(float(value) for value in values)


# Textures -----------------------------------------------------------------------------------------

def _dress(document: Document, pictures: Pictures, matter: Matter, plain: dict, layout: dict, where: str) -> None:
    """Finds the pictures of a material; all must lie as the first of them does, others are told."""
    parts = {"": plain, "pbr": plain.get("pbrMetallicRoughness") or {}, **(plain.get("extensions") or {})}
    lay, away = None, set()
    for name, channels in layout.items():
        uses: list[Use | None] = []
        for source in channels:
            info = parts.get(source[0], {}).get(source[1]) if source else None
            image = None if info is None else _image(document, info)
            if image is None or not pictures.can_read(image):
                uses.append(None)
                continue
            own = _lay(document, info)
            lay = lay or own
            _tell_of_what_is_not_drawn(document, info, source, f"{where}: {source[1]}")
            if own != lay:
                away.add(source[1])
            uses.append(_use(image, source, info) if own == lay else None)
        if any(uses):
            matter.maps[name] = uses
    if away:
        document.tell(f"{where}: {', '.join(sorted(away))} left out; every picture lies as the first one of its material")
    matter.lay = lay or Lay()


def _tell_of_what_is_not_drawn(document: Document, info: dict, source: tuple, what: str) -> None:
    """Of a texture: what its file says and ours does not heed."""
    sampler = _sampler(document, info)
    across, down = sampler.get("wrapS", 10497), sampler.get("wrapT", 10497)
    if across != down:
        document.tell(f"{what} goes on by its wrapS {across} both ways; its wrapT {down} is left out")
    if source[1] == "clearcoatNormalTexture" and info.get("scale", 1.0) != 1.0:
        document.tell(f"{what} is drawn at scale 1; its scale {shown(info['scale'])} is left out")


def _use(image: int, source: tuple, info: dict) -> Use:
    gain = float(info.get("strength", 1.0)) if source[1] == "occlusionTexture" else 1.0
    return Use(image, source[2], gain, source[:2] == (_GLOSSY, "specularGlossinessTexture") and source[2] == 3)


def _image(document: Document, info: dict) -> int | None:
    texture = document.list("textures")[int(info["index"])]
    webp = (texture.get("extensions") or {}).get("EXT_texture_webp", {}).get("source")
    source = texture.get("source") if webp is None else webp
    return None if source is None else int(source)


def _sampler(document: Document, info: dict) -> dict:
    texture = document.list("textures")[int(info["index"])]
    return document.list("samplers")[int(texture["sampler"])] if "sampler" in texture else {}


def _lay(document: Document, info: dict) -> Lay:
    sampler = _sampler(document, info)
    transform = (info.get("extensions") or {}).get("KHR_texture_transform") or {}
    return Lay(int(transform.get("texCoord", info.get("texCoord", 0))), _floats(transform.get("offset", (0, 0))),
               float(transform.get("rotation", 0.0)), _floats(transform.get("scale", (1, 1))),
               _WRAPS.get(sampler.get("wrapS", 10497), "repeat"))
