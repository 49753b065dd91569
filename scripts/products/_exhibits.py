"""What the page shows: for each extension a flacon without it and with it, and a ribbon that moves in each of glTF's
ways."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from _glb import Glb, Mesh
from _shapes import BODY, STOPPER, lathe, ribbon

FILM_NM = 420.0


@dataclass(frozen=True)
class Exhibit:
    """name : of its files.   title : what the page calls it.   without, with_ : write the two models.

    film : what a reader that does not know the extension has to be told of a thin film: ior, nm.
    time_s : when the picture is taken.
    """

    name: str
    title: str
    without: Callable[[Path], Path]
    with_: Callable[[Path], Path]
    film: tuple[float, float] | None = None
    time_s: float = 0.0


def matter(color, metallic=0.0, roughness=0.5, **more) -> dict:
    """A glTF material of a linear colour."""
    factors = {"baseColorFactor": [*color, 1.0], "metallicFactor": metallic, "roughnessFactor": roughness}
    extensions = {f"KHR_materials_{name}": value for name, value in more.items()}
    return {"pbrMetallicRoughness": factors} | ({"extensions": extensions} if extensions else {})


GOLD = matter((0.86, 0.62, 0.30), 1.0, 0.28)


def flacon(material: dict | Callable[[Glb], dict], flutes: int = 9) -> Callable[[Path], Path]:
    """Writes a flacon whose body is of a material, with a golden stopper."""
    def write(path: Path) -> Path:
        made = Glb()
        made.mesh(lathe(BODY, flutes=flutes, depth=0.12), material(made) if callable(material) else material)
        made.mesh(lathe(STOPPER, rows=40, columns=72), GOLD)
        return made.write(path)
    return write


def pattern() -> np.ndarray:
    """(256, 256, 3) sRGB bytes: leaves in a lattice."""
    y, x = (np.mgrid[0:256, 0:256] + 0.5) / 64 % 1 - 0.5
    odd = (np.indices((256, 256)) // 64).sum(axis=0) % 2
    leaf = np.abs(np.where(odd, x, y)) < 0.30 * np.cos(np.pi * np.where(odd, y, x)) ** 2
    vein = leaf & (np.abs(np.where(odd, x, y)) < 0.03)
    pixels = np.full((256, 256, 3), (225, 214, 190), np.uint8)
    pixels[leaf], pixels[vein] = (52, 92, 70), (150, 176, 132)
    return pixels


def all_maps(made: Glb) -> dict:
    """Hammered metal with an enamel pattern: every map that glTF's own material has."""
    y, x = (np.mgrid[0:256, 0:256] + 0.5) / 32 % 1 * 2 - 1
    inside = np.hypot(x, y) < 0.9
    normal = np.stack([np.where(inside, 0.5 * x, 0), np.where(inside, -0.5 * y, 0)], axis=-1)
    normals = np.concatenate([normal, np.sqrt(1 - (normal ** 2).sum(axis=-1, keepdims=True))], axis=-1)
    leaves = np.any(pattern() != (225, 214, 190), axis=-1)
    rough = np.stack([np.where(inside, 255, 110), np.where(leaves, 60, 120), np.where(leaves, 0, 255)], axis=-1)
    colors = np.where(leaves[..., None], pattern(), (236, 190, 128)).astype(np.uint8)
    glow = np.where((pattern() == (150, 176, 132)).all(axis=-1)[..., None], (255, 180, 90), 0).astype(np.uint8)
    metal = {"index": made.texture(rough.astype(np.uint8))}
    return {"pbrMetallicRoughness": {"baseColorTexture": {"index": made.texture(colors)},
                                     "metallicRoughnessTexture": metal},
            "normalTexture": {"index": made.texture(np.round(normals * 127.5 + 127.5).astype(np.uint8))},
            "occlusionTexture": metal,
            "emissiveTexture": {"index": made.texture(glow)}, "emissiveFactor": [1.0, 1.0, 1.0]}


def patterned(transform: dict) -> Callable[[Glb], dict]:
    """The pattern, laid as KHR_texture_transform says."""
    def material(made: Glb) -> dict:
        extensions = {"extensions": {"KHR_texture_transform": transform}} if transform else {}
        return {"pbrMetallicRoughness": {"baseColorTexture": {"index": made.texture(pattern()), **extensions},
                                         "metallicFactor": 0.0, "roughnessFactor": 0.35}}
    return material


PLUM, INK, ENAMEL, LAMP = (0.10, 0.012, 0.05), (0.012, 0.02, 0.06), (0.03, 0.03, 0.035), (0.1, 0.03, 0.01)
SHINING = {"emissiveFactor": [0.20, 0.07, 0.02]}
CLEAR = {"transmission": {"transmissionFactor": 1.0}}
BODY_OF_GLASS = {"thicknessFactor": 0.08, "attenuationColor": [0.90, 0.42, 0.08], "attenuationDistance": 0.03}
EXHIBITS = [
    Exhibit("maps", "glTF's own maps", flacon(matter((0.86, 0.55, 0.25), 1.0, 0.5), 0), flacon(all_maps, 0)),
    Exhibit("clearcoat", "KHR_materials_clearcoat", flacon(matter((0.35, 0.01, 0.015), 0.6, 0.55)),
            flacon(matter((0.35, 0.01, 0.015), 0.6, 0.55,
                          clearcoat={"clearcoatFactor": 1.0, "clearcoatRoughnessFactor": 0.04}))),
    Exhibit("sheen", "KHR_materials_sheen", flacon(matter(PLUM, 0.0, 0.9)),
            flacon(matter(PLUM, 0.0, 0.9,
                          sheen={"sheenColorFactor": [0.75, 0.35, 0.55], "sheenRoughnessFactor": 0.45}))),
    Exhibit("specular", "KHR_materials_specular", flacon(matter(INK, 0.0, 0.22)),
            flacon(matter(INK, 0.0, 0.22,
                          specular={"specularFactor": 1.0, "specularColorFactor": [4.0, 1.6, 0.4]}))),
    Exhibit("ior", "KHR_materials_ior", flacon(matter(INK, 0.0, 0.15)),
            flacon(matter(INK, 0.0, 0.15, ior={"ior": 2.4}))),
    Exhibit("transmission", "KHR_materials_transmission", flacon(matter((0.45, 0.75, 0.70), 0.0, 0.0)),
            flacon(matter((0.45, 0.75, 0.70), 0.0, 0.0, **CLEAR))),
    Exhibit("volume", "KHR_materials_volume", flacon(matter((1.0, 1.0, 1.0), 0.0, 0.0, **CLEAR), 0),
            flacon(matter((1.0, 1.0, 1.0), 0.0, 0.0, **CLEAR, volume=BODY_OF_GLASS, ior={"ior": 1.45}), 0)),
    Exhibit("iridescence", "KHR_materials_iridescence", flacon(matter(ENAMEL, 0.0, 0.15, ior={"ior": 1.9})),
            flacon(matter(ENAMEL, 0.0, 0.15, ior={"ior": 1.9}, iridescence={
                "iridescenceFactor": 1.0, "iridescenceIor": 1.33, "iridescenceThicknessMaximum": FILM_NM})),
            film=(1.33, FILM_NM)),
    Exhibit("emissive_strength", "KHR_materials_emissive_strength",
            flacon(matter(LAMP) | SHINING),
            flacon(matter(LAMP, emissive_strength={"emissiveStrength": 5.0}) | SHINING)),
    Exhibit("unlit", "KHR_materials_unlit", flacon(matter((0.10, 0.33, 0.30), 0.0, 0.6)),
            flacon(matter((0.10, 0.33, 0.30), 0.0, 0.6, unlit={}))),
    Exhibit("texture_transform", "KHR_texture_transform", flacon(patterned({}), 0),
            flacon(patterned({"scale": [2.0, 1.5], "rotation": 0.6, "offset": [0.1, 0.2]}), 0)),
]


def moving(mesh: Mesh, how: Callable[[Glb, Mesh], None]) -> Callable[[Path], Path]:
    """Writes a ribbon that moves."""
    def write(path: Path) -> Path:
        made = Glb()
        how(made, mesh)
        return made.write(path)
    return write


SILK = matter((0.45, 0.03, 0.06), 0.0, 0.4) | {"doubleSided": True}


def still(made: Glb, mesh: Mesh) -> None:
    """As it is at rest."""
    made.mesh(mesh, SILK)


def turning(made: Glb, mesh: Mesh) -> None:
    """A node turns once about the vertical in two seconds."""
    node = made.mesh(mesh, SILK)
    half = np.linspace(0, np.pi, 9)
    turns = np.stack([0 * half, np.sin(half), 0 * half, np.cos(half)], axis=-1)
    _animate(made, node, "rotation", np.linspace(0, 2, 9), turns)


def swelling(made: Glb, mesh: Mesh) -> None:
    """A morph target draws it out into an arch and lets it go."""
    height = mesh.positions[:, 1] / mesh.positions[:, 1].max()
    mesh.targets = [np.stack([0.06 * np.sin(np.pi * height), -0.03 * height, 0.05 * height ** 2], axis=-1)]
    node = made.mesh(mesh, SILK)
    _animate(made, node, "weights", np.array([0.0, 1.0, 2.0]), np.array([[0.0], [1.0], [0.0]]))


def bending(made: Glb, mesh: Mesh) -> None:
    """A skin of three joints, which bend one after another."""
    height = mesh.positions[:, 1] / mesh.positions[:, 1].max() * 2
    lower = np.clip(np.floor(height), 0, 1).astype(int)
    share = height - lower
    flat = np.zeros(len(height))
    mesh.more = {"JOINTS_0": np.stack([lower, lower + 1, 0 * lower, 0 * lower], axis=-1),
                 "WEIGHTS_0": np.stack([1 - share, share, flat, flat], axis=-1)}
    long_m = float(mesh.positions[:, 1].max())
    tip = made.node(top=False, translation=[0, long_m / 2, 0])
    middle = made.node(top=False, translation=[0, long_m / 2, 0], children=[tip])
    root = made.node(children=[middle])
    rest = np.tile(np.eye(4), (3, 1, 1))
    rest[:, 1, 3] = -np.array([0, 0.5, 1.0]) * long_m
    binds = made.array(np.swapaxes(rest, 1, 2).reshape(3, 16))
    made.plain["skins"] = [{"joints": [root, middle, tip], "inverseBindMatrices": binds}]
    made.mesh(mesh, SILK, skin=0)
    half = np.array([0.0, -0.13, 0.0])
    for joint in (root, middle):
        turns = np.stack([0 * half, 0 * half, np.sin(half), np.cos(half)], axis=-1)
        _animate(made, joint, "rotation", np.array([0.0, 1.0, 2.0]), turns)


def _animate(made: Glb, node: int, path: str, times_s: np.ndarray, values: np.ndarray) -> None:
    """One channel more of the one animation."""
    animation = made.plain.setdefault("animations", [{"channels": [], "samplers": []}])[0]
    animation["channels"].append({"sampler": len(animation["samplers"]), "target": {"node": node, "path": path}})
    output = values.reshape(-1, 1) if path == "weights" else values
    animation["samplers"].append({"input": made.array(times_s.reshape(-1, 1)), "output": made.array(output)})


MOVING = [Exhibit(name, title, moving(ribbon(), still), moving(ribbon(), how), time_s=0.75) for name, title, how in (
    ("node", "an animated node", turning), ("morph", "a morph target", swelling), ("skin", "a skin", bending))]
