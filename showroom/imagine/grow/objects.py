"""Objects: a torch and a tea set, for shops that sell neither scent nor cloth."""

import numpy as np

from showroom.imagine.grow.mesh import Mesh, merge
from showroom.imagine.grow.noise import smoothstep
from showroom.imagine.grow.part import blend, natural, part, rgb, rgba
from showroom.imagine.grow.shapes import circle, curve, lathe, loft, tube
from showroom.words.geometry import Geometry, Light, Material
from showroom.words.scenespec import Hero


def torch_parts(hero: Hero, placed: np.ndarray, detail: float = 1.0, product_id: str = "",
                name: str = "hero") -> list[Geometry]:
    """A metal torch standing on its end: knurled grip, finned head, a lens that glows; height_m tall."""
    tall, around = hero.height_m, int(np.clip(60 * detail, 24, 60))
    body, accent = natural(hero.body_srgb), natural(hero.accent_srgb)
    metal = Material(base_color=rgba(body), second_color=rgb(body * 0.5), metallic=0.85, roughness=0.36,
                     clearcoat=0.3)
    rim = Material(base_color=rgba(accent), metallic=1.0, roughness=0.2)
    glow = blend(natural(hero.liquid_srgb), np.ones(3), 0.5)
    rows = np.array([(0.13, 0.998), (0.155, 1.0), (0.16, 0.985), (0.16, 0.86), (0.148, 0.84), (0.16, 0.82),
                     (0.16, 0.8), (0.148, 0.79), (0.16, 0.775),
                     (0.158, 0.755), (0.115, 0.69), (0.1, 0.66), (0.1, 0.64), (0.104, 0.63), (0.104, 0.16),
                     (0.1, 0.15), (0.1, 0.11), (0.106, 0.1),
                     (0.106, 0.012), (0.098, 0.0), (0.0, 0.0)]) * tall
    dense = np.concatenate([rows[:14],
                            np.column_stack([np.full(30, rows[13, 0]),
                                             np.linspace(rows[13, 1], rows[14, 1], 30)]), rows[14:]])
    shell = lathe(dense, around)
    x, y, z = shell.positions.T
    grip = smoothstep(0.17, 0.19, y / tall) * smoothstep(0.62, 0.6, y / tall)
    turn = np.arctan2(x, z)
    knurl = np.sin(12 * turn + y / tall * 60) * np.sin(12 * turn - y / tall * 60)
    shell = shell.displaced(0.0022 * tall * 2 * grip * knurl).shaded(occlusion=0.7
                                                                     + 0.3 * np.where(grip > 0.5,
                                                                         np.clip(knurl + 0.5, 0, 1), 1),
                                                                    second=grip * np.clip(0.4 - knurl, 0, 1))
    collar = lathe(np.array([(0.154, 0.99), (0.166, 0.985), (0.166, 0.965), (0.154, 0.96)]) * tall, around)
    switch = lathe(np.array([(0.0, 0.012), (0.03, 0.011), (0.036, 0.004), (0.036, -0.01)]) * tall,
                   20).turned("x", np.pi / 2).moved(0, 0.6 * tall, 0.104 * tall)
    cup = lathe(np.array([(0.132, 0.995), (0.1, 0.96), (0.05, 0.925), (0.0, 0.915)])[::-1] * tall, around)
    lens = lathe(np.array([(0.0, 0.985), (0.06, 0.984), (0.13, 0.98)]) * tall, around)
    x0, y0, z0 = (float(v) for v in placed["world_from_part"][0, :, 3])
    light = Light((x0, y0 + 1.15 * tall, z0), rgb(glow * 0.4), 1.6)
    pieces = [("shell", shell, metal), ("rim", merge([collar, switch]), rim),
              ("reflector", cup, Material(base_color=(0.8, 0.8, 0.8, 1.0), metallic=1.0, roughness=0.12)),
              ("lens", lens, Material("glow", emission=rgb(glow * 2.2)))]
    return [part(f"{name}.{piece}", mesh, material, placed, product_id=product_id, lights=(light,)
                 if piece == "lens" else ())
            for piece, mesh, material in pieces]


def tea_set_parts(hero: Hero, placed: np.ndarray, detail: float = 1.0, product_id: str = "",
                  name: str = "hero") -> list[Geometry]:
    """A pot and two cups on a tray; height_m is the pot to its knob."""
    tall, around = hero.height_m, int(np.clip(52 * detail, 24, 52))
    body, accent = natural(hero.body_srgb), natural(hero.accent_srgb)
    glaze = Material(base_color=rgba(body), second_color=rgb(accent), roughness=0.24, clearcoat=0.9)
    cups = [_cup(0.36 * tall, around).moved(x, 0.012, z)
            for x, z in ((0.62 * tall, 0.42 * tall), (-0.12 * tall, 0.66 * tall))]
    tea = [lathe(np.array([(0.0, 0.27), (0.24, 0.27), (0.272, 0.275)]) * tall, around).moved(x, 0.012, z)
           for x, z in ((0.62 * tall, 0.42 * tall), (-0.12 * tall, 0.66 * tall))]
    tray = loft(circle(around) * np.array([1.0, 0.72]),
                np.array([(0.0, 0.006), (0.96, 0.006), (1.0, 0.014), (1.02, 0.013), (1.0, 0.003),
                          (0.97, 0.0), (0.0, 0.0)])
                * np.array([1.2 * tall, 1.0]), 0.3).moved(0.1 * tall, 0, 0.2 * tall)
    wood = Material(base_color=(0.11, 0.06, 0.03, 1.0), roughness=0.5, clearcoat=0.3)
    drink = Material(base_color=rgba(natural(hero.liquid_srgb, 0.01)), roughness=0.08, clearcoat=1.0)
    pieces = [("tray", tray.shaded(occlusion=0.8), wood),
              ("pot", _pot(tall, around).moved(-0.15 * tall, 0.008, -0.1 * tall), glaze),
              ("cups", merge(cups), glaze), ("tea", merge(tea), drink)]
    return [part(f"{name}.{piece}", mesh, material, placed, product_id=product_id)
            for piece, mesh, material in pieces]


def _pot(tall_m: float, around: int) -> Mesh:
    """A round pot: belly, knobbed lid, bent spout, ear handle; shade b is a band of second glaze."""
    rows = curve(np.array([(0.0, 1.0), (0.055, 0.985), (0.075, 0.94), (0.045, 0.9), (0.06, 0.87),
                           (0.2, 0.84), (0.29, 0.8), (0.31, 0.785), (0.33, 0.77), (0.46, 0.66),
                           (0.54, 0.48), (0.52, 0.3), (0.4, 0.12), (0.28, 0.05), (0.27, 0.0), (0.0, 0.005)]),
                           64)
    body = lathe(np.maximum(rows, 0) * tall_m, around)
    spout = curve(np.array([[0.44, 0.34, 0], [0.62, 0.42, 0], [0.74, 0.6, 0], [0.84, 0.74, 0]]) * tall_m, 18)
    ear = curve(np.array([[-0.46, 0.62, 0], [-0.7, 0.72, 0], [-0.84, 0.55, 0], [-0.72, 0.34, 0],
                          [-0.5, 0.3, 0]]) * tall_m, 24)
    pieces = [body, tube(spout, np.linspace(0.11, 0.042, 18) * tall_m, 16), tube(ear, 0.038 * tall_m, 12)]
    mesh = merge(pieces)
    y = mesh.positions[:, 1] / tall_m
    band = smoothstep(0.6, 0.64, y) * smoothstep(0.72, 0.7, y) + smoothstep(0.95, 0.97, y)
    return mesh.shaded(occlusion=0.4 + 0.6 * smoothstep(0, 0.25, y), second=band)


def _cup(tall_m: float, around: int) -> Mesh:
    """A handleless cup with a foot ring."""
    rows = curve(np.array([(0.0, 0.1), (0.4, 0.14), (0.68, 0.45), (0.8, 0.95), (0.83, 1.0), (0.85, 0.97),
                           (0.74, 0.45), (0.5, 0.14), (0.36, 0.09), (0.36, 0.0), (0.3, 0.0), (0.0, 0.03)]),
                           44)
    mesh = lathe(np.maximum(rows, 0) * tall_m, around)
    y = mesh.positions[:, 1] / tall_m
    return mesh.shaded(occlusion=0.5 + 0.5 * smoothstep(0, 0.4, y), second=smoothstep(0.93, 0.96, y))
