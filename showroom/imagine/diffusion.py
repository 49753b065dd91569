"""Diffusion: a large text-to-image model of the user's own repaints what our painters painted.

It starts from our picture (image to image), so composition, scale and colour stay; it wraps, so that
tiles tile; and whatever it gives that is not a usable surface is thrown away in favour of ours.
Source of image to image by partial noising: Meng et al. 2022, "SDEdit".
"""

import functools
import logging
from dataclasses import replace

import numpy as np
import torch
from PIL import Image as Picture

from showroom.errors import ModelError
from showroom.imagine.assay import assay
from showroom.imagine.paint import Painted, colour, paint, relief
from showroom.imagine.wrapping import wrapping
from showroom.srgb import linear_from_srgb, srgb_from_linear
from showroom.words.request import Diffusion
from showroom.words.scenespec import SceneSpec

log = logging.getLogger(__name__)

_GUIDANCE = 5.0
_PLAIN = 3.0  # of 255: a picture that varies less shows nothing
_BRIGHT = 3.0  # radiance above which a sky's own sun and windows stay as we painted them
_POLE = 0.06  # share of a panorama's rows at each pole that draw together to one colour
_UNPAINTED = ("sprites", "liquid", "water")  # cut out, or moved by shaders: not a photograph's business
_NEVER = "text, watermark, logo, frame, people, blurry, low contrast"


def repainted(spec: SceneSpec, surface: str, size_px: int, settings: Diffusion) -> Painted | None:
    """A surface as the model paints it, starting from ours; None where it stays as ours.

    The model is loaded once in a process. A WARNING says why it could not be, or gave nothing usable.
    """
    diffuser = _loaded(settings)
    if diffuser is None or surface in _UNPAINTED:
        return None
    return diffuser.paint(spec, surface, paint(spec, surface, size_px))


@functools.cache
def _loaded(settings: Diffusion) -> "Diffuser | None":
    try:
        return Diffuser.load(settings)
    except ModelError as error:
        log.warning("%s; our painters paint until then", error)
        return None


def prompt_of(spec: SceneSpec, surface: str) -> str:
    """What a picture of a spec's surface should show, in a text-to-image model's words."""
    place = max(spec.place, key=lambda name: (spec.place[name], name)).replace("_", " ")
    mood = ", ".join(list(spec.accords)[:3])
    want = spec.surfaces[surface]
    if surface in ("sky", "backdrop"):
        return (f"360 degree equirectangular panorama of {place}, sun {spec.sky.sun_elevation_deg:.0f} degrees high, "
                f"{mood} mood, photograph, soft haze, horizon level")
    wet = "wet " if want.wetness > 0.4 else ""
    materials = " and ".join(name.replace("_", " ") for name in (want.painter, want.also) if name)
    return (f"seamless texture of {wet}{materials}, colour {want.srgb} and {want.accent_srgb}, "
            f"{place}, {mood}, photograph straight from above, even light, fine detail")


class Diffuser:
    """A loaded pipeline."""

    def __init__(self, pipeline: object, settings: Diffusion):
        self._pipeline, self._settings = pipeline, settings

    @staticmethod
    def load(settings: Diffusion) -> "Diffuser":
        """Any text-to-image pipeline of diffusers, from a folder or the user's own cache.

        Raises ModelError without diffusers, or if the model is not there (nothing is downloaded
        unless the settings say so), has no safetensors, or is no such pipeline.
        """
        wanted = f"loading the diffusion model {settings.model}"
        try:
            from diffusers import AutoPipelineForImage2Image
            from diffusers.utils.logging import disable_progress_bar
        except ImportError:
            raise ModelError(f"{wanted}: diffusers is not installed; the extra 'diffusion' is needed; type: "
                             "pip install 'showroom[diffusion]'") from None
        disable_progress_bar()  # the loader's own
        cuda = torch.cuda.is_available()
        try:
            pipeline = AutoPipelineForImage2Image.from_pretrained(
                settings.model, revision=settings.revision or None, local_files_only=not settings.download,
                use_safetensors=True, low_cpu_mem_usage=False, dtype=torch.float16 if cuda else torch.float32)
        except Exception as error:  # whatever a stranger's folder makes of a loader
            told = " ".join(str(error).split())[:200]
            raise ModelError(f"{wanted}: {told}; a folder or a downloaded model with safetensors is accepted; "
                             "correct diffusion_model, or set diffusion_download = true once") from None
        pipeline.set_progress_bar_config(disable=True)
        return Diffuser(pipeline.to("cuda" if cuda else "cpu"), settings)

    def paint(self, spec: SceneSpec, surface: str, ours: Painted) -> Painted | None:
        """The same surface repainted; None, and a WARNING, if what came cannot be used."""
        start = _shown(ours.sky) if ours.sky is not None else ours.color[..., :3]
        try:
            drawn = self._drawn(start, prompt_of(spec, surface), spec.seed, tile=ours.sky is None)
            painted = _as_sky(drawn, ours) if ours.sky is not None else _as_tile(drawn, ours, spec, surface)
            pixels = painted.color if painted.sky is None else painted.sky
            if faults := assay(surface, spec.surfaces[surface], pixels).faults:
                raise ValueError(faults[0])
            return painted
        except (ValueError, RuntimeError, TypeError, AttributeError, IndexError) as error:
            told = " ".join(str(error).split())[:300]
            log.warning("the diffusion model %s gave no usable %s (%s); our painter's stays", self._settings.model,
                        surface, told)
            return None

    def _drawn(self, start: np.ndarray, prompt: str, seed: int, tile: bool) -> np.ndarray:
        """(h, w, 3) uint8, of the size of `start`. Raises ValueError for a picture that shows nothing."""
        height, width = start.shape[:2]
        edge = min(self._settings.edge_px, height)
        small = Picture.fromarray(np.ascontiguousarray(start))
        small = small.resize((edge * width // height, edge), Picture.Resampling.BOX)
        pipeline = self._pipeline
        parts = (getattr(pipeline, name, None) for name in ("unet", "vae", "transformer"))
        networks = [part for part in parts if part is not None]
        generator = torch.Generator("cpu").manual_seed(seed)
        with torch.no_grad(), wrapping(networks, tile):
            answer = pipeline(prompt=prompt, negative_prompt=_NEVER, image=small, strength=self._settings.strength,
                              num_inference_steps=self._settings.steps, guidance_scale=_GUIDANCE, generator=generator)
        if any(getattr(answer, "nsfw_content_detected", None) or ()):
            raise ValueError("its own filter refused the picture")
        picture = answer.images[0].convert("RGB")
        if np.asarray(picture, np.float32).std() < _PLAIN:
            raise ValueError("a picture of one colour")
        return _resized(np.asarray(picture), (width, height), tile)


def _resized(pixels: np.ndarray, size: tuple[int, int], tile: bool) -> np.ndarray:
    """Resized as what it is: a picture that goes on beyond its edges (a panorama: beyond the sides)."""
    height, width = pixels.shape[:2]
    margin_x, margin_y = width // 8, height // 8 if tile else 0
    wide = np.pad(pixels, ((margin_y, margin_y), (margin_x, margin_x), (0, 0)), mode="wrap")
    box = (margin_x, margin_y, margin_x + width, margin_y + height)
    return np.asarray(Picture.fromarray(wide).resize(size, Picture.Resampling.LANCZOS, box=box))


def _as_tile(drawn: np.ndarray, ours: Painted, spec: SceneSpec, surface: str) -> Painted:
    """Colour as drawn, with the spec's mean; relief from its lights and shades, as steep as ours; our heights."""
    linear = torch.tensor(linear_from_srgb(drawn / 255.0), dtype=torch.float32)
    linear = colour.with_mean(linear, colour.parse(spec.surfaces[surface].srgb), None)
    light = relief.soften(linear.mean(dim=-1).clamp(min=1e-4).log())
    normal = relief.normals(light / light.shape[0], 1.0)
    old = torch.tensor(ours.detail[..., :2] / 127.5 - 1.0, dtype=torch.float32)
    normal = (normal * (old.abs().mean() / normal.abs().mean().clamp(min=1e-6))).clamp(-0.7, 0.7)
    rest = torch.tensor(ours.detail[..., 2:] / 255.0, dtype=torch.float32)
    detail = relief.pack_detail(torch.cat([normal, rest], dim=-1))
    height = torch.tensor(ours.color[..., 3] / 255.0, dtype=torch.float32)
    return replace(ours, color=relief.pack_color(linear, height), detail=detail)


def _shown(sky: np.ndarray) -> np.ndarray:
    """(h, 2h, 3) uint8 sRGB of linear radiance, by Reinhard et al. 2002, x / (1 + x)."""
    radiance = sky[..., :3].astype(np.float32)
    return np.rint(srgb_from_linear(radiance / (1 + radiance)) * 255).astype(np.uint8)


def _as_sky(drawn: np.ndarray, ours: Painted) -> Painted:
    """Radiance of a drawn panorama: as bright in all as ours, whose own lights stay; whole poles."""
    shown = np.clip(linear_from_srgb(drawn / 255.0), 0.0, 0.97)
    radiance = (shown / (1 - shown)).astype(np.float32)
    old = ours.sky[..., :3].astype(np.float32)
    dim = old.max(axis=-1, keepdims=True) < _BRIGHT
    radiance *= (old * dim).mean() / max(float((radiance * dim).mean()), 1e-6)
    radiance = _with_poles(np.where(dim, radiance, old))
    return replace(ours, sky=relief.pack_sky(torch.tensor(radiance)))


def _with_poles(radiance: np.ndarray) -> np.ndarray:
    """Rows near the poles drawn together to their mean: there every column is one place."""
    rows = radiance.shape[0]
    near = np.minimum(np.arange(rows) + 0.5, rows - np.arange(rows) - 0.5) / (rows * _POLE)
    own = np.clip(near - 0.1, 0.0, 1.0)[:, None, None] ** 2
    return radiance * own + radiance.mean(axis=1, keepdims=True) * (1 - own)
