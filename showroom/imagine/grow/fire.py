"""Fire: coals, candles with their flames, censers that hold them, and the lights they are."""

import numpy as np

from showroom.imagine.grow.chance import Chance
from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import fbm, smoothstep
from showroom.imagine.grow.part import rgb, triple
from showroom.imagine.grow.shapes import circle, curve, lathe, patch, rock, tube
from showroom.words.geometry import Light, Material

EMBER, FLAME = np.array([1.0, 0.3, 0.07]), np.array([1.0, 0.56, 0.2])
COAL = np.array([1.0, 0.13, 0.012])  # what is seen; the light it gives is paler


def candle(chance: Chance, height_m: float, radius_m: float) -> Mesh:
    """A wax candle with a burnt hollow and runs down its side."""
    rows = np.array([(0.0, 0.965), (0.5, 0.962), (0.8, 0.985), (0.9, 1.0), (1.0, 0.985), (1.0, 0.7),
                     (1.0, 0.35), (1.02, 0.12), (1.2, 0.0)])
    mesh = lathe(rows * np.array([radius_m, height_m]), 10)
    x, y, z = mesh.positions.T
    runs = np.clip(fbm(np.stack([np.arctan2(x, z) * 1.6, y * 3 / height_m], 1), 2, chance.integers(0, 9999)),
                   0, 1)
    mesh = mesh.displaced(radius_m * 0.5 * runs * smoothstep(0.1, 0.8, y / height_m) * (y < 0.96 * height_m))
    glow = smoothstep(0.45, 1.0, y / height_m)
    return mesh.shaded(occlusion=0.5 + 0.5 * smoothstep(0, 0.1, y), second=glow)


def flame(height_m: float = 0.03) -> Mesh:
    """A candle's flame standing on the origin; opacity is its brightness."""
    rows = curve(np.array([(0.0, 1.0), (0.1, 0.8), (0.24, 0.45), (0.25, 0.22), (0.12, 0.04), (0.0, 0.0)]), 9)
    mesh = lathe(np.maximum(rows, 0) * height_m, 6)
    share = mesh.positions[:, 1] / height_m
    return mesh.shaded(opacity=0.35 + 0.65 * smoothstep(0.0, 0.35, share) * smoothstep(1.1, 0.6, share),
                       flex=share)


def coals(chance: Chance, radius_m: float, count: int, rounds: int = 2) -> tuple[Mesh, Mesh]:
    """A bed of coals about the origin: the black lumps, grey where ash lies, and the glow in cracks and gaps.

    rounds : how finely each lump is cut; 3 shows its cracks at an arm's length.
    """
    dark, lit = [], []
    for index in range(count):
        away, reach = chance.uniform(0, 2 * np.pi), radius_m * np.sqrt(chance.uniform(0, 0.85))
        size = radius_m * chance.uniform(0.17, 0.3)
        at = (np.sin(away) * reach, size * 0.4 + 0.35 * (radius_m - reach) * chance.uniform(0, 1),
              np.cos(away) * reach)
        lump = rock(rounds, 300 + index, 0.2, (1, 0.7, 1), 6).scaled(size).turned("y", away)
        veins = np.abs(fbm(lump.positions / size * 1.7, 2, index))
        patchy = smoothstep(-0.2, 0.5, fbm(lump.positions / size * 3, 2, 9))
        ash = smoothstep(0.35, 0.95, lump.normals[:, 1]) * patchy
        low = smoothstep(-0.6, 0.6, lump.positions[:, 1] / size)
        dark.append(lump.shaded(occlusion=0.25 + 0.75 * low, second=ash).moved(*at))
        below = smoothstep(0.3, -0.5, lump.normals[:, 1])
        hot = smoothstep(0.075, 0.0, veins) * (1 - 0.65 * low) + 0.85 * below
        lit.append(lump.scaled(1.02).shaded(opacity=np.clip(hot, 0, 1)).moved(*at))
    bed = lathe(np.array([(0.0, 0.004), (radius_m * 0.7, 0.003), (radius_m, -0.002)]), 20)
    ash, glow = bed.shaded(occlusion=0.5, second=0.4), bed.moved(y=0.002).shaded(opacity=0.05)
    return merge([*dark, ash]), merge([*lit, glow])


def tears(chance: Chance, radius_m: float, count: int) -> Mesh:
    """Drops of resin, 1 to 2 cm, strewn over a bed of coals about the origin."""
    pieces = []
    for index in range(count):
        away, reach = chance.uniform(0, 2 * np.pi), radius_m * np.sqrt(chance.uniform(0.02, 0.6))
        drop = rock(1, 40 + index, 0.12, (1, 0.8, 0.8), 2).scaled(chance.uniform(0.009, 0.017))
        y = 0.3 * radius_m + 0.12 * (radius_m - reach)
        pieces.append(drop.turned("y", away).moved(np.sin(away) * reach, y, np.cos(away) * reach))
    return merge(pieces)


def curl(seed: int, height_m: float, width_m: float = 0.07) -> Mesh:
    """Smoke that rises from the origin, thin and straight, then winding and wide; opacity is its body."""
    v, u = np.meshgrid(np.linspace(1, 0, 48), np.linspace(-1, 1, 9), indexing="ij")
    drift = smoothstep(0.12, 0.9, v)
    sway = 0.16 * drift * np.sin(v * 8.0 + seed) + 0.1 * drift * fbm(np.stack([v * 3, 0 * v], -1), 2, seed)
    twist = np.cos(v * 5.5 + 1.7 * seed)
    wide = width_m * (0.12 + drift) * (0.3 + 0.7 * np.abs(twist))
    points = np.stack([sway * height_m * 0.6 + u * wide, v * height_m, 0.05 * drift * np.sin(v * 6 + u)],
                      axis=-1)
    edge = np.clip(1 - u * u, 0, 1) * (0.6 + 0.4 * np.clip(u * twist, -1, 1))
    uneven = 0.55 + 0.45 * fbm(np.stack([u, v * 6], -1), 2, seed)
    body = edge * smoothstep(0, 0.05, v) * smoothstep(1.0, 0.45, v) * uneven
    return patch(points).shaded(opacity=np.clip(body, 0, 1).reshape(-1))


def halo(radius_m: float) -> Mesh:
    """The soft shine about a flame, of balls one in another about the origin."""
    turn = np.linspace(0, np.pi, 6)
    ball = np.stack([np.sin(turn), np.cos(turn)], axis=1)
    return merge([lathe(ball * radius_m * share, 8).shaded(opacity=light)
                  for share, light in ((1.0, 0.08), (0.5, 0.3))])


def bowl(radius_m: float) -> Mesh:
    """A wide brass bowl about 0.45 of its radius deep, its rim turned over; the foot is at y = 0."""
    rows = curve(np.array([(0.0, 0.1), (0.45, 0.14), (0.8, 0.3), (0.93, 0.45), (1.0, 0.5), (1.06, 0.475),
                           (1.0, 0.42), (0.84, 0.22),
                           (0.5, 0.05), (0.2, 0.0), (0.0, 0.0)]), 30)
    return lathe(rows * radius_m, 30, 0.4).shaded(occlusion=0.75)


def brazier(height_m: float, radius_m: float) -> Mesh:
    """A bowl on three bent legs that end in feet, held by a ring half way up."""
    pieces = [bowl(radius_m).moved(y=height_m - 0.45 * radius_m)]
    for leg in range(3):
        turn = 2 * np.pi * leg / 3 + 0.4
        out, tall = np.array([np.sin(turn), 0, np.cos(turn)]), np.array([0, 1.0, 0])
        knots = np.array([out * radius_m * 0.86 + tall * (height_m - 0.2 * radius_m),
                          out * radius_m * 0.5 + tall * height_m * 0.62,
                          out * radius_m * 0.42 + tall * height_m * 0.3, out * radius_m * 0.95 + tall * 0.03,
                          out * radius_m * 1.08 + tall * 0.008])
        pieces.append(tube(curve(knots, 20), np.linspace(0.014, 0.011, 20), 7, 0.4))
    ring = circle(28)
    hoop = np.stack([ring[:, 0] * radius_m * 0.47, np.full(29, height_m * 0.42),
                     ring[:, 1] * radius_m * 0.47], axis=1)
    pieces.append(tube(hoop, 0.008, 6, 0.4, closed=False))
    return merge(pieces)


def thurible(drop_m: float) -> Mesh:
    """A hanging censer: bowl, pierced lid, three chains that become one; the bowl's foot is at y = 0."""
    cup = lathe(curve(np.array([(0.0, 0.075), (0.05, 0.078), (0.066, 0.085), (0.068, 0.07), (0.058, 0.04),
                                (0.03, 0.018), (0.034, 0.004), (0.0, 0.0)]), 20), 22, 0.4)
    lid = lathe(curve(np.array([(0.0, 0.19), (0.009, 0.183), (0.006, 0.17), (0.014, 0.16), (0.03, 0.145),
                                (0.05, 0.118), (0.064, 0.092), (0.067, 0.086)]), 22), 22, 0.4)
    x, y, z = lid.positions.T
    holes = (np.sin(8 * np.arctan2(x, z)) > 0.35) & (y > 0.1) & (y < 0.14)
    pieces = [cup, lid.shaded(occlusion=np.where(holes, 0.1, 1.0))]
    for chain in range(3):
        turn = 2 * np.pi * chain / 3
        foot = np.array([np.sin(turn) * 0.067, 0.085, np.cos(turn) * 0.067])
        way = np.linspace(0, 1, 26)[:, None]
        path = foot * (1 - way) + np.array([0, drop_m * 0.42, 0]) * way
        beads = 0.0016 + 0.0012 * (np.arange(26) % 2)
        pieces.append(tube(path, beads, 5))
    above = np.stack([np.zeros(60), np.linspace(drop_m * 0.42, drop_m, 60), np.zeros(60)], axis=1)
    pieces.append(tube(above, 0.0018 + 0.0014 * (np.arange(60) % 2), 5))
    return merge(pieces)


def wax() -> Material:
    """Ivory wax that light goes into; its top glows with its own flame."""
    return Material(base_color=(0.62, 0.52, 0.36, 1.0), second_color=(0.8, 0.55, 0.27), roughness=0.45,
                    translucency=0.6)


def charred() -> Material:
    """Burnt black, greyed where the ash lies."""
    return Material(base_color=(0.005, 0.005, 0.005, 1.0), second_color=(0.035, 0.034, 0.035), roughness=1.0)


def resin() -> Material:
    """Amber that light goes into."""
    return Material(base_color=(0.75, 0.3, 0.05, 1.0), roughness=0.2, clearcoat=0.9, translucency=0.7,
                    emission=(0.12, 0.035, 0.003))


def shine(color: np.ndarray, strength: float) -> Material:
    """Light scattered in the air about a flame, soft at its rim."""
    return Material("shaft", emission=rgb(color * strength), density_per_m=1.0)


def burning(color: np.ndarray, strength: float) -> Material:
    """What only gives light."""
    return Material("glow", emission=rgb(color * strength))


def light(at: tuple[float, float, float], color: np.ndarray, strength: float, radius_m: float,
          flicker: float) -> Light:
    """A small flame's light; strength in W/sr of the scene."""
    return Light(triple(at), rgb(color * strength), radius_m, flicker)
