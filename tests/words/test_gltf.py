"""What is read of a merchant's glTF: triangles, matter and pictures as the specification has them."""

import io

import numpy as np
import pytest
from PIL import Image as Picture

from gltf_kit import CUBE, CUBE_FACES, Gltf, cube, packed
from showroom.imagine.gltf.compressed import DRACO
from showroom.imagine.gltf.model import Wanted, read
from showroom.imagine.gltf.refusal import Refusal
from showroom.render.blocks import material_row
from showroom.words.model_maps import SRGB_MAPS

SMALL = Wanted(size_px=8)


def one(made: Gltf, **wanted):
    """The only part of a model."""
    model = read(made.glb(), None, Wanted(size_px=8, **wanted))
    assert len(model.parts) == 1
    return model.parts[0]


def corners_of(part) -> np.ndarray:
    """(t, 3, 3) corners of its triangles."""
    return part.vertices["position"][part.indices.reshape(-1, 3)].astype(np.float64)


def volume_of(part) -> float:
    """Signed volume of a closed part; positive if its faces look outward."""
    a, b, c = corners_of(part).swapaxes(0, 1)
    return float(np.einsum("ti,ti->", a, np.cross(b, c)) / 6)


def faces_agree(part) -> bool:
    """Whether the faces look where their normals do."""
    a, b, c = corners_of(part).swapaxes(0, 1)
    normals = part.vertices["normal"][part.indices.reshape(-1, 3)][:, :, :3].astype(np.float64).sum(axis=1)
    return bool((np.einsum("ti,ti->t", np.cross(b - a, c - a), normals) > 0).all())


def test_a_cube_stands_on_the_ground_in_its_own_metres():
    low, high = read(cube().glb(), None, SMALL).corners
    assert low == pytest.approx([-0.05, 0.0, -0.05]) and high == pytest.approx([0.05, 0.1, 0.05])


def test_normals_that_are_missing_are_flat():
    part = one(cube())
    assert len(part.vertices) == 36 and faces_agree(part) and volume_of(part) == pytest.approx(1e-3, rel=1e-5)
    assert set(np.abs(part.vertices["normal"][:, :3]).max(axis=1)) == {127}


@pytest.mark.parametrize("scale", [(1, 1, 1), (-1, 1, 1), (-1, -1, -1), (1, -2, 1)])
def test_a_mirrored_node_is_right_side_out(scale):
    made = cube(attributes={})
    made.plain["meshes"][0]["primitives"][0]["attributes"]["NORMAL"] = made.add(CUBE / np.linalg.norm(CUBE, axis=1)[:, None])
    made.plain["nodes"][0]["scale"] = scale
    part = one(made)
    assert volume_of(part) == pytest.approx(1e-3 * abs(np.prod(scale)), rel=1e-4)
    a, b, c = corners_of(part).swapaxes(0, 1)
    outward = np.cross(b - a, c - a)
    normals = part.vertices["normal"][part.indices.reshape(-1, 3)][:, :, :3].astype(float).sum(axis=1)
    assert (np.einsum("ti,ti->t", outward, normals) > 0).all()


def test_strips_and_fans_are_the_same_triangles():
    square = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [1, 1, 0]], "f4") * 0.1
    shapes = []
    for mode, order in ((4, [0, 1, 2, 2, 1, 3]), (5, [0, 1, 2, 3]), (6, [0, 1, 3, 2])):
        made = Gltf()
        part = one(made.mesh({"attributes": {"POSITION": made.add(square)}, "mode": mode,
                              "indices": made.add(np.array(order, "u1"))}))
        a, b, c = corners_of(part).swapaxes(0, 1)
        across = np.cross(b - a, c - a)
        assert len(across) == 2 and (across[:, 2] > 0).all() and faces_agree(part)
        shapes.append(across.sum(axis=0))
    assert np.allclose(shapes, shapes[0])


@pytest.mark.parametrize("mode", range(4))
def test_what_is_no_triangle_is_left_out_and_told(mode):
    model = read(cube(mode=mode).glb(), None, SMALL)
    assert model.parts == () and "left out" in model.notes[0]


def test_elements_may_be_interleaved():
    both = np.zeros(8, [("position", "f4", 3), ("normal", "f4", 3)])
    both["position"], both["normal"] = CUBE, CUBE / np.linalg.norm(CUBE, axis=1)[:, None]
    made = Gltf()
    view = made.view(both.tobytes(), byteStride=24)
    for offset in (0, 12):
        made.plain["accessors"].append({"bufferView": view, "byteOffset": offset, "componentType": 5126, "count": 8, "type": "VEC3"})
    part = one(made.mesh({"attributes": {"POSITION": 0, "NORMAL": 1}, "indices": made.add(CUBE_FACES.reshape(-1))}))
    assert volume_of(part) == pytest.approx(1e-3, rel=1e-5)
    toward = part.vertices["position"] - (0, 0.05, 0)
    assert (np.einsum("vi,vi->v", toward, part.vertices["normal"][:, :3]) > 0).all()


def test_sparse_elements_replace_those_below():
    made = cube()
    made.plain["accessors"][0]["sparse"] = {
        "count": 1, "indices": {"bufferView": made.view(np.array([7], "u1").tobytes()), "componentType": 5121},
        "values": {"bufferView": made.view(np.array([0.05, 0.25, 0.05], "f4").tobytes())}}
    assert read(made.glb(), None, SMALL).corners[1][1] == pytest.approx(0.3)


def test_an_accessor_without_bytes_is_zeros_that_a_sparse_one_fills():
    made = cube()
    dense = made.plain["accessors"][0]
    made.plain["accessors"][0] = {
        "componentType": 5126, "count": 8, "type": "VEC3",
        "sparse": {"count": 8, "indices": {"bufferView": made.view(np.arange(8, dtype="u1").tobytes()), "componentType": 5121},
                   "values": {"bufferView": dense["bufferView"]}}}
    assert volume_of(one(made)) == pytest.approx(1e-3, rel=1e-5)


@pytest.mark.parametrize(("kind", "normalized"), [("i1", True), ("u1", False), ("i2", True), ("u2", False), ("i2", False)])
def test_quantized_positions_are_numbers(kind, normalized):
    most = np.iinfo(kind).max if normalized else 100
    low = -most if kind.startswith("i") else 0
    stored = np.where(CUBE > 0, most, low).astype(kind)
    padded = np.zeros((8, 4), kind)
    padded[:, :3] = stored
    made = Gltf(extensionsUsed=["KHR_mesh_quantization"], extensionsRequired=["KHR_mesh_quantization"])
    view = made.view(padded.tobytes(), byteStride=padded.strides[0] + -padded.strides[0] % 4)
    made.plain["accessors"].append({"bufferView": view, "count": 8, "type": "VEC3", "normalized": normalized,
                                    "componentType": {"i1": 5120, "u1": 5121, "i2": 5122, "u2": 5123}[kind]})
    made.mesh({"attributes": {"POSITION": 0}, "indices": made.add(CUBE_FACES.reshape(-1))})
    low, high = read(made.glb(), None, SMALL).corners
    assert high[1] == pytest.approx((2.0 if low[0] < 0 else 1.0) if normalized else (200.0 if kind == "i2" else 100.0))


def test_nodes_turn_and_carry_their_children():
    made = cube()
    made.plain["nodes"] = [{"children": [1], "rotation": [0, 0, np.sqrt(0.5), np.sqrt(0.5)]},
                           {"mesh": 0, "translation": [0.3, 0, 0], "scale": [2, 1, 1]}]
    made.plain["scenes"] = [{"nodes": [0]}]
    low, high = read(made.glb(), None, SMALL).corners
    assert high - low == pytest.approx([0.1, 0.2, 0.1])


def test_what_is_hidden_is_not_drawn():
    made = cube()
    made.plain["nodes"][0]["extensions"] = {"KHR_node_visibility": {"visible": False}}
    assert read(made.glb(), None, SMALL).parts == ()


# Matter -------------------------------------------------------------------------------------------

def test_without_a_material_glTF_s_own_is_worn():
    material = one(cube()).material
    assert (material.kind, material.metallic, material.roughness, material.base_color) == ("product", 1.0, 1.0, (1.0,) * 4)


def test_extensions_are_put_in_our_words():
    made = cube(material=0)
    made.plain["materials"] = [{
        "pbrMetallicRoughness": {"baseColorFactor": [0.1, 0.2, 0.3, 0.4], "metallicFactor": 0.25, "roughnessFactor": 0.5},
        "emissiveFactor": [0.5, 0, 1], "alphaMode": "MASK", "alphaCutoff": 0.3, "doubleSided": True,
        "extensions": {
            "KHR_materials_clearcoat": {"clearcoatFactor": 0.7, "clearcoatRoughnessFactor": 0.1},
            "KHR_materials_emissive_strength": {"emissiveStrength": 4.0}, "KHR_materials_ior": {"ior": 1.33},
            "KHR_materials_iridescence": {"iridescenceFactor": 0.6, "iridescenceIor": 1.8, "iridescenceThicknessMinimum": 200},
            "KHR_materials_sheen": {"sheenColorFactor": [0.1, 0.1, 0.2], "sheenRoughnessFactor": 0.3},
            "KHR_materials_specular": {"specularFactor": 0.9, "specularColorFactor": [1, 0.5, 0.2]},
            "KHR_materials_transmission": {"transmissionFactor": 0.8}, "KHR_materials_unlit": {},
            "KHR_materials_volume": {"thicknessFactor": 0.02, "attenuationDistance": 0.5, "attenuationColor": [0.9, 0.8, 0.7]},
        }}]
    made.plain["nodes"][0]["scale"] = [3, 3, 3]
    part = one(made)
    material = part.material
    assert material.base_color == (0.1, 0.2, 0.3, 0.4) and (material.metallic, material.roughness) == (0.25, 0.5)
    assert material.emission == (2.0, 0.0, 4.0) and (material.alpha_mode, material.alpha_cutoff) == ("mask", 0.3)
    assert material.double_sided and material.unlit and (material.clearcoat, material.clearcoat_roughness) == (0.7, 0.1)
    assert (material.ior, material.iridescence, material.iridescence_ior, material.film_nm) == (1.33, 0.6, 1.8, (200, 400))
    assert material.sheen_color == (0.1, 0.1, 0.2) and material.sheen_roughness == 0.3
    assert (material.specular, material.specular_color) == (0.9, (1, 0.5, 0.2))
    assert material.transmission == 0.8 and material.thickness_m == pytest.approx(0.06)
    assert (material.attenuation_distance_m, material.attenuation_color) == (0.5, (0.9, 0.8, 0.7))
    assert not part.casts_shadow


def test_a_variant_is_chosen_by_its_name():
    made = cube(material=0, extensions={"KHR_materials_variants": {"mappings": [{"variants": [1], "material": 1}]}})
    made.plain["materials"] = [{}, {"pbrMetallicRoughness": {"baseColorFactor": [1, 0, 0, 1]}}]
    made.plain["extensions"] = {"KHR_materials_variants": {"variants": [{"name": "plain"}, {"name": "red"}]}}
    assert one(made).material.base_color == (1, 1, 1, 1)
    assert one(made, variant="plain").material.base_color == (1, 1, 1, 1)
    assert one(made, variant="red").material.base_color == (1, 0, 0, 1)
    with pytest.raises(Refusal, match="no variant 'blue'"):
        read(made.glb(), None, Wanted(variant="blue"))


def test_materials_that_are_alike_are_one_part_and_many_plain_ones_are_worn_on_vertices():
    made = Gltf()
    position, order = made.add(CUBE), made.add(CUBE_FACES.reshape(-1))
    made.plain["materials"] = [{"pbrMetallicRoughness": {"baseColorFactor": [n / 40, 0, 0, 1]}} for n in range(40)]
    made.mesh(*({"attributes": {"POSITION": position}, "indices": order, "material": n} for n in range(40)))
    part = one(made)
    assert part.material.vertex_colors and set(part.vertices["shade"][:, 0]) == {round(n / 40 * 255) for n in range(40)}
    made.plain["materials"] = [{"name": f"{n}"} for n in range(40)]
    assert not one(made).material.vertex_colors


def test_colours_of_vertices_are_kept():
    made = cube()
    colors = np.full((8, 4), (255, 128, 0, 64), "u1")
    made.plain["meshes"][0]["primitives"][0]["attributes"]["COLOR_0"] = made.add(colors, normalized=True)
    part = one(made)
    assert part.material.vertex_colors and (part.vertices["shade"] == (255, 128, 0, 64)).all()


# Pictures -----------------------------------------------------------------------------------------

def textured(pixels: np.ndarray, textures: dict, format: str = "PNG", **material) -> Gltf:
    """A cube with one picture, worn as these keys of the material say."""
    file = io.BytesIO()
    Picture.fromarray(pixels).save(file, format, **({"lossless": True} if format == "WEBP" else {}))
    made = cube(material=0)
    uv = np.array([[0, 0], [1, 0], [0, 1], [1, 1]] * 2, "f4")
    made.plain["meshes"][0]["primitives"][0]["attributes"]["TEXCOORD_0"] = made.add(uv)
    made.plain["images"] = [{"bufferView": made.view(file.getvalue()), "mimeType": f"image/{format.lower()}"}]
    made.plain["textures"] = [{"source": 0}]
    made.plain["materials"] = [{**textures, **material}]
    return made


PIXELS = np.arange(8 * 8 * 4, dtype=np.uint8).reshape(8, 8, 4)
INFO = {"index": 0}


@pytest.mark.parametrize("format", ["PNG", "WEBP"])
def test_a_base_colour_is_the_picture_itself(format):
    pixels = np.dstack([PIXELS[..., :3], np.full((8, 8), 255, np.uint8)])
    model = read(textured(pixels, {"pbrMetallicRoughness": {"baseColorTexture": INFO}}, format).glb(), None, SMALL)
    assert model.parts[0].material.surface == "model_0" and model.parts[0].material.maps == ("color",)
    assert [image.level for image in model.images] == [3, 2, 1, 0]
    assert np.array_equal(model.images[-1].pixels, pixels)


def test_each_map_takes_its_channels_from_where_glTF_has_them():
    textures = {"pbrMetallicRoughness": {"metallicRoughnessTexture": INFO}, "normalTexture": INFO, "emissiveTexture": INFO,
                "occlusionTexture": {"index": 0, "strength": 0.5},
                "extensions": {
                    "KHR_materials_clearcoat": {"clearcoatTexture": INFO, "clearcoatRoughnessTexture": INFO},
                    "KHR_materials_transmission": {"transmissionTexture": INFO},
                    "KHR_materials_volume": {"thicknessTexture": INFO},
                    "KHR_materials_iridescence": {"iridescenceTexture": INFO, "iridescenceThicknessTexture": INFO},
                    "KHR_materials_sheen": {"sheenColorTexture": INFO, "sheenRoughnessTexture": INFO},
                    "KHR_materials_specular": {"specularColorTexture": INFO, "specularTexture": INFO}}}
    model = read(textured(PIXELS, textures).glb(), None, SMALL)
    finest = {image.map: image.pixels for image in model.images if image.level == 0}
    r, g, b, a = np.moveaxis(PIXELS, 2, 0)
    flat = np.full_like(r, 128)
    expected = {"detail": (r, g, g, np.rint(255 - (255.0 - r) * 0.5)), "glow": (r, g, b, b), "coat": (flat, flat, r, g),
                "volume": (r, g, r, g), "sheen": (r, g, b, a), "specular": (r, g, b, a)}
    assert set(finest) == set(expected)
    for name, planes in expected.items():
        assert np.array_equal(finest[name], np.stack(planes, axis=2)), name


def test_where_room_is_short_colours_stay_and_what_goes_is_told():
    info = {"baseColorTexture": INFO, "metallicRoughnessTexture": INFO}
    made = textured(PIXELS, {"pbrMetallicRoughness": info, "extensions": {"KHR_materials_sheen": {"sheenColorTexture": INFO}}})
    model = read(made.glb(), None, Wanted(size_px=8, srgb_layers=1, linear_layers=1))
    assert model.parts[0].material.maps == ("color", "detail")
    assert {image.map for image in model.images} & set(SRGB_MAPS) == {"color"} and "1 of glow, 1 of sheen" in model.notes[0]


def test_materials_that_look_alike_wear_one_surface():
    made = textured(PIXELS, {"pbrMetallicRoughness": {"baseColorTexture": INFO}})
    turned = {"index": 0, "extensions": {"KHR_texture_transform": {"rotation": 1.0}}}
    made.plain["materials"].append({"pbrMetallicRoughness": {"baseColorTexture": turned, "roughnessFactor": 0.2}})
    primitives = made.plain["meshes"][0]["primitives"]
    primitives.append({**primitives[0], "material": 1})
    model = read(made.glb(), None, SMALL)
    assert [part.material.surface for part in model.parts] == ["model_0", "model_0"]
    assert len(model.images) == 4


def test_a_texture_transform_is_worked_into_the_coordinates():
    transform = {"offset": [0.5, 0.25], "rotation": np.pi / 2, "scale": [2, 3]}
    info = {"index": 0, "extensions": {"KHR_texture_transform": transform}}
    part = one(textured(PIXELS, {"pbrMetallicRoughness": {"baseColorTexture": info}}))
    # counter-clockwise, and v falls: (u, 0) goes to −v, (0, v) to u
    assert {tuple(row) for row in np.round(part.vertices["uv"], 4).tolist()} == {(0.5, 0.25), (0.5, -1.75), (3.5, 0.25), (3.5, -1.75)}


@pytest.mark.parametrize(("mode", "wrap"), [(10497, "repeat"), (33071, "clamp"), (33648, "mirror")])
def test_how_a_picture_goes_on_is_kept(mode, wrap):
    made = textured(PIXELS, {"pbrMetallicRoughness": {"baseColorTexture": INFO}})
    made.plain["samplers"], made.plain["textures"][0]["sampler"] = [{"wrapS": mode}], 0
    assert one(made).material.wrap == wrap


def test_tangents_run_along_u_and_know_their_hand():
    square = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [1, 1, 0]], "f4") * 0.1
    for uv, along, hand in (([[0, 1], [1, 1], [0, 0], [1, 0]], (127, 0, 0), 127), ([[1, 1], [0, 1], [1, 0], [0, 0]], (-127, 0, 0), -127)):
        made = textured(PIXELS, {"normalTexture": INFO})
        primitive = made.plain["meshes"][0]["primitives"][0]
        primitive["attributes"] = {"POSITION": made.add(square), "TEXCOORD_0": made.add(np.array(uv, "f4")),
                                   "NORMAL": made.add(np.tile(np.array([0, 0, 1], "f4"), (4, 1)))}
        primitive["indices"] = made.add(np.array([0, 1, 2, 2, 1, 3], "u1"))
        tangents = one(made).vertices["tangent"]
        assert (tangents[:, :3] == along).all() and (tangents[:, 3] == hand).all()


def test_a_picture_that_is_too_large_or_broken_is_refused():
    made = textured(PIXELS, {"pbrMetallicRoughness": {"baseColorTexture": INFO}})
    view = made.plain["bufferViews"][made.plain["images"][0]["bufferView"]]
    whole = made.content
    huge = bytearray(whole)
    huge[view["byteOffset"] + 16:view["byteOffset"] + 24] = (60_000).to_bytes(4, "big") * 2
    made.content = bytes(huge)
    with pytest.raises(Refusal) as refused:
        read(made.glb(), None, SMALL)
    assert refused.value.at == "/images/0"


# Compressed ---------------------------------------------------------------------------------------

def compressed(content: bytes, count: int = 8) -> Gltf:
    """A cube whose geometry lies in bytes that Draco has packed."""
    made = Gltf(extensionsUsed=[DRACO], extensionsRequired=[DRACO])
    view = made.view(content)
    made.plain["accessors"] = [{"componentType": 5126, "count": count, "type": "VEC3"},
                               {"componentType": 5123, "count": 36, "type": "SCALAR"}]
    return made.mesh({"attributes": {"POSITION": 0}, "indices": 1,
                      "extensions": {DRACO: {"bufferView": view, "attributes": {"POSITION": 0}}}})


def test_what_draco_packed_is_the_same_cube():
    draco = pytest.importorskip("DracoPy")
    part = one(compressed(draco.encode(CUBE, CUBE_FACES, quantization_bits=14)))
    assert volume_of(part) == pytest.approx(1e-3, rel=2e-3) and faces_agree(part)


@pytest.mark.parametrize(("content", "count"), [(b"DRACO\2\2\1\1\0\0", 8), (b"", 8), (None, 9), (None, 1 << 30)])
def test_what_draco_cannot_unpack_is_refused(content, count):
    draco = pytest.importorskip("DracoPy")
    packed_ = draco.encode(CUBE, CUBE_FACES) if content is None else content + b"\0" * 4
    with pytest.raises(Refusal) as refused:
        read(compressed(packed_, count).glb(), None, SMALL)
    assert "\n" not in refused.value.line("vase.glb")


# Refusals -----------------------------------------------------------------------------------------

@pytest.mark.parametrize("uri", ["../secret.bin", "/etc/passwd", "a/../../secret.bin", "%2e%2e/secret.bin", "link.bin"])
def test_no_file_outside_its_folder_is_opened(tmp_path, uri):
    (tmp_path / "secret.bin").write_bytes(b"x" * 100)
    folder = tmp_path / "models"
    folder.mkdir()
    (folder / "link.bin").symlink_to(tmp_path / "secret.bin")
    plain = {"asset": {"version": "2.0"}, "buffers": [{"byteLength": 100, "uri": uri}]}
    with pytest.raises(Refusal) as refused:
        read(packed(plain), folder, SMALL)
    assert refused.value.at == "/buffers/0/uri"


def test_nothing_is_fetched():
    made = cube()
    made.plain["images"] = [{"uri": "https://example.com/a.png"}]
    assert "not fetched" in read(made.glb(), None, SMALL).notes[0]


@pytest.mark.parametrize(("name", "accepted"), [("KHR_draco_mesh_compression", "showroom[models]"), ("EXT_meshopt_compression", "meshopt"),
                                               ("KHR_texture_basisu", "PNG"), ("ACME_unheard_of", "KHR_materials")])
def test_a_need_that_is_not_met_is_refused(name, accepted, monkeypatch):
    monkeypatch.setattr("showroom.imagine.gltf.references.can_unpack", lambda: False)
    made = cube()
    made.plain |= {"extensionsUsed": [name], "extensionsRequired": [name]}
    with pytest.raises(Refusal) as refused:
        read(made.glb(), None, SMALL)
    line = refused.value.line("vase.glb")
    assert name in line and accepted in line and "\n" not in line and line.startswith("reading the model vase.glb: /extensionsRequired/0")


@pytest.mark.parametrize("break_it", [
    lambda plain: plain["accessors"][0].update(count=1 << 40),
    lambda plain: plain["accessors"][0].update(count=9),
    lambda plain: plain["bufferViews"][0].update(byteLength=1 << 39),
    lambda plain: plain["accessors"][0].update(bufferView=7),
    lambda plain: plain["meshes"][0]["primitives"][0].update(indices=0),
    lambda plain: plain["nodes"][0].update(children=[0]),
    lambda plain: plain["nodes"][0].update(scale="large"),
    lambda plain: plain["nodes"][0].update(translation=[1e300, 0, 0]),
    lambda plain: plain.update(nodes=[{"children": [1], "mesh": 0}, {"children": [0]}]),
])
def test_what_is_unsafe_is_refused_in_one_line(break_it):
    made = cube()
    break_it(made.plain)
    with pytest.raises(Refusal) as refused:
        read(made.glb(), None, SMALL)
    line = refused.value.line("vase.glb")
    assert "\n" not in line and len(line) < 400 and "accepted is" in line


def test_more_triangles_than_can_be_shown_are_refused_before_they_are_made():
    made = cube()
    made.plain["nodes"] = [{"mesh": 0} for _ in range(9000)]
    made.plain["scenes"] = [{"nodes": list(range(9000))}]
    with pytest.raises(Refusal, match="vertices"):
        read(made.glb(), None, SMALL)


# What is beyond measure ---------------------------------------------------------------------------

def test_numbers_without_a_bound_stay_such_as_can_be_reckoned_with():
    made = cube(material=0)
    made.plain["materials"] = [{"normalTexture": {**INFO, "scale": 1e308}, "extensions": {
        "KHR_materials_ior": {"ior": 1e308}, "KHR_materials_specular": {"specularColorFactor": [1e308, 1, 0]},
        "KHR_materials_volume": {"thicknessFactor": 1e308, "attenuationDistance": 1e-308, "attenuationColor": [0, 0, 0]},
        "KHR_materials_iridescence": {"iridescenceIor": 1e308, "iridescenceThicknessMaximum": 1e308}}}]
    made.plain["textures"] = [{}]
    made.plain["nodes"][0]["scale"] = [0.5, 0.5, 0.5]
    material = one(made).material
    with np.errstate(over="raise", invalid="raise", divide="raise"):
        ior = np.float32(material.ior)
        assert 0.9 < ((ior - 1) / (ior + 1)) ** 2 < 1
        row = material_row(material, 0)
        assert all(np.abs(np.array(field, np.float32)).max() < 1e8 for field in row)


def test_coordinates_beyond_all_bounds_are_numbers():
    transform = {"offset": [1e308, 0], "scale": [1e308, 1e308]}
    info = {"index": 0, "extensions": {"KHR_texture_transform": transform}}
    assert np.isfinite(one(textured(PIXELS, {"pbrMetallicRoughness": {"baseColorTexture": info}})).vertices["uv"]).all()


@pytest.mark.parametrize("size", [1e-12, 1e12])
def test_normals_are_those_of_the_shape_in_whatever_unit_it_was_made(size):
    made = Gltf()
    made.mesh({"attributes": {"POSITION": made.add((CUBE * size).astype("f4"))}, "indices": made.add(CUBE_FACES.reshape(-1))})
    made.plain["nodes"][0]["scale"] = [1 / size] * 3
    normals = one(made).vertices["normal"][:, :3]
    assert np.array_equal(normals, one(cube()).vertices["normal"][:, :3])


def test_lamps_have_a_reach_and_a_cone():
    made = cube()
    lamp = {"type": "spot", "range": 1e-300, "spot": {"outerConeAngle": 0, "innerConeAngle": 0}}
    made.plain["extensions"] = {"KHR_lights_punctual": {"lights": [lamp]}}
    made.plain["nodes"][0]["extensions"] = {"KHR_lights_punctual": {"light": 0}}
    light, = one(made).lights
    assert light.radius_m > 0 and np.float32(light.cone_cos) < 1


def test_what_is_told_of_a_file_can_be_read():
    made = cube()
    made.plain["meshes"][0]["primitives"] += [{"attributes": {}}] * 5000
    notes = read(made.glb(), None, SMALL).notes
    assert 10 < len(notes) < 30 and "more" in notes[-1]


def test_what_a_texture_asks_for_and_does_not_get_is_told():
    made = textured(PIXELS, {"extensions": {"KHR_materials_clearcoat": {
        "clearcoatFactor": 1, "clearcoatNormalTexture": {**INFO, "scale": 0.5}}}})
    made.plain["samplers"], made.plain["textures"][0]["sampler"] = [{"wrapS": 33071}], 0
    told = " ".join(read(made.glb(), None, SMALL).notes)
    assert "wrapT" in told and "scale 0.5" in told
    assert not read(textured(PIXELS, {"normalTexture": {**INFO, "scale": 0.5}}).glb(), None, SMALL).notes
