"""Air: what open skies share. The dome of directions, the gradient with its glow, clouds, stars.

A sky is (h, 2h, 3) float32 linear radiance, equirectangular: u = 0.5 is −Z, u grows clockwise seen
from above, row 0 is the zenith. The spec's colours are radiances at an exposed scene's scale. The
sun's disc is not here (the renderer adds it); its aureole is.
Sources: CIE S 011/E:2003, "Spatial distribution of daylight: CIE standard general sky" (gradation and
indicatrix; type 12 for clear, type 1 for overcast); L. Henyey and J. Greenstein (1941) for clouds' edges.
"""

import math
from dataclasses import dataclass

import torch

from showroom.imagine.paint import colour, noise
from showroom.imagine.paint.noise import mix, smooth
from showroom.words.scenespec import SceneSpec

_CLEAR = (-1.0, -0.32, 10.0, -3.0, 0.45)
_OVERCAST = (4.0, -0.70, 0.0, -1.0, 0.0)


@dataclass
class Dome:
    """Directions of every pixel, (h, 2h) each: x, y, z unit, azimuth and elevation in rad.

    toward_sun : cosine of the angle to the sun.   gamma : that angle, rad.
    """

    height: int
    x: torch.Tensor
    y: torch.Tensor
    z: torch.Tensor
    azimuth: torch.Tensor
    elevation: torch.Tensor
    sun: tuple[float, float, float]
    toward_sun: torch.Tensor
    gamma: torch.Tensor

    @property
    def extent(self) -> tuple[int, int]:
        """(rows, columns), as noise takes it."""
        return self.height, 2 * self.height

    def turned(self, azimuth: float) -> torch.Tensor:
        """(h, 2h) azimuth from a direction, −π to π."""
        return (self.azimuth - azimuth + math.pi) % math.tau - math.pi

    @property
    def pixel(self) -> float:
        """Height of a pixel, rad."""
        return math.pi / self.height


@dataclass
class Light:
    """The sky's colours as linear (3,) radiances; `sun` already times its strength."""

    sun: torch.Tensor
    zenith: torch.Tensor
    horizon: torch.Tensor
    fill: torch.Tensor
    haze: torch.Tensor
    ground: torch.Tensor


def dome(spec: SceneSpec, height: int) -> Dome:
    """Directions of a panorama of height × 2·height."""
    azimuth = ((torch.arange(2 * height, dtype=torch.float32) + 0.5) / (2 * height) - 0.5) * math.tau
    elevation = (0.5 - (torch.arange(height, dtype=torch.float32) + 0.5) / height) * math.pi
    azimuth, elevation = azimuth.expand(height, 2 * height), elevation[:, None].expand(height, 2 * height)
    x, y, z = (
        torch.sin(azimuth) * torch.cos(elevation),
        torch.sin(elevation),
        -torch.cos(azimuth) * torch.cos(elevation),
    )
    a, e = math.radians(spec.sky.sun_azimuth_deg), math.radians(spec.sky.sun_elevation_deg)
    sun = (math.sin(a) * math.cos(e), math.sin(e), -math.cos(a) * math.cos(e))
    toward = (x * sun[0] + y * sun[1] + z * sun[2]).clamp(-1.0, 1.0)
    return Dome(height, x, y, z, azimuth, elevation, sun, toward, torch.acos(toward))


def light(spec: SceneSpec) -> Light:
    """The spec's colours, linear."""
    ground = spec.surfaces.get("ground")
    return Light(
        colour.parse(spec.sky.sun_srgb) * spec.sky.sun_strength,
        colour.parse(spec.sky.zenith_srgb),
        colour.parse(spec.sky.horizon_srgb),
        colour.parse(spec.sky.fill_srgb) * spec.sky.fill_strength,
        colour.parse(spec.ambience.haze_srgb),
        colour.parse(ground.srgb if ground else "#6a6660"),
    )


def gradation(sine: torch.Tensor, cloud: float) -> torch.Tensor:
    """How much of the horizon's colour a direction has: 1 at the horizon, 0 at the zenith (CIE a, b).

    sine : of the elevation, (…), clamped just above the horizon.
    """
    sine = sine.clamp(min=0.01)
    thick = 1.0 - torch.exp(_CLEAR[1] / sine)
    clear = (thick - (1.0 - math.exp(_CLEAR[1]))) / math.exp(_CLEAR[1])
    veiled = torch.exp(-2.2 * sine)
    return mix(clear, veiled, cloud).clamp(0.0, 1.0)


def glow(d: Dome, cloud: float) -> torch.Tensor:
    """Light scattered round the sun (CIE c, d, e), 0 at a right angle to it; about 10 beside it."""
    c, fall, e = (mix(p, q, cloud) for p, q in zip(_CLEAR[2:], _OVERCAST[2:]))
    return c * (torch.exp(fall * d.gamma) - math.exp(fall * math.pi / 2)).clamp(min=0.0) + e * d.toward_sun**2


def open_air(spec: SceneSpec, d: Dome, lights: Light) -> torch.Tensor:
    """(h, 2h, 3): the cloudless gradient with the sun's glow, above and below the horizon alike."""
    cloud = spec.sky.cloud
    up = d.y.abs()
    low = gradation(up, cloud)
    sky = colour.blend(lights.zenith.expand(*d.extent, 3), lights.horizon, low)
    # the side away from the sun is a little deeper, the low sky on the sun's side takes its colour
    side = 0.5 + 0.5 * torch.cos(d.turned(math.radians(spec.sky.sun_azimuth_deg))) * torch.cos(d.elevation)
    sky = sky * (0.86 + 0.14 * side)[..., None]
    sky = colour.blend(sky, sky * 0.6 + lights.fill * 0.25, 0.35 * (1.0 - side) * low)
    # low suns redden and spread along the horizon; the aureole is narrow and bright
    lowness = max(0.0, 1.0 - max(0.0, spec.sky.sun_elevation_deg) / 35.0)
    night = min(1.0, max(0.0, (spec.sky.sun_elevation_deg + 10.0) / 10.0))
    wide = glow(d, 0.8 * cloud) * (0.06 + 0.07 * lowness) * (0.45 + 0.55 * low)
    narrow = torch.exp(-d.gamma / 0.07) * 1.6 + torch.exp(-((d.gamma / 0.22) ** 2)) * 0.35
    spread = lowness * side**3 * torch.exp(-up / 0.16) * 0.45
    return sky + lights.sun * ((wide + narrow * (1.0 - 0.6 * cloud) + spread) * night)[..., None]


def on_plane(d: Dome, height: float = 0.055) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """(u, v, distance): where a ray meets a cloud layer, flat above and curving down far away."""
    far = 1.0 / (d.y.clamp(min=0.0) + height)
    return d.x * far, d.z * far, far


@dataclass
class Clouds:
    """density 0 to 1 and light 0 (shaded) to 1 (lit), (h, 2h); edge: how much light its thin rim passes."""

    density: torch.Tensor
    light: torch.Tensor
    edge: torch.Tensor


def _billows(size: int, seed: int) -> torch.Tensor:
    """A periodic field about ±1 whose tops are round and whose valleys are creased, as cumulus is."""
    total = torch.zeros(size, size)
    for k in range(5):
        total = total + 0.55**k * (0.62 - 2.0 * noise.gradient(size, 7 << k, seed + k).abs())
    return 0.9 * total


def clouds(
    spec: SceneSpec,
    d: Dome,
    seed: int,
    scale: float = 0.055,
    cover: float | None = None,
    puffy: float = 1.0,
    stretch: float = 1.0,
) -> Clouds:
    """A layer of clouds lit from the sun's side.

    scale : tiles of noise for each unit of distance.   cover : share of the sky, 0 to 1.
    puffy : 1 heaped to 0 drawn out in fibres.          stretch : how much longer they are one way.
    """
    cover = spec.sky.cloud if cover is None else cover
    n = min(512, 2 * d.height)  # finer than any sky shows it
    wx, wy = noise.fbm(n, 7, seed + 10, 4), noise.fbm(n, 7, seed + 11, 4)
    weather = noise.fbm(n, 4, seed, 3)
    heaped = 0.34 * _billows(n, seed + 1) + 0.40 * noise.fbm(n, 9, seed + 6, 6, 0.6)
    field = 0.50 * weather + puffy * heaped + (1.0 - puffy) * 0.7 * noise.fbm(n, (6, 11), seed + 7, 6, 0.62)
    field = noise.warp(field, 0.014 * wx, 0.014 * wy)
    soft = noise.blur(field, 0.010)
    u, v, far = on_plane(d)
    u, v = u * scale, v * scale * stretch
    near = smooth(9.0, 2.5, far)  # far clouds are seen small: the look-up fades to the blurred field there
    level = 0.55 - 1.10 * cover
    step = 0.30 * scale
    here = mix(noise.sample(soft, u, v), noise.sample(field, u, v), near)
    thick = (here - level).clamp(min=0.0) * 2.4  # optical depth along the view
    between = torch.zeros_like(here)
    for k in (1.0, 2.4, 4.5):  # how much cloud lies between here and the sun
        there = noise.sample(soft, u + k * step * d.sun[0], v + k * step * d.sun[2] * stretch)
        between = between + (there - level).clamp(min=0.0) * 0.8
    density = (1.0 - torch.exp(-(thick + 1.5 * thick**2))) * smooth(0.0, 0.07, d.y)
    return Clouds(density, torch.exp(-1.1 * between - 0.9 * thick), density * torch.exp(-2.0 * thick))


def clouded(
    sky: torch.Tensor, layer: Clouds, d: Dome, lights: Light, opaque: float
) -> torch.Tensor:
    """Lays a cloud layer into a sky: shaded with zenith and fill, lit by the sun, paling into the horizon."""
    base = sky * 0.26 + (0.22 * lights.zenith + 0.16 * lights.horizon + 0.20 * lights.fill)
    ahead = (1.0 - 0.49) / (1.0 + 0.49 - 1.4 * d.toward_sun).clamp(
        min=0.02
    ) ** 1.5  # Henyey–Greenstein, g = 0.7
    sun = lights.sun * (0.95 * layer.light + layer.edge * ahead.clamp(max=4.0) * 0.22)[..., None]
    far = torch.exp(-d.y.clamp(min=0.0) / 0.10)
    body = colour.blend(base + sun, sky, 0.72 * far)
    return colour.blend(sky, body, layer.density * opaque)


def mist(sky: torch.Tensor, d: Dome, tint: torch.Tensor, reach: float, strength: float) -> torch.Tensor:
    """A bank of bright mist over the horizon; reach in rad."""
    return colour.blend(sky, tint.expand_as(sky), strength * torch.exp(-d.elevation.abs() / reach))


def stars(d: Dome, amount: float, seed: int) -> torch.Tensor:
    """(h, 2h) radiance of stars of unlike brightness, none near the horizon; amount 0 to 1."""
    count = 900
    y = noise.spread(count, seed, 0.03, 1.0)
    column = (noise.rand(count, seed + 1) * 2 * d.height).long()
    row = ((0.5 - torch.asin(y) / math.pi) * d.height).long().clamp(max=d.height - 1)
    power = noise.rand(count, seed + 2) ** 6 * 1.6 + 0.05
    sky = torch.zeros(2 * d.height * d.height)
    sky.scatter_reduce_(0, row * 2 * d.height + column, power, "amax")
    return sky.reshape(d.extent) * amount * smooth(0.02, 0.3, d.y) * (d.height / 512) ** 2


def grounded(sky: torch.Tensor, d: Dome, lights: Light, spec: SceneSpec, edge: float = 0.02) -> torch.Tensor:
    """Replaces what lies below the horizon by the ground's own light: albedo times what falls on it.

    edge : rad over which the horizon's haze turns into ground.
    """
    high = max(0.0, math.sin(math.radians(spec.sky.sun_elevation_deg)))
    falls = 0.55 * lights.horizon + 0.45 * lights.zenith + lights.sun * high * 0.8
    falls = 0.7 * falls + 0.3 * colour.luminance(falls)
    far = 0.55 * torch.exp(d.elevation.clamp(max=0.0) / (6.0 * edge))
    land = colour.blend((lights.ground * falls).expand_as(sky), lights.horizon * 0.5 + lights.haze * 0.3, far)
    return colour.blend(sky, land, smooth(0.0, -edge, d.elevation))
