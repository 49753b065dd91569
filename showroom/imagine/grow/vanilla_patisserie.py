"""Vanilla patisserie: pods and sugar at one's hands, cake under caramel, copper in warm window light."""

from typing import Iterator

import numpy as np

from showroom.imagine import leaning
from showroom.imagine.grow import confection, kitchenware, vanilla
from showroom.imagine.grow.centre import centre, worn
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.coffee import coffee
from showroom.imagine.grow.guests import guests
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.part import part, rgb, rgba
from showroom.imagine.grow.patisserie_room import (
    BACK_Z, COUNTER_M, FRONT_Z, RIGHT_X, SHELVES_M, floor, rail, room,
)
from showroom.imagine.grow.scatter import bases, instances, varied_sizes, varied_tints
from showroom.words.geometry import Geometry, Material
from showroom.words.scenespec import SceneSpec

CRUMB, BAKED = np.array([0.56, 0.34, 0.13]), np.array([0.3, 0.13, 0.035])
CREAM, SUGAR = np.array([0.76, 0.68, 0.52]), np.array([0.78, 0.75, 0.7])
CARAMEL = np.array([0.38, 0.13, 0.02])
STANDING = (  # (x, z, radius) of what stands on the counters: they are dark there
    (-0.6, -2.55, 0.06), (-1.25, -1.45, 0.12), (1.42, -0.55, 0.09), (1.12, -0.92, 0.055),
    (-1.3, -0.55, 0.075), (-0.35, -2.75, 0.1), (1.05, -2.8, 0.085), (0.62, -2.55, 0.085),
    (1.75, -2.72, 0.09), (-1.55, -2.8, 0.11), (-1.02, -2.62, 0.16), (-0.9, -2.62, 0.16),
    (1.45, -2.98, 0.065), (-1.15, -2.95, 0.065), (-0.75, -2.98, 0.065), (1.5, -1.65, 0.065),
    (-1.52, -0.3, 0.065), (1.52, -1.25, 0.07), (1.42, -2.62, 0.085), (-1.17, -1.02, 0.05),
    (1.2, -1.35, 0.06), (1.41, -0.99, 0.07), (-1.47, -0.98, 0.06), (0.21, -2.55, 0.06),
    (0.02, -2.48, 0.06), (1.22, -2.46, 0.04), (1.3, -2.52, 0.04), (1.38, -2.58, 0.04),
    (0.55, -2.5, 0.05), (1.48, -1.43, 0.05),
)
POD = np.array([0.022, 0.012, 0.008])


def grow(spec: SceneSpec, chance: Chance, detail: float) -> Iterator[Geometry]:
    """Floor, plinth and hero; the room; what lies at the visitor's hands; cakes; copper; jars."""
    yield floor(spec, detail)
    roasted = leaning.roast(spec) > 0.5
    yield from centre(spec, "stand", chance, detail, sunlit=not roasted)
    yield from room(spec, chance.child("room"), STANDING)
    if not roasted:
        yield from _vanilla(chance.child("vanilla"), detail)
    yield from _sugar(chance.child("sugar"), detail, roasted)
    yield from _cakes(chance.child("cakes"), roasted)
    if roasted:
        shelves = tuple((y + 0.035, FRONT_Z + 0.15) for y in SHELVES_M[1:])
        yield from coffee(chance.child("coffee"), COUNTER_M, shelves, _copper_of(spec))
    yield from _copper(spec, chance.child("copper"))
    yield from _pastries(spec, chance.child("pastries"))
    yield from _jars(chance.child("jars"), detail, roasted)
    top = ((-1.42, -0.72), (1.5, -0.75), (-1.2, -2.92), (1.62, -2.95), (0.35, -2.9), (-1.9, -2.7))
    yield from guests(spec, (), "vanilla_patisserie", lambda x, z: COUNTER_M + 0.0 * x,
                      chance.child("guests"), True, top, (-1.28, -1.5))
    yield from _tools(spec)


def _vanilla(chance: Chance, detail: float) -> Iterator[Geometry]:
    """Tied bundles and loose pods on both wings, blossoms beside them and one at the hero's foot."""
    pods, ties = [], []
    for x, z, turn in ((-1.17, -1.02, 0.7), (1.2, -1.35, -0.5), (0.55, -2.5, 0.3)):
        stacked, tie = vanilla.bundle(chance)
        pods.append(stacked.turned("y", turn).moved(x, COUNTER_M, z))
        ties.append(tie.turned("y", turn).moved(x, COUNTER_M, z))
    for index in range(int(6 + 9 * detail)):
        side = -1 if index % 2 else 1
        at = (side * chance.uniform(1.04, 1.5), COUNTER_M, chance.uniform(-1.65, -0.45))
        pod = vanilla.pod(chance, chance.uniform(0.14, 0.2)).turned("y", chance.uniform(0, 6.3))
        pods.append(pod.moved(*at))
    pods += [vanilla.pod(chance, 0.17).turned("y", turn).moved(x, 1.05, z)
             for x, z, turn in ((0.085, -1.0, 2.2), (0.1, -1.03, 2.6))]
    dark = Material(base_color=rgba(POD), second_color=rgb(POD * 2.6), roughness=0.42, clearcoat=0.55)
    yield part("pods", merge(pods), dark)
    yield part("raffia", merge(ties), Material(base_color=(0.5, 0.36, 0.18, 1.0), roughness=0.85))
    spots = np.array([(-1.06, COUNTER_M, -1.2), (-1.28, COUNTER_M, -0.82), (1.08, COUNTER_M, -1.14),
                      (1.34, COUNTER_M, -1.5),
                      (-0.098, 1.05, -0.985), (0.36, COUNTER_M, -2.46), (1.12, COUNTER_M, -0.7)])
    petals = Material("foliage", base_color=(0.74, 0.72, 0.52, 1.0), second_color=(0.72, 0.5, 0.14),
                      roughness=0.55, translucency=0.5)
    placed = instances(spots, bases(chance, len(spots), 0.35), varied_sizes(chance, len(spots), 1.15, 0.15),
                       varied_tints(chance, len(spots), 0.01))
    yield part("orchids", vanilla.orchid(chance), petals, placed)


def _sugar(chance: Chance, detail: float, roasted: bool) -> Iterator[Geometry]:
    """A bowl of lumps, heaps (of cocoa where it is roasted), and crystals that glint over the marble."""
    white = Material(base_color=rgba(SUGAR * 0.86), second_color=rgb(SUGAR * 0.5), roughness=0.6,
                     translucency=0.25)
    bowls = [kitchenware.turned(((0.0, 0.012), (0.05, 0.02), (0.075, 0.05), (0.083, 0.07), (0.086, 0.068),
                                 (0.08, 0.045), (0.05, 0.008),
                                 (0.04, 0.0), (0.0, 0.0))).moved(x, COUNTER_M, z)
                                 for x, z in ((1.12, -0.92), (-0.6, -2.55))]
    china = Material(base_color=(0.7, 0.66, 0.58, 1.0), roughness=0.2, clearcoat=0.9)
    yield part("bowls", merge(bowls), china)
    count = 34
    layer = np.arange(count) // 12
    angle = chance.uniform(0, 6.3, count)
    reach = (0.066 - 0.014 * layer) * np.sqrt(chance.uniform(0, 1, count))
    lumps = np.stack([1.12 + np.sin(angle) * reach, COUNTER_M + 0.028 + 0.0145 * layer,
                      -0.92 + np.cos(angle) * reach], axis=1)
    loose = np.array([(1.02, COUNTER_M, -0.82), (1.22, COUNTER_M, -0.8), (1.04, COUNTER_M, -1.02)])
    turned = np.concatenate([bases(chance, count, 0.8), bases(chance, 3)])
    yield part("sugar lumps", vanilla.cube(), white, instances(np.concatenate([lumps, loose]), turned, 1.0))
    heaps = [confection.heap(chance, 0.075, 0.042).moved(-0.6, COUNTER_M + 0.02, -2.55),
             confection.heap(chance, 0.13, 0.05).moved(-1.25, COUNTER_M, -1.45),
             confection.heap(chance, 0.1, 0.022).moved(1.42, COUNTER_M, -0.55)]
    cocoa = Material(base_color=(0.12, 0.05, 0.025, 1.0), second_color=(0.06, 0.024, 0.012), roughness=1.0)
    yield part("sugar heaps", merge(heaps), cocoa if roasted else white)
    yield part("crystals", vanilla.crystal(), Material(base_color=rgba(SUGAR), roughness=0.12, clearcoat=1.0,
                                                       translucency=0.6),
               _crystals(chance, int(60 + (140 if roasted else 520) * detail)), casts_shadow=False)


def _crystals(chance: Chance, count: int) -> np.ndarray:
    """Thick about the heaps and bowls, thinning out over the wings, a few on the hero's stand."""
    centres = np.array([(-1.25, -1.45, 0.2), (-1.16, -1.0, 0.22), (1.12, -0.92, 0.17), (1.4, -0.6, 0.18),
                        (0.0, -1.05, 0.1)])
    which = chance.integers(0, len(centres), count)
    spread = centres[which, 2] * np.abs(chance.normal(count)) * 0.75
    angle = chance.uniform(0, 6.3, count)
    x, z = centres[which, 0] + np.sin(angle) * spread, centres[which, 1] + np.cos(angle) * spread
    on_stand = which == 4
    y = np.where(on_stand, 1.051, COUNTER_M + 0.001)
    keep = np.where(on_stand, (np.hypot(x, z + 1.05) < 0.165) & (np.hypot(x, z + 1.05) > 0.07),
                    (np.abs(x) > 1.02) & (np.abs(x) < 1.62) & (z > -1.79) & (z < -0.11))
    positions = np.stack([x, y, z], axis=1)[keep]
    return instances(positions, bases(chance, len(positions), 0.6),
                     varied_sizes(chance, len(positions), 0.0042, 0.5))


def _cakes(chance: Chance, roasted: bool) -> Iterator[Geometry]:
    """Cakes of caramel, berries and chocolate on their stands, and a pot of caramel still warm."""
    matters: dict[str, list[Mesh]] = {name: [] for name in
                                      ("crumb", "cream", "caramel", "dark crumb", "ganache", "berries")}
    stands = []
    for x, z, tall, radius, high, kind in ((-1.3, -0.55, 0.1, 0.1, 1.1, "caramel"),
                                           (-0.35, -2.75, 0.2, 0.14, 1.1, "berries"),
                                           (1.05, -2.8, 0.13, 0.12, 1.45, "ganache")):
        if roasted and kind == "berries":
            continue  # the steam machine stands there
        kind = "ganache" if roasted else kind
        y, turned = COUNTER_M, chance.uniform(0, 6)
        stands.append(kitchenware.plate_stand(radius * 1.3, tall).moved(x, y, z))
        for matter, mesh in confection.cake(chance, radius, radius * high).items():
            if kind == "ganache":
                matter = {"crumb": "dark crumb", "caramel": "ganache"}.get(matter, matter)
            matters[matter].append(mesh.turned("y", turned).moved(x, y + tall, z))
        if kind == "berries":
            heaped = confection.berries(chance, 0.72 * radius, 21)
            matters["berries"].append(heaped.moved(x, y + tall + 0.96 * radius * high + 0.014, z))
    pan = np.array([0.62, -2.55])
    pot = kitchenware.turned(((0.0, 0.066), (0.07, 0.066), (0.082, 0.065)), 1.0, 6)
    matters["caramel"].append(pot.moved(pan[0], COUNTER_M, pan[1]))
    yield part("cake stands", merge(stands), Material(base_color=(0.7, 0.66, 0.58, 1.0), roughness=0.18,
                                                      clearcoat=0.9))
    looks = {
        "crumb": Material(base_color=rgba(CRUMB), roughness=0.95),
        "cream": Material(base_color=rgba(CREAM), roughness=0.5, translucency=0.3),
        "caramel": Material(base_color=rgba(CARAMEL), roughness=0.2, clearcoat=1.0, translucency=0.4),
        "dark crumb": Material(base_color=(0.09, 0.04, 0.02, 1.0), roughness=0.95),
        "ganache": Material(base_color=(0.035, 0.015, 0.009, 1.0), roughness=0.18, clearcoat=0.8),
        "berries": Material(base_color=(0.42, 0.02, 0.03, 1.0), roughness=0.35, translucency=0.3,
                            clearcoat=0.4),
    }
    for name, look in looks.items():
        if matters[name]:
            yield part("cake" if name == "crumb" else name, merge(matters[name]), look)


def _copper_of(spec: SceneSpec) -> Material:
    return Material(surface=worn(spec, "prop"), metallic=1.0, roughness=0.95, second_color=(0.08, 0.04, 0.03))


def _copper(spec: SceneSpec, chance: Chance) -> Iterator[Geometry]:
    """Pans hung from a rail over the back counter, bowls and a saucepan standing, all a little tarnished."""
    hung = []
    for index, x in enumerate(np.linspace(-1.1, 1.6, 7)):
        radius = (0.13, 0.1, 0.115, 0.085, 0.12, 0.07, 0.1, 0.14)[index]
        pan = kitchenware.saucepan(radius, radius * 0.85).turned("z", np.pi / 2)
        pan = pan.turned("y", 0.5 * chance.normal() + np.pi / 2)
        hung.append(pan.moved(x, 2.32 - radius * 2.55, -2.62 + 0.02 * chance.normal()))
    standing = [kitchenware.saucepan(0.085, 0.085).turned("y", -0.6).moved(0.62, COUNTER_M, -2.55),
                kitchenware.mixing_bowl(0.15).moved(1.75, COUNTER_M, -2.72),
                kitchenware.mixing_bowl(0.11).turned("y", 1.0).moved(1.36, COUNTER_M, -0.28),
                kitchenware.saucepan(0.11, 0.12).turned("y", 2.4).moved(-1.55, COUNTER_M, -2.8),
                kitchenware.mixing_bowl(0.13).moved(1.0, 0.9, BACK_Z - 0.28),
                kitchenware.saucepan(0.12, 0.13).moved(-0.4, 0.9, BACK_Z - 0.28)]
    yield part("copper", merge([*hung, *standing]), _copper_of(spec))
    yield part("rail", rail(2.36, -2.62, -1.4, 1.95),
               Material(base_color=(0.03, 0.028, 0.026, 1.0), roughness=0.55, metallic=0.6))


def _pastries(spec: SceneSpec, chance: Chance) -> Iterator[Geometry]:
    """Croissants, éclairs, choux and macarons on boards and trays, in small crowds, never in rows."""
    croissants = np.array([(-0.98, -2.55), (-0.86, -2.66), (-1.08, -2.7), (-0.95, -2.62), (1.38, -0.92),
                           (1.44, -1.06)])
    lift = np.array([0, 0, 0, 0.045, 0, 0])
    at = np.column_stack([croissants[:, 0], COUNTER_M + 0.022 * (croissants[:, 0] < 0) + lift,
                          croissants[:, 1]])
    placed = instances(at, bases(chance, len(at), 0.06), varied_sizes(chance, len(at), 1.0, 0.12),
                       varied_tints(chance, len(at), 0.015, 0.15))
    crust = Material(base_color=rgba(np.array([0.5, 0.235, 0.06])), second_color=rgb(BAKED), roughness=0.45,
                     clearcoat=0.35)
    yield part("croissants", confection.croissant(chance), crust, placed)
    choux = np.array([(-1.5, -1.0), (-1.43, -1.04), (-1.47, -0.94), (0.2, -2.52), (0.26, -2.56),
                      (0.17, -2.58), (-1.46, -0.99), (1.62, -2.5), (1.55, -2.47)])
    high = COUNTER_M + np.array([0, 0, 0, 0, 0, 0, 0.036, 0, 0])
    placed = instances(np.column_stack([choux[:, 0], high, choux[:, 1]]), bases(chance, len(choux), 0.1),
                       varied_sizes(chance, len(choux), 1.0, 0.15))
    yield part("choux", confection.chou(chance), crust, placed)
    buns, icings = [], []
    for index, (x, z, turn) in enumerate(((0.02, -2.48, 0.3), (0.05, -2.55, 0.4), (-0.02, -2.42, 0.2),
                                          (1.45, -1.45, 1.2), (1.5, -1.42, 1.3))):
        bun, icing = confection.eclair()
        buns.append(bun.turned("y", turn).moved(x, COUNTER_M, z))
        icings.append(icing.turned("y", turn).moved(x, COUNTER_M, z))
    yield part("eclairs", merge(buns), Material(base_color=rgba(np.array([0.45, 0.22, 0.07])), roughness=0.7))
    yield part("icing", merge(icings), Material(base_color=(0.05, 0.022, 0.012, 1.0), roughness=0.15,
                                                clearcoat=1.0))
    yield from _macarons(chance)


def _macarons(chance: Chance) -> Iterator[Geometry]:
    """A fallen tower on the left wing and strays; vanilla, caramel and one rose."""
    ring = [(-1.12 + 0.055 * np.sin(a), COUNTER_M, -0.62 + 0.055 * np.cos(a))
            for a in np.linspace(0, 2 * np.pi, 7)[:-1]]
    ring += [(-1.12 + 0.03 * np.sin(a), COUNTER_M + 0.028, -0.62 + 0.03 * np.cos(a)) for a in (0.3, 2.4, 4.5)]
    ring += [(-1.12, COUNTER_M + 0.056, -0.62), (-1.02, COUNTER_M, -0.76), (1.2, COUNTER_M, -0.42),
             (1.1, COUNTER_M, -0.4), (1.15, COUNTER_M + 0.027, -0.41)]
    at = np.array(ring)
    colors = np.array([[0.95, 0.9, 0.75], [0.62, 0.36, 0.17], [0.9, 0.6, 0.55],
                       [0.8, 0.66, 0.42]])[chance.integers(0, 4, len(at))]
    shell = Material(base_color=(0.8, 0.8, 0.8, 1.0), second_color=(0.72, 0.62, 0.45), roughness=0.6,
                     translucency=0.15)
    yield part("macarons", confection.macaron(), shell,
               instances(at, bases(chance, len(at), 0.07), 1.0, colors))


def _jars(chance: Chance, detail: float, roasted: bool) -> Iterator[Geometry]:
    """Glass jars: sugar, flour, cocoa, almonds and pods, on the shelves, the counter and the window sill."""
    rows = SHELVES_M[:1 if roasted else 3]
    spots = [(x, y + 0.035, FRONT_Z + 0.15) for y in rows for x in np.linspace(-0.85, 1.95, 8)]
    spots += [(RIGHT_X - 0.15, y + 0.035, z) for y in (1.45, 1.95) for z in np.linspace(-1.9, 0.1, 6)]
    spots += [(x, y + 0.035, BACK_Z - 0.15) for y in (1.45, 1.95) for x in np.linspace(-0.9, 1.5, 7)]
    spots = [spot for spot in spots if chance.uniform() < 0.1 + 0.6 * detail]
    spots += [(-1.15, COUNTER_M, -2.95), (-0.75, COUNTER_M, -2.98), (1.45, COUNTER_M, -2.98),
              (-1.52, COUNTER_M, -0.3), (1.5, COUNTER_M, -1.65)]
    at = np.array(spots) + 0.015 * chance.normal((len(spots), 3)) * np.array([1, 0, 1])
    count = len(at)
    turned = bases(chance, count)
    sizes = np.stack([varied_sizes(chance, count, 1.0, 0.12), chance.uniform(0.75, 1.3, count),
                      np.zeros(count)], axis=1)
    sizes[:, 2] = sizes[:, 0]
    placed = instances(at, turned, sizes)
    radius, height = 0.065, 0.17
    colors = np.array([[0.78, 0.75, 0.7], [0.72, 0.64, 0.5], [0.1, 0.05, 0.03], [0.42, 0.24, 0.1],
                       [0.03, 0.018, 0.012], [0.45, 0.17, 0.03]])
    dark = np.where(chance.uniform(0, 1, count) < (0.85 if roasted else 0.0), 4,
                    chance.integers(0, len(colors), count))
    filled = instances(at, turned, sizes, colors[dark] / 0.8)
    yield part("jar filling", kitchenware.jar_filling(radius, height, 0.75),
               Material(base_color=(0.8, 0.8, 0.8, 1.0), roughness=0.9), filled)
    yield part("jar lids", kitchenware.jar_lid(radius * 0.9, height),
               Material(base_color=(0.2, 0.11, 0.05, 1.0), roughness=0.6), placed)
    yield part("jars", kitchenware.jar_glass(radius, height),
               Material("glass", base_color=(0.93, 0.95, 0.93, 1.0), roughness=0.03,
                        ior=1.25, density_per_m=4.0), placed, casts_shadow=False)


def _tools(spec: SceneSpec) -> Iterator[Geometry]:
    """Boards, a rolling pin, a whisk in the bowl, a jug of milk."""
    wood = [kitchenware.board(0.42, 0.3).turned("y", 0.15).moved(-0.96, COUNTER_M, -2.62),
            kitchenware.rolling_pin(0.42).turned("y", 0.9).moved(1.3, COUNTER_M, -2.52),
            kitchenware.rolling_pin(0.38).turned("y", 1.9).moved(-1.45, COUNTER_M, -0.25)]
    yield part("boards", merge(wood),
               Material(surface=worn(spec, "ground"), base_color=(1.2, 1.15, 1.05, 1.0), roughness=0.9))
    china = Material(base_color=(0.68, 0.63, 0.54, 1.0), roughness=0.25, clearcoat=0.8)
    yield part("jugs", merge([kitchenware.jug(0.2).turned("y", -2.2).moved(1.52, COUNTER_M, -1.25),
                              kitchenware.jug(0.24).moved(1.42, COUNTER_M, -2.62)]), china)
    steel = Material(base_color=(0.55, 0.53, 0.5, 1.0), metallic=1.0, roughness=0.3)
    yield part("whisk", kitchenware.whisk(0.28).turned("y", 2.7).moved(1.36, COUNTER_M, -1.28), steel)
