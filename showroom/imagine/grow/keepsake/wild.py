"""Wild: keepsakes of shores, woods, sands and snow."""

import numpy as np

from showroom.imagine.grow import fire
from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.cone import cone
from showroom.imagine.grow.driftwood import log
from showroom.imagine.grow.flora import plant
from showroom.imagine.grow.keepsake.token import Token, grounded, plain, ring, strewn
from showroom.imagine.grow.kitchenware import turned
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.shapes import curve, lathe, patch, rock, tube
from showroom.imagine.grow.species.sprig import Piece, leafy, star
from showroom.imagine.grow.stones import pebble

_GREY = (0.36, 0.32, 0.27)


def driftwood(chance: Chance) -> Token:
    """A bleached limb and sea-worn pebbles about it."""
    wood = log(chance, 0.55, 0.03, 2, 9).turned("y", 0.6)
    size = 0.012 + 0.03 * chance.uniform(0, 1, 16) ** 2
    stones = strewn(chance, pebble(2, 3), ring(chance, 16, 0.06, 0.28), size, 0.25 * size)
    return Token(
        [
            Piece("driftwood", wood, plain(_GREY, 0.9)),
            Piece("pebbles", stones, plain((0.2, 0.19, 0.17), 0.4, clearcoat=0.5)),
        ]
    )


def cones(chance: Chance) -> Token:
    """Split logs with their bark, open cones, a sprig of young pine."""
    logs = merge(
        [
            _billet(chance, 0.3, 0.05).turned("y", turn).moved(x, y, z)
            for turn, x, y, z in ((0.5, 0.0, 0.04, 0.0), (0.7, 0.06, 0.04, 0.1), (-0.4, 0.03, 0.115, 0.05))
        ]
    )
    dropped = strewn(chance, cone(chance, 0.085), ring(chance, 7, 0.18, 0.34), chance.uniform(0.8, 1.15, 7), 0.0, 0.2)
    young = [
        Piece(f"sapling {piece.name}", piece.mesh.scaled(0.42).moved(-0.2, 0.0, -0.1), piece.material)
        for piece in plant("pine", "#3c5138", chance)
    ]
    return Token(
        [
            Piece("logs", grounded(logs, 0.05), plain((0.42, 0.27, 0.14), 0.85, (0.085, 0.06, 0.045))),
            Piece("cones", dropped, plain((0.1, 0.055, 0.03), 0.8, (0.28, 0.18, 0.1))),
            *young,
        ]
    )


def _billet(chance: Chance, long_m: float, radius_m: float) -> Mesh:
    """Half a log along +X, split face up; shade b is its bark."""
    around = np.linspace(-np.pi / 2, np.pi / 2, 11)
    section = np.concatenate(
        [np.stack([np.sin(around), -0.8 * np.cos(around)], 1), [[0.5, 0.02], [0, 0.03], [-0.5, 0.02]]]
    )
    section = np.concatenate([section, section[:1]]) * radius_m
    x = np.array([-0.5, -0.5, -0.25, 0.0, 0.25, 0.5, 0.5]) * long_m
    inner = np.array([0.02, 1, 1, 1, 1, 1, 0.02])
    points = np.stack(
        [
            np.broadcast_to(x[:, None], (7, len(section))),
            inner[:, None] * section[None, :, 1],
            inner[:, None] * section[None, :, 0],
        ],
        axis=-1,
    )
    mesh = patch(points)
    mesh = mesh.displaced(0.06 * radius_m * fbm(mesh.positions * np.array([12, 90, 90]), 2, chance.integers(0, 999)))
    bark = (np.tile(np.arange(len(section)) < 11, 7) & np.repeat(inner > 0.5, len(section))).astype(float)
    middle = np.sum((mesh.positions - mesh.positions.mean(0)) * mesh.normals)
    return (mesh if middle > 0 else mesh.turned_inside_out()).shaded(second=bark)


def mossy_stone(chance: Chance) -> Token:
    """A stone grown over with moss, toadstools at its foot, a fern behind."""
    stone = rock(3, 21, 0.25, (1.0, 0.62, 0.8), 7).scaled(0.15).moved(y=0.05)
    green = smoothstep(0.1, 0.7, stone.normals[:, 1] + 0.4 * fbm(stone.positions * 25, 3, 4))
    moss = [
        Piece(f"cushion {piece.name}", piece.mesh.scaled(0.5).moved(0.02, 0.115, 0.0), piece.material)
        for piece in plant("moss", "#63752f", chance)
    ]
    fronds = [
        Piece(f"young {piece.name}", piece.mesh.scaled(0.5).moved(-0.16, 0, -0.1), piece.material, piece.cell)
        for piece in plant("fern", "#577a3c", chance)
    ]
    caps, stalks = [], []
    for (x, z), tall in zip(ring(chance, 6, 0.02, 0.07) + np.array([0.13, 0.13]), chance.uniform(0.04, 0.075, 6)):
        cap = lathe(
            np.array([(0.0, 0.018), (0.012, 0.015), (0.021, 0.006), (0.023, 0.0), (0.014, 0.002), (0.0, 0.004)]), 14
        )
        caps.append(cap.scaled(tall / 0.055).turned("x", 0.2 * chance.normal()).moved(x, tall, z))
        stalks.append(tube(np.array([[x, -0.01, z], [x + 0.004, 0.5 * tall, z], [x, tall, z]]), 0.004, 7))
    return Token(
        [
            Piece(
                "stone",
                grounded(stone.shaded(second=green), 0.08),
                plain((0.13, 0.125, 0.115), 0.8, (0.055, 0.085, 0.015)),
            ),
            *moss,
            *fronds,
            Piece("caps", merge(caps), plain((0.36, 0.15, 0.05), 0.4, clearcoat=0.3)),
            Piece("stalks", merge(stalks), plain((0.55, 0.48, 0.36), 0.8)),
        ]
    )


def amphora(chance: Chance) -> Token:
    """A clay jar half in sand, amber tears spilt from a cloth beside it."""
    jar = turned(
        (
            (0.0, 0.37),
            (0.03, 0.37),
            (0.034, 0.4),
            (0.048, 0.42),
            (0.05, 0.405),
            (0.04, 0.36),
            (0.06, 0.32),
            (0.115, 0.24),
            (0.12, 0.17),
            (0.085, 0.07),
            (0.03, -0.03),
            (0.0, -0.04),
        ),
        1.0,
        48,
        28,
    ).turned("z", 0.28)
    ears = [
        tube(curve(np.array([[0.04, 0.385, 0], [0.1, 0.38, 0], [0.105, 0.3, 0], [0.085, 0.27, 0]]), 14), 0.009, 7)
        .turned("y", turn)
        .turned("z", 0.28)
        for turn in (0.0, np.pi)
    ]
    drift = lathe(np.array([(0.0, 0.045), (0.06, 0.042), (0.16, 0.02), (0.3, -0.004)]), 26)
    drift = drift.displaced(0.006 * fbm(drift.positions * 14, 2, 6))
    tears = fire.tears(chance, 0.06, 18).moved(0.2, 0.022, 0.12)
    clay = plain((0.36, 0.17, 0.085), 0.85, (0.46, 0.28, 0.17))
    return Token(
        [
            Piece("amphora", grounded(merge([jar, *ears]), 0.1), clay),
            Piece("sand", drift, plain((0.5, 0.33, 0.19), 0.95)),
            Piece("amber", tears, fire.resin()),
        ]
    )


def snowy_stones(chance: Chance) -> Token:
    """Dark stones under snow, splinters of clear ice leaning among them."""
    stones = []
    for (x, z), size, seed in zip(ring(chance, 3, 0.03, 0.16), (0.13, 0.1, 0.075), (11, 14, 17)):
        stone = rock(3, seed, 0.26, (1.0, 0.85, 0.85), 7).scaled(size)
        deep = smoothstep(0.15, 0.5, stone.normals[:, 1] + 0.25 * fbm(stone.positions * 40, 3, seed))
        stone = stone.displaced(np.stack([0 * deep, 0.14 * size * deep, 0 * deep], axis=1)).shaded(second=deep)
        stones.append(stone.moved(x, 0.4 * size, z))
    ice = [
        lathe(np.array([(0.0, 1.0), (0.12, 0.8), (0.2, 0.05), (0.0, 0.0)]), 6)
        .scaled(0.07, tall, 0.07)
        .faceted()
        .turned("z", lean)
        .turned("y", turn)
        .moved(0.13, 0.0, 0.12)
        for tall, lean, turn in ((0.2, 0.2, 0.3), (0.15, -0.35, 1.7), (0.11, 0.55, 3.4), (0.13, -0.2, 4.6))
    ]
    skirt = lathe(np.array([(0.0, 0.03), (0.2, 0.022), (0.34, -0.006)]), 26)
    skirt = skirt.displaced(0.01 * fbm(skirt.positions * 11, 2, 3))
    return Token(
        [
            Piece("stones", grounded(merge(stones), 0.05), plain((0.1, 0.105, 0.11), 0.7, (0.78, 0.82, 0.86))),
            Piece("snow", skirt, plain((0.78, 0.82, 0.86), 0.6, sheen=0.2)),
            Piece("ice", merge(ice), plain((0.5, 0.66, 0.74), 0.08, clearcoat=1.0, translucency=0.6)),
        ]
    )


def coconuts(chance: Chance) -> Token:
    """A coconut whole and one broken open, frangipani about them."""
    whole = rock(3, 9, 0.06, (1.0, 1.12, 1.0), 0).scaled(0.085)
    fibre = fbm(whole.positions * np.array([150, 12, 150]), 3, 2)
    whole = (
        whole.displaced(0.0035 * fibre)
        .shaded(second=smoothstep(0, 0.6, fibre))
        .turned("z", 0.9)
        .moved(-0.09, 0.08, -0.02)
    )
    half = turned(
        (
            (0.0, -0.055),
            (0.045, -0.038),
            (0.064, 0.0),
            (0.066, 0.012),
            (0.072, 0.014),
            (0.078, 0.008),
            (0.078, 0.0),
            (0.056, -0.052),
            (0.0, -0.076),
        ),
        1.0,
        34,
        26,
    )
    radius = np.hypot(half.positions[:, 0], half.positions[:, 2])
    white = np.arange(34).repeat(27) < 15
    flesh = (
        half.shaded(second=white & (radius < 0.071), occlusion=np.where(white, 0.85, half.shade[:, 0]))
        .turned("x", 0.75)
        .moved(0.12, 0.07, 0.08)
    )
    blossom = star(5, 0.04, 0.019, 0.3)
    flowers = strewn(chance, blossom, ring(chance, 7, 0.16, 0.32), chance.uniform(0.85, 1.1, 7), 0.012, 0.4)
    husk = plain((0.15, 0.085, 0.045), 0.9, (0.3, 0.19, 0.1))
    return Token(
        [
            Piece("coconut", grounded(whole, 0.05), husk),
            Piece("half", grounded(flesh, 0.05), plain((0.13, 0.075, 0.04), 0.7, (0.8, 0.78, 0.72))),
            Piece("frangipani", flowers, leafy(np.array([0.78, 0.74, 0.66]), np.array([0.8, 0.45, 0.04]), 0.5)),
        ]
    )
