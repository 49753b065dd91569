"""A large model of the user's own: loaded, run and wrapped for real, on a pipeline with random weights."""

import dataclasses

import numpy as np
import pytest
import torch
from paint_specs import under, wearing

pytest.importorskip("diffusers", reason="no diffusers: install showroom[diffusion]")

from tiny_pipeline import save_tiny  # noqa: E402

from showroom.errors import ModelError  # noqa: E402
from showroom.imagine import diffusion  # noqa: E402
from showroom.imagine.assay import LIMITS, assay  # noqa: E402
from showroom.imagine.cache import Cache  # noqa: E402
from showroom.imagine.diffusion import Diffuser, prompt_of, repainted  # noqa: E402
from showroom.imagine.make import make  # noqa: E402
from showroom.imagine.paint import paint  # noqa: E402
from showroom.imagine.wrapping import wrapping  # noqa: E402
from showroom.words.image import Image  # noqa: E402
from showroom.words.request import Diffusion, Request  # noqa: E402


@pytest.fixture(scope="module")
def settings(tmp_path_factory) -> Diffusion:
    """The tiny pipeline; its pictures are noise, so any seam there is shows."""
    folder = save_tiny(tmp_path_factory.mktemp("model"))
    return Diffusion(str(folder), steps=4, edge_px=64, strength=0.5)


@pytest.fixture(scope="module")
def diffuser(settings) -> Diffuser:
    return Diffuser.load(settings)


def test_a_tile_is_repainted_within_all_limits(diffuser):
    spec = wearing("marble")
    ours = paint(spec, "ground", 128)
    drawn, again = diffuser.paint(spec, "ground", ours), diffuser.paint(spec, "ground", ours)
    assert drawn.color.tobytes() == again.color.tobytes() and drawn.detail.tobytes() == again.detail.tobytes()
    assert np.abs(drawn.color.astype(int) - ours.color.astype(int)).mean() > 2
    figures = assay("ground", spec.surfaces["ground"], drawn.color)
    assert not figures.faults and figures.palette < LIMITS["palette"]
    assert (drawn.detail[..., 2:] == ours.detail[..., 2:]).all()
    assert (drawn.detail[..., :2] != ours.detail[..., :2]).any()


def test_a_panorama_wraps_and_keeps_its_light(diffuser):
    spec = under("sky_sea")
    ours = paint(spec, "sky", 128)
    drawn = diffuser.paint(spec, "sky", ours)
    assert not assay("sky", spec.surfaces["sky"], drawn.sky).faults
    old, new = (sky[..., :3].astype(np.float64) for sky in (ours.sky, drawn.sky))
    assert new.mean() == pytest.approx(old.mean(), rel=0.05) and np.abs(new - old).mean() > 0.01 * old.mean()
    bright = old.max(axis=-1) > 3.5
    assert np.array_equal(ours.sky[bright], drawn.sky[bright]) or not bright.any()


def rolled(network, tile: bool, *shift: int) -> float:
    """How far drawing a rolled picture is from rolling the drawn picture; 0 if it wraps."""
    x = torch.rand(1, 3, 32, 32, generator=torch.Generator().manual_seed(1))
    with torch.no_grad(), wrapping([network], tile):
        drawn, other = (network.encode(p).latent_dist.mean for p in (x, x.roll(shift, (2, 3))))
    factor = x.shape[-1] // drawn.shape[-1]
    return float((drawn.roll([step // factor for step in shift], (2, 3)) - other).abs().max() / drawn.abs().max())


def test_wrapping_makes_the_edge_a_place_like_any_other(diffuser):
    vae = diffuser._pipeline.vae
    assert rolled(vae, True, 16, 0) < 1e-3 and rolled(vae, True, 0, 16) < 1e-3
    assert rolled(vae, False, 0, 16) < 1e-3 < rolled(vae, False, 16, 0)
    x = torch.rand(1, 3, 32, 32)
    with torch.no_grad():
        before = vae.encode(x).latent_dist.mean
        with wrapping([vae], True):
            inside = vae.encode(x).latent_dist.mean
        assert torch.equal(vae.encode(x).latent_dist.mean, before) and not torch.equal(inside, before)


def test_the_prompt_is_the_specs_own():
    spec = dataclasses.replace(wearing("moss"), accords={"green": 1.0, "earthy": 0.5})
    said = prompt_of(spec, "ground")
    assert "moss" in said and "green" in said and spec.surfaces["ground"].srgb in said
    assert "equirectangular" in prompt_of(spec, "sky")


def test_made_for_the_show_after_our_own_and_kept(settings, tmp_path, monkeypatch):
    request = Request("place", spec=wearing("marble").sealed(), surface_px=64, detail=0.1, diffusion=settings)
    plain = dataclasses.replace(request, diffusion=None)

    def drawn(asked) -> list[bytes]:
        made = make(asked, None, Cache(tmp_path))
        images = (value for value in made if isinstance(value, Image))
        return [i.pixels.tobytes() for i in images if (i.surface, i.map, i.level) == ("ground", "color", 0)]

    ours, both = drawn(plain), drawn(request)
    assert len(ours) == 1 and len(both) == 2 and both[0] == ours[0] != both[1]
    monkeypatch.setattr(diffusion, "repainted", lambda *_: None)
    assert drawn(request) == both, "kept: the model is not needed again"


@pytest.mark.parametrize("answer", ["filtered", "one colour", "fails"])
def test_what_cannot_be_used_leaves_ours(settings, answer, caplog, monkeypatch):
    diffuser = Diffuser.load(settings)
    pipeline = diffuser._pipeline

    class Answering:
        """The real pipeline, its answer as a filter or a fault would make it."""

        unet, vae = pipeline.unet, pipeline.vae

        def __call__(self, **asked):
            if answer == "fails":
                raise RuntimeError("out of memory")
            said = pipeline(**asked)
            if answer == "filtered":
                said.nsfw_content_detected = [True]
            else:
                said.images[0].paste((120, 120, 120), (0, 0, *said.images[0].size))
            return said

    monkeypatch.setattr(diffuser, "_pipeline", Answering())
    spec = wearing("marble")
    assert diffuser.paint(spec, "ground", paint(spec, "ground", 64)) is None
    said, = (record.message for record in caplog.records if record.name == diffusion.log.name)
    assert "our painter's stays" in said and "\n" not in said


@pytest.mark.parametrize("model", ["nowhere/at-all", "a folder without a model"])
def test_a_model_that_is_not_there_is_one_line_and_ours_paint(model, tmp_path, caplog):
    named = str(tmp_path) if "folder" in model else model
    with pytest.raises(ModelError) as raised:
        Diffuser.load(Diffusion(named))
    assert "\n" not in str(raised.value) and "diffusion_model" in str(raised.value)
    assert repainted(wearing("marble"), "ground", 64, Diffusion(named)) is None
    assert "our painters paint" in caplog.text
