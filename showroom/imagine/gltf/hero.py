"""Hero: a model in the place of a hero that we would have grown: on its plinth where it fits, else on the ground.

It is never scaled: what does not fit is told, and our own hero stands there.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from showroom.errors import GltfError
from showroom.imagine.gltf.contact import contact
from showroom.imagine.gltf.model import Model
from showroom.words.geometry import HERO, Geometry, Light
from showroom.words.hall import PLACE_HOME, PLINTH_TOP_M, hall_home
from showroom.words.scenespec import SceneSpec
from showroom.words.view import world_from_view

PLINTH_HALF_M, PLINTH_HIGH_M = 0.45, 1.2   # half of its width, and height, of what stands on a plinth
_FOOT_HALF_M = 0.16                        # of what touches the plinth
GROUND_HALF_M, GROUND_HIGH_M = 0.4, 2.2    # of what stands on the ground
_FOOT_SLICE = 0.02                         # of its height: so much of it is its foot
_SHOWN = "model"                           # kind of a hero that brings its own geometry: nothing is laid about it


@dataclass(frozen=True)
class Standing:
    """A model and whether it stands on the plinth; else on the ground, and there is no plinth."""

    model: Model
    on_plinth: bool

    @property
    def height_m(self) -> float:
        """How tall it is."""
        return float(self.model.corners[1][1])


def standing(model: Model, name: str) -> Standing:
    """Where a model can stand. name: of its file. Raises GltfError if it fits nowhere, or nothing of it is drawn."""
    if not model.parts:
        why = f" ({model.notes[0]})" if model.notes else ""
        raise GltfError(f"drawing the model {name}: there is no triangle in its scene{why}; accepted is a model of "
                        "triangles; export it anew")
    low, high = model.corners
    half_m, high_m = float(max(-low[0], high[0], -low[2], high[2])), float(high[1])
    if half_m <= PLINTH_HALF_M and high_m <= PLINTH_HIGH_M and _foot_half_m(model, high_m) <= _FOOT_HALF_M:
        return Standing(model, True)
    if half_m <= GROUND_HALF_M and high_m <= GROUND_HIGH_M:
        return Standing(model, False)
    raise GltfError(f"drawing the model {name}: it is {2 * half_m:.3g} m wide and {high_m:.3g} m tall; accepted are "
                    f"{2 * GROUND_HALF_M:.1f} m and {GROUND_HIGH_M:.1f} m, or on a plinth {2 * PLINTH_HALF_M:.1f} m and "
                    f"{PLINTH_HIGH_M:.1f} m on a foot of {2 * _FOOT_HALF_M:.2f} m; glTF counts in metres: is it in them?")


def _foot_half_m(model: Model, high_m: float) -> float:
    """Half the width of what touches the ground, vertices alone: a wide flat base has its corners there."""
    low = max(_FOOT_SLICE * high_m, 1e-3)
    reach = [np.abs(part.vertices["position"][part.vertices["position"][:, 1] <= low][:, [0, 2]]).max(initial=0.0)
             for part in model.parts]
    return float(max(reach))


def spec_for(spec: SceneSpec, stands: Standing) -> SceneSpec:
    """The spec to grow from: the hero's own height, and nothing laid about its foot; nothing stands by a large one."""
    hero = replace(spec.hero, kind=_SHOWN, height_m=stands.height_m)
    return replace(spec, hero=hero, things=spec.things if stands.on_plinth else ())


def in_place(growing: Iterator[Geometry], stands: Standing) -> Iterator[Geometry]:
    """A place's parts with the model instead of the hero, right after the ground."""
    home, waiting = PLACE_HOME, True
    for block in growing:
        if block.part == "plinth" or block.part.startswith(HERO):
            if waiting:
                yield from _placed(stands, home, HERO[:-1], "")
            waiting = False
        if block.part.startswith(HERO) or block.part == "plinth" and not stands.on_plinth:
            continue
        yield block
    if waiting:
        yield from _placed(stands, home, HERO[:-1], "")


def in_hall(growing: Iterator[Geometry], shown: dict[str, tuple[int, Standing]]) -> Iterator[Geometry]:
    """The hall's parts with models instead of heroes. shown: by product, the plinth's number and what stands there."""
    grounded = [index for index, stands in shown.values() if not stands.on_plinth]
    for block in growing:
        if block.part in ("plinths", "bands") and grounded:
            kept = np.delete(block.instances, grounded)
            block = replace(block, instances=kept, total_instances=len(kept))
        if block.part == "plinths":
            yield block
            for product_id, (index, stands) in shown.items():
                yield from _placed(stands, hall_home(index), f"hero{index}", product_id)
        elif block.product_id not in shown:
            yield block


def _placed(stands: Standing, home, prefix: str, product_id: str) -> Iterator[Geometry]:
    """The model's parts where a hero's home is, its lamps with it."""
    world = world_from_view(home).astype(np.float64)
    if not stands.on_plinth:
        world[1, 3] -= PLINTH_TOP_M
    dark = contact(stands.model)
    for part in (*stands.model.parts, *([dark] if dark else [])):
        instances = part.instances.copy()
        instances["world_from_part"] = world[:3]
        yield replace(part, part=f"{prefix}.{part.part.removeprefix(HERO)}", instances=instances, product_id=product_id,
                      lights=tuple(_carried(light, world) for light in part.lights))


def _carried(light: Light, world: np.ndarray) -> Light:
    position = world[:3, :3] @ light.position + world[:3, 3]
    return replace(light, position=tuple(position.tolist()), direction=tuple((world[:3, :3] @ light.direction).tolist()))
