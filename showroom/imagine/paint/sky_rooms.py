"""Rooms and streets as skies: temple, patisserie, city by night, and the hall of ice.

Rooms are traced: a ray from the eye meets a wall, and what stands there is painted in metres. All of
it is far backdrop, soft enough to lie behind the grown room.
"""

import math

import torch

from showroom.imagine.paint import air, colour, far, noise
from showroom.imagine.paint.noise import mix, smooth
from showroom.imagine.paint.sky_open import own_colours
from showroom.words.scenespec import SceneSpec

_EYE_M = 1.6


def _turn(d: air.Dome, azimuth: float) -> torch.Tensor:
    """Azimuth from a direction, −π to π."""
    return (d.azimuth - azimuth + math.pi) % math.tau - math.pi


def _arch(x: torch.Tensor, y: torch.Tensor, half: float, spring: float) -> torch.Tensor:
    """Signed distance-like field of a round-headed opening, positive inside; foot at y = 0."""
    head = half - torch.sqrt(x * x + (y - spring).clamp(min=0.0) ** 2)
    return torch.minimum(head, torch.where(y < 0.0, y, head))


def sky_interior_temple(spec: SceneSpec, height: int, seed: int) -> torch.Tensor:
    """A dark round temple: piers and arches in ashlar, a domed apse with gold, one high window, its spill."""
    d, lights = air.dome(spec, height), air.light(spec)
    stone, glow = own_colours(spec)
    radius, cornice = 9.0, 7.5
    tan = torch.tan(d.elevation.clamp(-1.3, 1.45))
    y = (tan * radius + _EYE_M)  # height on the wall, metres
    wall = smooth(cornice + 0.2, cornice - 0.2, y)
    sun_side = math.radians(spec.sky.sun_azimuth_deg)
    warm = 3.2 * lights.horizon + 2.2 * lights.zenith
    ambient = 0.4 * warm + 0.6 * colour.luminance(warm) * colour.parse("#fff0de") * 1.1
    courses_ = _ashlar(d, y, radius, seed)
    vault = _coffers(d, seed)
    body = stone * (wall * courses_ + (1.0 - wall) * vault)[..., None]
    # niches between the piers fall into shade; piers catch the window's light on their near flank
    bay = (d.azimuth / (math.tau / 12)) % 1.0 - 0.5
    niche = smooth(-0.10, 0.10, _arch(bay * math.tau / 12 * radius, y - 0.4, 1.45, 4.2)) * wall
    across = d.toward_sun
    falls = ambient * (0.75 + 0.35 * (1.0 - across.clamp(min=0.0)))[..., None]
    opposite = torch.exp(-(_turn(d, sun_side + math.pi) / 0.55) ** 2)
    falls = falls + lights.sun * (0.34 * opposite * smooth(7.0, 0.5, y) * smooth(-1.2, 0.6, y) + 0.06)[..., None]
    room = body * falls * (1.0 - 0.72 * niche)[..., None]
    room = room + _gold(d, y, niche, spec, lights, seed)
    room = _floor(room, d, spec, lights, ambient, sun_side)
    return _window(room, d, spec, lights, glow, seed)


def _ashlar(d: air.Dome, y: torch.Tensor, radius: float, seed: int) -> torch.Tensor:
    """Tone of courses of stone on the round wall, joints soft with distance."""
    row = (y / 0.62).floor()
    column = d.azimuth * radius / 1.25 + 0.5 * (row % 2)
    own = noise.rand(4096, seed + 1)[((row * 67 + column.floor() * 13).long() % 4096)]
    joint = torch.minimum((y / 0.62) % 1.0, 1.0 - (y / 0.62) % 1.0) * 0.62
    upright = torch.minimum(column % 1.0, 1.0 - column % 1.0) * 1.25
    lines = 1.0 - 0.35 * torch.maximum(smooth(0.06, 0.0, joint), smooth(0.06, 0.0, upright))
    cloud = noise.fbm(d.extent, (24, 12), seed + 2, 5)
    band = 1.0 + 0.35 * smooth(0.30, 0.15, (y - 6.9).abs())  # a string course under the vault
    return (0.85 + 0.3 * (own - 0.5) + 0.25 * cloud) * lines * band


def _coffers(d: air.Dome, seed: int) -> torch.Tensor:
    """Tone of the vault: rings of sunk panels that shrink to the crown, lost in the dark."""
    ring = torch.log(torch.tan((math.pi / 2 - d.elevation.clamp(0.3, 1.52)) * 0.5).clamp(min=1e-3)) / 0.26
    cell = torch.maximum((ring % 1.0 - 0.5).abs(), ((d.azimuth / (math.tau / 24)) % 1.0 - 0.5).abs())
    sunk = smooth(0.42, 0.34, cell)
    return (0.75 - 0.45 * sunk) * smooth(1.55, 0.6, d.elevation)


def _gold(d: air.Dome, y, niche, spec: SceneSpec, lights: air.Light, seed: int) -> torch.Tensor:
    """Mosaic glints in the niches ahead, and the small flames of lamps hung before them."""
    tessera = noise.value(d.extent, (420, 210), seed + 10)
    glint = smooth(0.80, 0.98, tessera) * niche * smooth(3.0, 4.6, y) * (0.35 + 0.65 * smooth(-0.2, 0.6, noise.fbm(d.extent, (20, 10), seed + 11, 3)))
    ahead = torch.exp(-(_turn(d, 0.0) / 1.1) ** 2)
    gold = colour.parse("#c8912f") * (0.22 * glint * (0.3 + ahead) + 0.05 * niche * (0.2 + ahead) * smooth(2.6, 5.2, y))[..., None]
    flames = torch.zeros(d.extent)
    for k in (0, 1, 2, 5, 7, 10, 11):  # not every bay has its lamp
        at, up = (k + 0.5) * math.tau / 12, math.atan2(1.15 - 0.6 * ((k * 5) % 7) / 7.0, 8.4)
        r2 = _turn(d, at) ** 2 + (d.elevation - up) ** 2
        flames = flames + torch.exp(-r2 / 0.008**2) * 1.3 + torch.exp(-r2.sqrt() / 0.06) * 0.05
    return gold + colour.parse("#ffb45e") * flames[..., None]


def _floor(room, d: air.Dome, spec: SceneSpec, lights: air.Light, ambient, sun_side: float) -> torch.Tensor:
    """Below the wall's foot: the floor, with the window's pool of light lying across it."""
    depth = _EYE_M / torch.tan((-d.elevation).clamp(0.02, 1.5))
    x, z = depth * torch.sin(_turn(d, sun_side + math.pi)), depth * torch.cos(_turn(d, sun_side + math.pi))
    pool = smooth(1.3, 0.4, torch.sqrt((x / 1.1) ** 2 + ((z - 3.4) / 2.1) ** 2)) * (lights.sun.max() > 0)
    floor = lights.ground * (ambient * (0.8 + 0.3 * smooth(9.0, 2.0, depth))[..., None] + lights.sun * (0.40 * pool)[..., None])
    return colour.blend(room, floor, smooth(-0.160, -0.185, d.elevation))


def _window(room, d: air.Dome, spec: SceneSpec, lights: air.Light, glow, seed: int) -> torch.Tensor:
    """The single high window toward the sun, its reveal, and the light it pours into the air."""
    up = math.radians(min(62.0, max(20.0, spec.sky.sun_elevation_deg)))
    x = _turn(d, math.radians(spec.sky.sun_azimuth_deg)) * math.cos(up)
    y = d.elevation - up + 0.13
    field = _arch(x, y, 0.085, 0.18)
    reveal = smooth(-0.035, -0.005, field)
    pane = smooth(-0.6 * d.pixel, 0.6 * d.pixel, field)
    bars = torch.maximum(smooth(0.006, 0.002, x.abs()), smooth(0.006, 0.002, ((y / 0.065) % 1.0 - 0.5).abs() * 0.065))
    sky_light = mix(lights.sun, glow, 0.35) * 3.6
    lit = room + (lights.sun * 0.30 + glow * 0.06) * (reveal * (1.0 - pane))[..., None]
    lit = colour.blend(lit, sky_light.expand_as(room) * (0.82 + 0.2 * smooth(-0.1, 0.3, y))[..., None], pane * (1.0 - 0.72 * bars))
    beam = torch.exp(-d.gamma / 0.30) * 0.10 + torch.exp(-d.gamma / 0.09) * 0.22
    sink = torch.exp(-(x / (0.10 + 0.30 * (up - d.elevation).clamp(min=0.0))) ** 2) * smooth(up + 0.1, up - 0.2, d.elevation) * smooth(-0.3, 0.3, d.elevation)
    smoke = 0.8 + 0.3 * noise.fbm(d.extent, (10, 7), seed + 30, 4, 0.45)
    return lit + lights.sun * ((beam + 0.075 * sink) * smoke)[..., None]


def sky_interior_patisserie(spec: SceneSpec, height: int, seed: int) -> torch.Tensor:
    """A warm shop: tall windows on the sun's side, shelves of jars and cakes round the rest, lamps, beams."""
    d, lights = air.dome(spec, height), air.light(spec)
    plaster, glow = own_colours(spec)
    half = (5.2, 4.6)  # the room, metres from the eye: across, ahead
    sun_wall = round(math.radians(spec.sky.sun_azimuth_deg) / (math.pi / 2)) % 4  # the wall that has the windows
    horizontal = torch.sqrt(d.x**2 + d.z**2).clamp(min=1e-4)
    sx, sz = d.x / horizontal, d.z / horizontal
    to_side, to_front = half[0] / sx.abs().clamp(min=1e-3), half[1] / sz.abs().clamp(min=1e-3)
    reach = torch.minimum(to_side, to_front)
    which = torch.where(to_side < to_front, torch.where(sx > 0, 1, 3), torch.where(sz < 0, 0, 2))
    along = torch.where(to_side < to_front, reach * sz * torch.where(sx > 0, 1.0, -1.0), reach * sx * torch.where(sz < 0, 1.0, -1.0))
    y = reach * d.y / horizontal + _EYE_M
    ceiling, floor = 3.7, 0.0
    warm = 0.62 * lights.horizon + 0.25 * lights.zenith
    ambient = 0.25 * warm + 0.75 * colour.luminance(warm) * colour.parse("#fff0de") * 1.15  # many bounces pale it
    window_wall = (which == sun_wall).float()
    far_wall = (which == (sun_wall + 2) % 4).float()
    wash = noise.fbm(d.extent, (18, 10), seed + 1, 5)
    rise = smooth(0.0, 3.6, y)
    wall = plaster * (ambient * (0.85 + 0.22 * rise + 0.10 * wash)[..., None] + lights.sun * (0.10 + 0.12 * far_wall)[..., None])
    wall = wall * (1.0 - 0.35 * smooth(3.4, 3.7, y) - 0.25 * torch.exp(-((half[0] + half[1]) * 0.5 - along.abs()).abs() / 0.3))[..., None]
    wall = wall + _patches(along, y, far_wall, lights)
    wall = colour.blend(wall, _shelves(d, along, y, ambient, lights, seed), (1.0 - window_wall) * smooth(2.95, 2.85, y) * smooth(0.6, 0.7, y))
    panel = smooth(0.98, 0.94, y)
    wall = colour.blend(wall, colour.shifted(plaster, -0.17, 0.01) * ambient * (0.8 + 0.12 * torch.sin(along * 9.0).sign() * 0.3)[..., None], 0.85 * panel)
    wall = _windows(wall, along, y, window_wall, lights, glow)
    up = (ceiling - _EYE_M) / d.y.clamp(min=1e-3)
    cx = up * (d.x if sun_wall % 2 else d.z)
    beams = smooth(0.16, 0.12, ((cx / 1.3) % 1.0 - 0.5).abs() * 1.3)
    roof = colour.shifted(plaster, 0.06, 0.0, 0.8) * (ambient * 0.78 + lights.sun * 0.05) * (1.0 - 0.5 * beams)[..., None]
    room = colour.blend(wall, roof, smooth(ceiling - 0.05, ceiling + 0.02, y))
    down = _EYE_M / (-d.y).clamp(min=1e-3)
    boards = lights.ground * (ambient * 0.75 + lights.sun * 0.06) * (1.0 + 0.12 * torch.sin(down * d.x * 22.0) * smooth(6.0, 2.0, down))[..., None]
    room = colour.blend(room, boards, smooth(0.05, -0.02, y))
    aura = torch.exp(-d.gamma / 0.45) * 0.16 + torch.exp(-d.gamma / 0.16) * 0.14  # flour in the light
    return _pendants(room + lights.sun * aura[..., None], d)


def _patches(along, y, wall, lights: air.Light) -> torch.Tensor:
    """The windows' light thrown on the wall across the room, soft-edged."""
    slant = along + 0.25 * (y - 1.4)
    pane = smooth(0.08, -0.08, ((slant / 2.3) % 1.0 - 0.5).abs() * 2.3 - 0.62) * smooth(0.35, 0.6, y) * smooth(2.1, 1.8, y)
    return lights.sun * (0.20 * pane * wall)[..., None]


def _shelves(d: air.Dome, along, y, ambient, lights: air.Light, seed: int) -> torch.Tensor:
    """Boards every 56 cm with jars, cakes and boxes out of focus, warm and cream and a little copper."""
    pitch = 0.56
    row = ((y - 0.68) / pitch).floor()
    above = (y - 0.68) - row * pitch
    slot = along / 0.38 + row * 0.37
    key = ((slot.floor() * 31 + row * 57).long() % 997)
    wide, tall = noise.spread(997, seed + 2, 0.08, 0.18)[key], noise.spread(997, seed + 3, 0.12, 0.42)[key]
    off = ((slot % 1.0) - 0.5) * 0.38
    shape = smooth(0.03, -0.03, off.abs() - wide * (1.0 - 0.35 * smooth(0.6, 1.0, above / tall))) * smooth(0.035, -0.035, above - tall)
    shape = shape * (noise.rand(997, seed + 4)[key] > 0.18) * smooth(0.02, 0.05, above)
    tints = torch.stack([colour.parse(c) for c in ("#e9d9bb", "#b9713e", "#7a4527", "#d9a766", "#efe6d6", "#c4895a", "#8f5b3c", "#d7b7a0")])
    tint = tints[(noise.rand(997, seed + 5) * 8).long().clamp(max=7)[key]]
    round_ = 0.65 + 0.5 * (1.0 - (off / wide).clamp(-1.0, 1.0) ** 2) + 0.25 * torch.exp(-((off + 0.4 * wide) / 0.015) ** 2)
    back = colour.parse("#9a7650") * ambient * (0.70 - 0.25 * smooth(0.2, pitch, above))[..., None]
    goods = tint * (ambient * 0.95 + lights.sun * 0.14) * round_[..., None]
    lit = colour.blend(back, goods, shape)
    board = smooth(0.028, 0.014, torch.minimum(above, pitch - above))
    return colour.blend(lit, colour.parse("#9b6f45") * (ambient * 0.9 + lights.sun * 0.1), board)


def _windows(wall, along, y, window_wall, lights: air.Light, glow) -> torch.Tensor:
    """Tall shop windows with mullions, a bright street beyond, a deep sill."""
    bay = ((along / 2.3) % 1.0 - 0.5) * 2.3
    inside = torch.minimum(0.92 - bay.abs(), torch.minimum(3.2 - y, y - 0.75))
    pane = smooth(-0.02, 0.02, inside) * window_wall
    frame = smooth(-0.14, -0.10, inside) * window_wall
    bars = torch.maximum(smooth(0.035, 0.02, bay.abs()), smooth(0.035, 0.02, torch.minimum((y - 1.75).abs(), (y - 2.55).abs())))
    outside = mix(glow, lights.sun, 0.35) * 3.4
    street = outside * (0.55 + 0.45 * smooth(1.2, 2.2, y) + 0.1 * torch.sin(along * 3.1 + 1.0) * smooth(2.0, 1.0, y))[..., None]
    wall = colour.blend(wall, (colour.parse("#cbb592") * (0.5 * lights.horizon + 0.45 * lights.sun)).expand_as(wall), frame)
    return colour.blend(wall, street, pane * (1.0 - 0.8 * bars))


def _pendants(room, d: air.Dome) -> torch.Tensor:
    """Five warm lamps hung in a row ahead and behind."""
    light = torch.zeros(d.extent)
    for k in range(6):
        at, up = -1.0 + 0.4 * k + (math.pi - 0.05 if k > 4 else 0.0), 0.27
        r = torch.sqrt((_turn(d, at) * 0.96) ** 2 + (d.elevation - up) ** 2)
        light = light + 2.6 * smooth(0.030, 0.018, r) + 0.16 * torch.exp(-r / 0.08)
    return room + colour.parse("#ffc987") * light[..., None]


def sky_city(spec: SceneSpec, height: int, seed: int) -> torch.Tensor:
    """A street by night: walls with lit windows, lanterns far and near as discs of light, sky-glow above."""
    d, lights = air.dome(spec, height), air.light(spec)
    wall, lamp = own_colours(spec)
    sky = air.open_air(spec, d, lights) * 0.8
    cloud = air.clouds(spec, d, seed + 1, scale=0.06, cover=0.25 + 0.5 * spec.sky.cloud)
    sky = colour.blend(sky, sky * 0.6 + lights.horizon * 0.35, 0.7 * cloud.density)
    sky = sky + air.stars(d, spec.sky.stars, seed + 2)[..., None] * (1.0 - cloud.density)[..., None]
    sky = sky + lamp * (0.05 * torch.exp(-d.elevation.clamp(min=0.0) / 0.20))[..., None]
    falls = 0.30 * lights.horizon + 0.15 * lights.zenith + 0.04 * lamp
    for k, (distance, houses, tall) in enumerate(((0.6, 54, 0.24), (0.25, 30, 0.46))):
        sky = _houses(sky, d, seed + 10 + 9 * k, houses, tall, wall * falls, lamp, lights, distance)
    warm = torch.stack([lamp, lamp, colour.shifted(lamp, 0.03, -0.03, 0.7), colour.shifted(lamp, -0.08, 0.03, 1.2), colour.shifted(lights.fill.clamp(min=0.03), 0.3)])
    for k, (count, size, high, power) in enumerate(((60, (0.006, 0.014), 0.14, 1.9), (34, (0.018, 0.036), 0.26, 0.75), (14, (0.045, 0.075), 0.40, 0.24))):
        sky = sky + power * far.lamps(d, seed + 30 + k, count, 0.0, high, size, warm)
    ground = (lights.ground * (falls + 0.10 * lamp)).expand_as(sky)
    if "ground" in spec.surfaces:  # wet stones draw the lights out into long streaks
        streaks = sky.flip(0)
        for reach in (2, 4, 8, 16):
            reach = max(1, reach * d.height // 512)
            streaks = 0.5 * (streaks.roll(reach, 0) + streaks.roll(-reach, 0))
        shimmer = 0.6 + 0.5 * noise.fbm(d.extent, (60, 90), seed + 50, 3)
        sheen = (0.30 * smooth(1.2, 0.0, -d.elevation) * shimmer * spec.surfaces["ground"].wetness)[..., None]
        ground = ground + streaks * sheen
    return colour.blend(sky, ground, smooth(0.0, -0.03, d.elevation))


def _houses(sky, d: air.Dome, seed: int, count: int, tall: float, body, lamp, lights: air.Light, distance: float) -> torch.Tensor:
    """A row of house fronts with unlike roofs; some of their windows are lit, warm and dim."""
    column = ((d.azimuth / math.tau + 0.5) * count)
    house = column.floor().long() % count
    high = (tall * noise.spread(count, seed + 1, 0.45, 1.0))[house]
    gable = (0.5 - (column % 1.0 - 0.5).abs()) * 0.06 * (noise.rand(count, seed + 2) > 0.45)[house]
    front = smooth(0.006, -0.006, d.elevation - high - gable)
    tone = noise.spread(count, seed + 3, 0.55, 1.25)[house] * (1.0 + 0.25 * noise.fbm(d.extent, (90, 45), seed + 4, 3))
    rows, panes = 0.060, 2.0
    row, pane = (d.elevation / rows).floor(), (column * panes).floor()
    key = (row * 131 + pane * 17).long() % 2048
    x, y = (column * panes) % 1.0 - 0.5, (d.elevation / rows) % 1.0 - 0.5
    window = smooth(0.34, 0.16, x.abs()) * smooth(0.44, 0.24, y.abs()) * smooth(0.0, 0.03, d.elevation) * smooth(0.0, 0.02, high - 0.02 - d.elevation)
    shine = window * smooth(0.66, 0.80, noise.rand(2048, seed + 5)[key]) * (0.2 + 0.8 * noise.rand(2048, seed + 6)[key])
    face = body * tone.clamp(min=0.2)[..., None] * (1.0 - 0.3 * window)[..., None] + lamp * (0.42 * shine)[..., None]
    haze = 0.5 * lights.horizon + 0.05 * lamp
    return colour.blend(sky, face + (haze - face) * distance * 0.5, front)


def sky_hall(spec: SceneSpec, height: int, seed: int) -> torch.Tensor:
    """Blue hour seen through a dome of ice: a deep gradient, faint facets with cold rims, an auroral glow low down."""
    d, lights = air.dome(spec, height), air.light(spec)
    up = d.elevation.clamp(min=0.0)
    dusk = colour.blend(lights.zenith.expand(*d.extent, 3), lights.horizon, torch.exp(-up / 0.36))
    curtain = noise.fbm(d.extent, (9, 3), seed + 1, 4, 0.55)
    folds = noise.fbm(d.extent, (44, 2), seed + 2, 3, 0.6)
    aurora = smooth(-0.2, 0.7, curtain + 0.35 * folds) * torch.exp(-((up - 0.30) / 0.20) ** 2) * smooth(0.02, 0.2, up)
    green, violet = colour.parse("#5fd3b4"), colour.parse("#7a6fd0")
    dusk = dusk + colour.blend(green.expand_as(dusk), violet, smooth(0.15, 0.55, up)) * (0.13 * aurora)[..., None]
    west = torch.exp(-(_turn(d, math.radians(spec.sky.sun_azimuth_deg)) / 0.9) ** 2) * torch.exp(-up / 0.12)
    dusk = dusk + lights.sun * (0.35 * west)[..., None] + lights.fill * (0.10 * torch.exp(-up / 0.6))[..., None]
    tilt, rim = _facets(d, seed + 5, 150)
    dusk = dusk * (1.0 + 0.20 * tilt)[..., None] + (0.10 * lights.horizon + 0.10 * lights.fill) * (rim * smooth(1.5, 0.3, up))[..., None]
    dusk = dusk + air.stars(d, spec.sky.stars, seed + 6)[..., None]
    floor = lights.ground * (0.6 * lights.horizon + 0.3 * lights.zenith) + dusk.flip(0) * (0.10 + 0.25 * torch.exp(d.elevation.clamp(max=0.0) / 0.2))[..., None]
    return colour.blend(dusk, floor, smooth(0.005, -0.02, d.elevation))


def _facets(d: air.Dome, seed: int, count: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Flat panes over the sphere: (tone −1 to 1 of each, brightness 0 to 1 of the edges between)."""
    k = torch.arange(count, dtype=torch.float32) + 0.5
    y = 1.0 - k / count * 1.15 + 0.05 * (noise.rand(count, seed + 1) - 0.5)
    angle = k * 2.399963 + 0.5 * (noise.rand(count, seed + 2) - 0.5)  # the golden angle spreads them evenly
    flat = (1.0 - y.clamp(-1.0, 1.0) ** 2).sqrt()
    points = torch.stack([flat * torch.sin(angle), y.clamp(-1.0, 1.0), -flat * torch.cos(angle)], dim=-1)
    tone, rim = torch.zeros(d.extent), torch.zeros(d.extent)
    own = noise.spread(count, seed + 3, -1.0, 1.0)
    for row in range(0, d.height, 32):  # bands, so that the table of distances stays small
        part = slice(row, row + 32)
        rays = torch.stack([d.x[part], d.y[part], d.z[part]], dim=-1)
        near, who = (rays @ points.T).topk(2, dim=-1)
        gap = torch.acos(near[..., 1].clamp(-1.0, 1.0)) - torch.acos(near[..., 0].clamp(-1.0, 1.0))
        tone[part] = own[who[..., 0]] + 2.0 * (near[..., 0] - 0.985)
        rim[part] = torch.exp(-gap / (1.3 * math.pi / 512))
    return tone, rim
