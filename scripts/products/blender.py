"""The same models, sky, sun and camera as Blender's path tracer draws them; runs in a Python that has `bpy`.

    python blender.py FOLDER SAMPLES      reads FOLDER/shots.json, writes a picture for each shot
"""

import json
import math
import sys
from pathlib import Path

import bpy
import numpy as np


def main(folder: Path, samples: int) -> None:
    told = json.loads((folder / "shots.json").read_text())
    for shot in told["shots"]:
        _empty(told, samples)
        _world(np.load(folder / "sky.npy"))
        _sun(told["sun_direction"], told["sun"])
        _camera(told)
        bpy.ops.import_scene.gltf(filepath=str(folder / told["floor"]))
        bpy.ops.import_scene.gltf(filepath=str(folder / shot["model"]))
        if shot["film"]:
            _film(*shot["film"])
        bpy.context.scene.frame_set(0, subframe=0.0)
        frame = shot["time_s"] * bpy.context.scene.render.fps
        bpy.context.scene.frame_set(int(frame), subframe=frame - int(frame))
        bpy.context.scene.render.filepath = str(folder / shot["picture"])
        bpy.ops.render.render(write_still=True)


def _empty(told: dict, samples: int) -> None:
    bpy.ops.wm.read_factory_settings(use_empty=True)
    import addon_utils  # there is one only once bpy has been imported

    for name in ("cycles", "io_scene_gltf2"):
        addon_utils.enable(name)
    scene = bpy.context.scene
    scene.render.engine, scene.cycles.device, scene.cycles.samples = "CYCLES", "CPU", samples
    scene.cycles.use_denoising, scene.cycles.max_bounces, scene.cycles.transmission_bounces = True, 16, 16
    scene.cycles.caustics_refractive = scene.cycles.caustics_reflective = True
    scene.render.resolution_x, scene.render.resolution_y = told["size"]
    scene.view_settings.view_transform, scene.render.image_settings.file_format = "Standard", "PNG"
    scene.render.threads_mode, scene.render.threads = "FIXED", 2


def _world(sky: np.ndarray) -> None:
    """Blender looks along +Y where we look along −Z, and has +X in the middle of a panorama."""
    height, width = sky.shape[:2]
    image = bpy.data.images.new("sky", width, height, float_buffer=True)
    image.colorspace_settings.name = "Linear Rec.709"
    turned = np.roll(sky, -width // 4, axis=1)[::-1]
    image.pixels.foreach_set(np.concatenate([turned, np.ones((height, width, 1), np.float32)], axis=-1).ravel())
    image.update()
    world = bpy.context.scene.world = bpy.data.worlds.new("studio")
    world.use_nodes = True
    nodes, links = world.node_tree.nodes, world.node_tree.links
    texture = nodes.new("ShaderNodeTexEnvironment")
    texture.image = image
    links.new(texture.outputs["Color"], nodes["Background"].inputs["Color"])


def _sun(direction: list[float], radiance: list[float]) -> None:
    import mathutils

    lamp = bpy.data.lights.new("sun", "SUN")
    lamp.energy, lamp.color, lamp.angle = math.pi, radiance, 0.03
    thing = bpy.data.objects.new("sun", lamp)
    x, y, z = direction
    thing.rotation_mode = "QUATERNION"
    thing.rotation_quaternion = mathutils.Vector((x, -z, y)).to_track_quat("Z", "Y")
    bpy.context.collection.objects.link(thing)


def _camera(told: dict) -> None:
    lens = bpy.data.cameras.new("eye")
    lens.sensor_fit, lens.angle, lens.clip_start = "VERTICAL", told["fov_rad"], 0.01
    thing = bpy.data.objects.new("eye", lens)
    x, y, z = told["eye_m"]
    thing.location, thing.rotation_euler = (x, -z, y), (math.pi / 2 + told["pitch_rad"], 0.0, 0.0)
    bpy.context.collection.objects.link(thing)
    bpy.context.scene.camera = thing


def _film(ior: float, thick_nm: float) -> None:
    """Blender draws thin films, but its reader of glTF leaves them out."""
    for material in bpy.data.materials:
        for node in material.node_tree.nodes if material.name == "Material_0.001" else ():
            if node.type == "BSDF_PRINCIPLED":
                node.inputs["Thin Film Thickness"].default_value = thick_nm
                node.inputs["Thin Film IOR"].default_value = ior


main(Path(sys.argv[1]), int(sys.argv[2]))
