"""The report: the lines of figures that docs/painter.md quotes."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from showroom.imagine.backbone import Backbone
from showroom.imagine.encoder import Encoder
from showroom.imagine.gauge import probe as probing
from showroom.imagine.gauge.captions import TWENTY
from showroom.imagine.gauge.figures import (
    ASKED, HALF, JOINTED, PLAIN, SOME, SURFACES, TIMED, Fulfil, Pace, Spread, Told, Vectors, apart, learning,
    mixed_wishes, pace, seams, share_right, told_alone, told_from_words, told_half_way, told_of_mixtures,
    told_side_by_side, unseen_pairs,
)
from showroom.imagine.gauge.probe import EACH, HELD, Probe
from showroom.imagine.gauge.samples import by_recipe
from showroom.imagine.painter_model import PainterModel

Say = Callable[[str], None]
_SHOWN = 12  # misses that are named


def report(model: PainterModel, threads: int, say: Say) -> Iterator[str]:
    """The lines of a Markdown report. say: told how far it is."""
    backbone = Backbone.load()
    fulfil = learning(model)
    yield from _of_maps(model, fulfil, say)
    probe, sure = made_probe(backbone, say)
    yield from ("", f"**The probe** tells {sure:.1%} of {HELD * len(TWENTY)} recipe tiles that it did not learn from; "
                f"it learned from {EACH} of each of {len(TWENTY)} materials, in random colours.")
    beside = [share_right(list(told_side_by_side(patches, probe, backbone))) for patches in (False, True)]
    yield (f"Of two materials' tiles that share a picture, {PLAIN} taught pairs, it finds both among its three "
           f"likeliest in {beside[0]:.1%} (left and right) and {beside[1]:.1%} (uncut, in patches).")
    yield from ("", *_of_words(model, fulfil, probe, backbone, Vectors.by(Encoder.load()), say))
    yield from ("", *_of_mixtures(fulfil, probe, backbone, say))
    yield from ("", *_of_time(pace(model, threads), threads))


def made_probe(backbone: Backbone, say: Say) -> tuple[Probe, float]:
    """The probe, and how much of what it did not learn from it tells right."""
    features, which = probing.lessons(TWENTY, EACH + HELD, probing.SEED, backbone, say)
    learnt = np.arange(len(which)) % (EACH + HELD) < EACH
    probe = probing.learned(TWENTY, features[learnt], which[learnt])
    return probe, probing.right(probe, features[~learnt], which[~learnt])


def _of_maps(model: PainterModel, fulfil: Fulfil, say: Say) -> Iterator[str]:
    rows, wishes = {"learned": [], "recipe": []}, mixed_wishes(model.config.materials, SURFACES)
    for surface, seed in wishes:
        for name, painted in (("learned", fulfil(surface, seed)), ("recipe", by_recipe(surface, seed))):
            rows[name].append((apart(painted, surface), *seams(painted)))
    say(f"measured {SURFACES} mixed surfaces")
    yield f"**Colour and seam** of {SURFACES} random mixed surfaces at 256²:"
    yield from ("", *_table(("", "mean colour against the spec's, OKLab", "step across the edge ÷ mean step inside",
                            "÷ steepest line inside")))
    for name, values in rows.items():
        yield f"| {name} | " + " | ".join(str(Spread.of(column)) for column in zip(*values)) + " |"
    plain = [at for at, (one, _) in enumerate(wishes) if not {one.painter, one.also} & JOINTED]
    means = (f"{name} {np.mean([values[at][1] for at in plain]):.3f}" for name, values in rows.items())
    yield ""
    yield (f"Of the {len(plain)} whose materials have no joints, courses, weave or bands that end where the tile "
           f"does, the mean step across ÷ inside: {', '.join(means)}.")


def _of_words(model: PainterModel, fulfil: Fulfil, probe: Probe, backbone: Backbone, vectors: Vectors,
              say: Say) -> Iterator[str]:
    told = list(told_from_words(model, vectors, probe, backbone))
    named = list(told_alone(fulfil, 3, probe, backbone))
    half = list(told_half_way(model, vectors, probe, backbone))
    found = np.mean([vectors.nearest(one) == name for name, rows in vectors.captions.items() for one in rows])
    say("asked the probe about surfaces of one material")
    yield (f"**Text → its surface**, among {len(TWENTY)}: {share_right(told):.1%} of {len(told)} texts that training "
           f"never read (the nearest word is the right material's of {found:.1%}); {share_right(named):.1%} of "
           f"{len(named)} asked for by the material's name. Told of in a text alone, half way from another material: "
           f"both among the probe's three likeliest in {share_right(half):.1%}.")
    yield from _misses(told)


def _of_mixtures(fulfil: Fulfil, probe: Probe, backbone: Backbone, say: Say) -> Iterator[str]:
    yield (f"**Unseen mixtures**: {len(unseen_pairs())} pairs that training never saw mixed, {ASKED} wishes each; both "
           "materials among the probe's three likeliest:")
    yield from ("", *_table(("", f"share {HALF:g}", f"share {SOME:g}")))
    missed = []
    for name, who in (("learned", fulfil), ("recipe", by_recipe)):
        told = [list(told_of_mixtures(who, share, probe, backbone)) for share in (HALF, SOME)]
        missed = missed or told[0]
        yield f"| {name} | " + " | ".join(f"{share_right(one):.1%}" for one in told) + " |"
        say(f"asked the probe about mixtures, {name}")
    yield ""
    yield from _misses(missed)


def _misses(told: Sequence[Told]) -> Iterator[str]:
    missed = [f"{one.what} ({', '.join(one.named)})" for one in told if not one.right]
    if missed:
        more = f"; and {len(missed) - _SHOWN} more" if len(missed) > _SHOWN else ""
        yield f"Missed (and what the probe named): {'; '.join(missed[:_SHOWN])}{more}."


def _of_time(taken: Pace, threads: int) -> Iterator[str]:
    yield f"**Time** of one mixed surface at 256², {threads} threads, model warm, {TIMED} of each by turns:"
    yield from ("", *_table(("", "median", "10 to 90 %")))
    for name, values in (("learned", taken.learned), ("recipe", taken.recipe)):
        low, middle, high = np.percentile(values, (10, 50, 90))
        yield f"| {name} | {middle:.0f} ms | {low:.0f} to {high:.0f} ms |"
    yield from ("", f"The learned painter takes {taken.ratio:.2f} times as long as the recipe.")


def _table(head: Sequence[str]) -> tuple[str, str]:
    return f"| {' | '.join(head)} |", "|" + " --- |" * len(head)
