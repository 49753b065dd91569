"""Shape: the types and ranges of a glTF 2.0 document, as a JSON Schema (draft 2020-12) of what is read of it.

Our own: it asks for what drawing needs, and lets pass what does no harm (an empty list, an unknown name of
something that is not used). What a schema cannot say stands in `references`, `graph` and `accessors`.
Source: glTF 2.0, section 5, and the extensions' own texts.
"""

import functools

import jsonschema

from showroom.imagine.gltf.refusal import Refusal, pointer, shown

MOST_OF_A_KIND = 20_000  # accessors, nodes, … : beyond that no product's model goes


def check(plain: dict) -> None:
    """Raises Refusal for the first thing of a wrong type, out of its range, or missing."""
    error = next(_validator().iter_errors(plain), None)
    if error is not None:
        raise Refusal(pointer(*error.absolute_path), *_told(error))
    asset = plain["asset"]
    if _version(asset.get("minVersion", "2.0")) > _version(asset["version"]):
        raise Refusal("/asset/minVersion", shown(asset["minVersion"]), f"at most its version, {asset['version'][:20]}")


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part[:9]) for part in text.split("."))


def _told(error: jsonschema.ValidationError) -> tuple[str, str]:
    """What was found and what is accepted."""
    want, rule = error.validator_value, error.validator
    if rule == "required":
        missing = [name for name in want if name not in error.instance]
        return f"no {missing[0]}", f"an object with {', '.join(want)}"
    if rule == "type":
        return f"{type(error.instance).__name__} {shown(error.instance)}", f"what is of type {want}"
    if rule in ("minItems", "maxItems"):
        return f"{len(error.instance):,} items", f"at {'least' if rule == 'minItems' else 'most'} {want:,}"
    words = {"minimum": "at least", "maximum": "at most", "exclusiveMinimum": "more than", "multipleOf": "a multiple of",
             "pattern": "text like"}
    return f"{shown(error.instance)}", f"{words.get(rule, rule)} {want}"


@functools.cache
def _validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(_root())


def _object(needed: str = "", **known: dict) -> dict:
    """An object with these keys of these kinds, and any others; extensions are objects throughout."""
    known.setdefault("extensions", _extensions())
    return {"type": "object", "properties": known, "required": needed.split()}


def _extensions(**known: dict) -> dict:
    return {"type": "object", "properties": known, "additionalProperties": {"type": "object"}}


def _number(low: float | None = None, high: float | None = None) -> dict:
    bounds = {"minimum": low, "maximum": high}
    return {"type": "number", **{name: bound for name, bound in bounds.items() if bound is not None}}


def _whole(low: int = 0, high: int | None = None, **more: object) -> dict:
    return {"type": "integer", "minimum": low, **({} if high is None else {"maximum": high}), **more}


def _list(items: dict, least: int = 0, most: int = MOST_OF_A_KIND) -> dict:
    return {"type": "array", "items": items, "minItems": least, "maxItems": most}


def _tuple(count: int, low: float | None = None, high: float | None = None) -> dict:
    return _list(_number(low, high), count, count)


_TEXT, _FLAG, _INDEX = {"type": "string"}, {"type": "boolean"}, _whole()
_UNIT = _number(0, 1)
_MOST_LENGTH = 1 << 40


def _texture(**more: dict) -> dict:
    transform = _object(offset=_tuple(2), rotation=_number(), scale=_tuple(2), texCoord=_INDEX, extensions={})
    return _object("index", index=_INDEX, texCoord=_INDEX, extensions=_extensions(KHR_texture_transform=transform), **more)


def _material() -> dict:
    texture, normal = _texture(), _texture(scale=_number())
    extensions = _extensions(
        KHR_materials_anisotropy=_object(anisotropyStrength=_UNIT, anisotropyTexture=texture),
        KHR_materials_dispersion=_object(dispersion=_number(0)),
        KHR_materials_clearcoat=_object(clearcoatFactor=_UNIT, clearcoatRoughnessFactor=_UNIT, clearcoatTexture=texture,
                                        clearcoatRoughnessTexture=texture, clearcoatNormalTexture=normal),
        KHR_materials_emissive_strength=_object(emissiveStrength=_number(0)),
        KHR_materials_ior=_object(ior={"type": "number", "anyOf": [{"const": 0}, {"minimum": 1}]}),
        KHR_materials_iridescence=_object(
            iridescenceFactor=_UNIT, iridescenceIor=_number(1), iridescenceThicknessMinimum=_number(0),
            iridescenceThicknessMaximum=_number(0), iridescenceTexture=texture, iridescenceThicknessTexture=texture),
        KHR_materials_sheen=_object(sheenColorFactor=_tuple(3, 0, 1), sheenRoughnessFactor=_UNIT,
                                    sheenColorTexture=texture, sheenRoughnessTexture=texture),
        KHR_materials_specular=_object(specularFactor=_UNIT, specularColorFactor=_tuple(3, 0),
                                       specularTexture=texture, specularColorTexture=texture),
        KHR_materials_transmission=_object(transmissionFactor=_UNIT, transmissionTexture=texture),
        KHR_materials_volume=_object(thicknessFactor=_number(0), thicknessTexture=texture,
                                     attenuationDistance={"type": "number", "exclusiveMinimum": 0},
                                     attenuationColor=_tuple(3, 0, 1)),
        KHR_materials_pbrSpecularGlossiness=_object(
            diffuseFactor=_tuple(4, 0, 1), specularFactor=_tuple(3, 0, 1), glossinessFactor=_UNIT,
            diffuseTexture=texture, specularGlossinessTexture=texture),
    )
    roughness = _object(baseColorFactor=_tuple(4, 0, 1), metallicFactor=_UNIT, roughnessFactor=_UNIT,
                        baseColorTexture=texture, metallicRoughnessTexture=texture)
    return _object(name=_TEXT, pbrMetallicRoughness=roughness, normalTexture=normal, emissiveTexture=texture,
                   occlusionTexture=_texture(strength=_UNIT), emissiveFactor=_tuple(3, 0, 1), alphaMode=_TEXT,
                   alphaCutoff=_number(0), doubleSided=_FLAG, extensions=extensions)


def _mesh() -> dict:
    by_name = {"type": "object", "additionalProperties": _INDEX}
    mapping = _object("material variants", variants=_list(_INDEX), material=_INDEX, extensions={})
    variants = _object("mappings", mappings=_list(mapping), extensions={})
    draco = _object("bufferView attributes", bufferView=_INDEX, attributes=by_name, extensions={})
    extensions = _extensions(KHR_materials_variants=variants, KHR_draco_mesh_compression=draco)
    primitive = _object("attributes", attributes=by_name, indices=_INDEX, material=_INDEX, mode=_whole(),
                        targets=_list(by_name, 0, 1000), extensions=extensions)
    return _object("primitives", primitives=_list(primitive), weights=_list(_number()), name=_TEXT)


def _node() -> dict:
    return _object(
        children=_list(_INDEX), mesh=_INDEX, skin=_INDEX, camera=_INDEX, name=_TEXT, matrix=_tuple(16),
        translation=_tuple(3), rotation=_tuple(4, -1, 1), scale=_tuple(3), weights=_list(_number()),
        extensions=_extensions(KHR_lights_punctual=_object("light", light=_INDEX, extensions={}),
                               KHR_node_visibility=_object(visible=_FLAG, extensions={})))


def _animation() -> dict:
    channel = _object("sampler target", sampler=_INDEX,
                      target=_object("path", node=_INDEX, path=_TEXT))
    sampler = _object("input output", input=_INDEX, output=_INDEX, interpolation=_TEXT)
    return _object("channels samplers", channels=_list(channel), samplers=_list(sampler), name=_TEXT)


def _accessor() -> dict:
    view = {"bufferView": _INDEX, "byteOffset": _whole(0, _MOST_LENGTH)}
    sparse = _object("count indices values", count=_whole(1, _MOST_LENGTH),
                     indices=_object("bufferView componentType", **view, componentType=_INDEX),
                     values=_object("bufferView", **view))
    return _object("componentType count type", **view, componentType=_INDEX, normalized=_FLAG,
                   count=_whole(1, _MOST_LENGTH), type=_TEXT, sparse=sparse, max=_list(_number(), 0, 16),
                   min=_list(_number(), 0, 16), name=_TEXT)


def _light() -> dict:
    spot = _object(innerConeAngle=_number(0), outerConeAngle=_number(0))
    return _object("type", type=_TEXT, color=_tuple(3, 0, 1), intensity=_number(0), spot=spot,
                   range={"type": "number", "exclusiveMinimum": 0}, name=_TEXT, extensions={})


def _root() -> dict:
    view = _object("buffer byteLength", buffer=_INDEX, byteOffset=_whole(0, _MOST_LENGTH),
                   byteLength=_whole(1, _MOST_LENGTH), byteStride=_whole(4, 252, multipleOf=4), target=_INDEX)
    lens = _object(zfar=_number(0), znear=_number(0), xmag=_number(), ymag=_number(), yfov=_number(0))
    extensions = _extensions(
        KHR_lights_punctual=_object("lights", lights=_list(_light()), extensions={}),
        KHR_materials_variants=_object("variants", variants=_list(_object("name", name=_TEXT)), extensions={}))
    return _object(
        "asset",
        asset=_object("version", version={**_TEXT, "pattern": "^2[.][0-9]+$"},
                      minVersion={**_TEXT, "pattern": "^2[.][0-9]+$"}, copyright=_TEXT, generator=_TEXT),
        scene=_INDEX, extensionsUsed=_list(_TEXT), extensionsRequired=_list(_TEXT), extensions=extensions,
        scenes=_list(_object(nodes=_list(_INDEX), name=_TEXT)), nodes=_list(_node()), meshes=_list(_mesh()),
        materials=_list(_material()), accessors=_list(_accessor()), bufferViews=_list(view),
        buffers=_list(_object("byteLength", byteLength=_whole(1, _MOST_LENGTH), uri=_TEXT, name=_TEXT), 0, 100),
        images=_list(_object(uri=_TEXT, mimeType=_TEXT, bufferView=_INDEX, name=_TEXT), 0, 1000),
        textures=_list(_object(source=_INDEX, sampler=_INDEX, name=_TEXT,
                               extensions=_extensions(EXT_texture_webp=_object(source=_INDEX, extensions={}))), 0, 1000),
        samplers=_list(_object(magFilter=_INDEX, minFilter=_INDEX, wrapS=_INDEX, wrapT=_INDEX, name=_TEXT), 0, 1000),
        skins=_list(_object("joints", joints=_list(_INDEX, 1), skeleton=_INDEX, inverseBindMatrices=_INDEX, name=_TEXT)),
        animations=_list(_animation(), 0, 1000),
        cameras=_list(_object("type", type=_TEXT, perspective=lens, orthographic=lens)),
    )
