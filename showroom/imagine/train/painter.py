"""Makes the learned painter: shows it what our painters paint, and what lies between.

Every step shows the model drafts of two materials of a few wishes (see `painter_teacher`), or one and what words or a
photo say of the other; what it makes of them is compared by its statistics with what lies between (`painter_loss`).
What ships is the running mean of the weights.
"""

import argparse
import copy
import itertools
import math
import multiprocessing
import queue
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from showroom.errors import ModelError, ShowroomError
from showroom.imagine.backbone import Backbone
from showroom.imagine.paint import TILES, colour
from showroom.imagine.painter_drafts import height_tiles, lies, second_offset
from showroom.imagine.painter_model import PainterConfig, PainterModel, Wanted
from showroom.imagine.painter_noise import FIRST_PX, Noises
from showroom.imagine.painter_store import model_folder, save_model
from showroom.imagine.train.painter_loss import Distance, seen, views
from showroom.imagine.train.painter_pairs import held_out
from showroom.imagine.train.painter_teacher import SIZE_PX, Lesson, lessons
from showroom.words.scenespec import Surface
from showroom.words.vocabulary import ACCORDS, SURFACES

MATERIALS = tuple(TILES)
POOL = 32          # lessons at hand
FRESH_EVERY, TOLD_EVERY, SAVED_EVERY = 30, 100, 300  # steps
_MIXED = 0.92      # share of samples that lie between two materials
_TOLD = (0.7, 0.15, 0.15)  # how often the second is drafted, told in words, or shown in a photo
_BLURRED = 0.02    # of the words' vectors, in each of 384 directions
_KEPT = 0.998      # of the running mean, at every step
_RATE, _WARM = 2e-3, 60
_LISTENED_S = 5.0    # for a lesson, before it is asked whether anyone teaches
Say = Callable[[str], None]


@dataclass(frozen=True)
class Words:
    """For every material, vectors (k, 384) of what it is called, and accords (k, accords) of such notes."""

    vectors: list[Tensor]
    accords: list[Tensor]


@dataclass(frozen=True)
class Course:
    """A stretch of learning. edge : of the pictures, px.   count : in a batch.   share : of all the time."""

    edge: int
    count: int
    share: float


# The outlines first, in small pictures, of which there can be many; then the rest.
COURSES = (Course(64, 12, 0.2), Course(128, 6, 0.3), Course(256, 4, 0.5))


class School:
    """Lessons as tensors, and what is asked for with each."""

    def __init__(self, words: Words, first: list[Lesson], config: PainterConfig):
        self._words, self._config, self._all = words, config, list(first)
        rows = torch.from_numpy(np.concatenate([lesson.features for lesson in first])).double()
        self.mean, self.basis = axes(rows, config.likeness)
        self.begin(SIZE_PX)

    def begin(self, edge: int) -> None:
        """From now on pictures are of this size."""
        self._edge = edge
        self._lessons = [self._made(lesson) for lesson in self._all]

    def replace(self, lesson: Lesson) -> None:
        """Forgets the oldest lesson for a new one."""
        self._all = [*self._all[1:], lesson]
        self._lessons = [*self._lessons[1:], self._made(lesson)]

    def batch(self, count: int, chance: random.Random) -> tuple[Wanted, Tensor, Tensor, Tensor, Tensor]:
        """What is wanted, drafts (count, 10, edge, edge), how much of the second lies where (count, 1, edge, edge),
        and both materials' views."""
        rows, drafts, theres, firsts, seconds = [], [], [], [], []
        for _ in range(count):
            lesson, (a, b) = chance.choice(self._lessons), _pair(chance)
            told = chance.choices(("drafted", "in words", "in a photo"), _TOLD)[0]
            share = chance.uniform(0.1, 0.5) if told != "in a photo" else chance.uniform(0.3, 0.9)
            share *= a != b
            first, second, view = lesson.tiles[a].float(), lesson.tiles[b].float(), lesson.views[b].float()
            there = torch.full((1, self._edge, self._edge), share)
            if told != "drafted":
                second = torch.zeros_like(second)
            elif a != b:
                heights = (height_tiles(tile[3]) for tile in (first, second))
                there = lies(*heights, share, chance.randrange(1 << 30))[None]
                offset = second_offset(replace(lesson.wish, share=share))[:, None, None]
                second[:3] += offset
                view[:3] += offset
            drafts.append(torch.cat([first, second])), theres.append(there)
            rows.append(self._asked(lesson, (a, b), share, told, chance))
            firsts.append(lesson.views[a]), seconds.append(view)
        wanted = Wanted(*(torch.stack(part) for part in zip(*rows)))
        drafts, theres, firsts, seconds = (torch.stack(part).float() for part in (drafts, theres, firsts, seconds))
        return wanted, drafts, theres, firsts, seconds

    def _asked(self, lesson: "Held", two: tuple[int, int], share: float, told: str,
               chance: random.Random) -> tuple[Tensor, ...]:
        """One row of every part of Wanted. told: how the model hears of the second material."""
        shares = torch.tensor([1 - share, share])
        at = [chance.randrange(len(self._words.vectors[one])) for one in two]
        text = torch.stack([self._words.vectors[one][k] for one, k in zip(two, at)])
        text = F.normalize(text + _BLURRED * torch.randn_like(text), dim=1)  # other words nearby mean it too
        accords = sum(s * self._words.accords[one][k] for s, one, k in zip(shares, two, at))
        likeness = lesson.likeness[two[1]] * (told == "in a photo")
        text[1] *= told != "in a photo"
        kind = torch.zeros(len(SURFACES))
        kind[chance.randrange(len(SURFACES))] = float(chance.random() < 0.7)
        return text, shares, accords * (chance.random() < 0.5), kind, lesson.properties, likeness

    def _made(self, lesson: Lesson) -> "Held":
        tiles = torch.from_numpy(lesson.tiles).float()
        tiles = F.avg_pool2d(tiles, tiles.shape[-1] // self._edge)
        shown = seen(tiles, [lesson.wish] * len(tiles)).half()
        likeness = (torch.from_numpy(lesson.features) - self.mean) @ self.basis
        return Held(lesson.wish, tiles.half(), shown, likeness, properties(lesson.wish))


@dataclass(frozen=True)
class Held:
    """A lesson at hand: its wish, tiles (materials, 5, edge, edge) and views (materials, 7, edge, edge) float16,
    likeness (materials, ·), properties (9,)."""

    wish: Surface
    tiles: Tensor
    views: Tensor
    likeness: Tensor
    properties: Tensor


def axes(rows: Tensor, count: int) -> tuple[Tensor, Tensor]:
    """Mean of (n, features), and the basis (features, count) of their main axes, scaled to deviation 1."""
    mean = rows.mean(0)
    _, spread, directions = torch.linalg.svd(rows - mean, full_matrices=False)
    wide = spread[:count] / math.sqrt(len(rows))
    return mean.float(), (directions[:count] / wide[:, None]).T.float()


def properties(wish) -> Tensor:
    """(9,): see `painter_model.PROPERTIES`."""
    colours = [colour.oklab(colour.parse(srgb)) for srgb in (wish.srgb, wish.accent_srgb)]
    return torch.cat([*colours, torch.tensor([wish.roughness, wish.wetness, wish.relief])])


def _pair(chance: random.Random) -> tuple[int, int]:
    a = chance.randrange(len(MATERIALS))
    if chance.random() > _MIXED:
        return a, a
    while True:
        b = chance.randrange(len(MATERIALS))
        if b != a and not held_out(MATERIALS[a], MATERIALS[b]):
            return a, b


def words_of_materials() -> Words:
    """What every material is called, by the table, and accords of the notes that bring it."""
    from showroom.imagine.encoder import Encoder
    from showroom.imagine.materials import accords_of, materials

    encoder, table = Encoder.load(), materials()
    vectors, accords = [], []
    for name in MATERIALS:
        texts = table[name].words
        vectors.append(torch.from_numpy(encoder.encode(texts)))
        heard = accords_of(name)
        accords.append(torch.tensor([[heard.get(one, 0.0) for one in ACCORDS]] * len(texts)))
    return Words(vectors, accords)


def _teach(seed: int, lessons_out) -> None:
    """A process of its own paints lessons."""
    torch.set_num_threads(1)
    for lesson in lessons(seed):
        lessons_out.put(lesson)


class Training:
    """One run. minutes : of learning, over all courses; beginning takes some more."""

    def __init__(self, minutes: float, seed: int, words: Words, say: Say):
        self._minutes, self._say = minutes, say
        backbone = Backbone.load()  # the teacher's process needs it too, and what it lacks nobody would hear
        self._chance, self._noise = random.Random(seed), torch.Generator().manual_seed(seed)
        torch.manual_seed(seed)
        context = multiprocessing.get_context("spawn")
        self._queue = context.Queue(maxsize=1)
        self._teacher = context.Process(target=_teach, args=(seed, self._queue), daemon=True)
        self._teacher.start()
        config = PainterConfig(materials=MATERIALS, accords=ACCORDS, kinds=SURFACES)
        self.school = School(words, [self._lesson() for _ in range(POOL)], config)
        say(f"{POOL} lessons of {len(MATERIALS)} materials at hand")
        model = PainterModel(config).to(memory_format=torch.channels_last)
        model.likeness_mean.copy_(self.school.mean)
        model.likeness_basis.copy_(self.school.basis)
        model.material_vectors.copy_(torch.stack([vectors[0] for vectors in words.vectors]))
        self.model, self.kept = model, copy.deepcopy(model).requires_grad_(False)
        self._distance = Distance(_quick(backbone))
        self._descent = torch.optim.Adam(model.parameters(), _RATE, betas=(0.8, 0.99), fused=True)

    def _lesson(self) -> Lesson:
        """The next. Raises ModelError if the teacher's process has ended."""
        while True:
            try:
                return self._queue.get(timeout=_LISTENED_S)
            except queue.Empty:
                if not self._teacher.is_alive():
                    raise ModelError("teaching the painter: the process that paints the lessons has ended, with code "
                                     f"{self._teacher.exitcode}; see above; start it again") from None

    def run(self, look: Callable[[int], None]) -> None:
        """All courses, one after the other. look: called with the edge at the end of each, and now and then."""
        started, steps, running, done = time.monotonic(), 0, 0.0, 0.0
        for course in COURSES:
            self.school.begin(course.edge)
            done, began = done + course.share, steps
            while (gone := (time.monotonic() - started) / (60 * self._minutes)) < done:
                loss = self._step(course, gone, steps, steps - began)
                running = loss if running == 0 else 0.98 * running + 0.02 * loss
                steps += 1
                if steps % FRESH_EVERY == 0 and not self._queue.empty():
                    self.school.replace(self._lesson())
                if steps % TOLD_EVERY == 0:
                    self._say(f"{gone:.0%}: {course.edge} px, step {steps}, distance {running:.4f}")
                if steps % SAVED_EVERY == 0:
                    look(course.edge)
            running = 0.0
            look(course.edge)
        self._teacher.terminate()

    def _step(self, course: Course, gone: float, steps: int, of_course: int) -> float:
        warm = min(1, (of_course + 1) / _WARM)  # a level that is new at first says anything
        self._descent.param_groups[0]["lr"] = _RATE * warm * (0.05 + 0.95 * (1 - gone) ** 0.7)
        wanted, drafts, there, first, second = self.school.batch(course.count, self._chance)
        depth = (course.edge // FIRST_PX).bit_length()
        noises = Noises.drawn(self._noise, course.count, depth)
        with torch.autocast("cpu", torch.bfloat16):
            painted = self.model.painted(wanted, noises, drafts, there)
            made = next(itertools.islice(painted, depth - 1, None))
        made = views(made, _base(wanted.properties), wanted.properties[:, 8], wanted.properties[:, 6])
        loss = self._distance(made, first, second, there)
        self._descent.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_([p for p in self.model.parameters() if p.grad is not None], 1.0)
        self._descent.step()
        with torch.no_grad():
            kept = min(_KEPT, (steps + 1) / (steps + 10))
            for mean, now in zip(self.kept.parameters(), self.model.parameters()):
                mean.lerp_(now, 1 - kept)
        return loss.item()


def _quick(backbone: Backbone) -> Callable[[Tensor], list[Tensor]]:
    """Its early maps with fewer digits, in a third of the time."""
    network = copy.deepcopy(backbone._network).to(torch.bfloat16).to(memory_format=torch.channels_last)
    quick = Backbone(network)
    return lambda x: quick.early(x.to(torch.bfloat16).contiguous(memory_format=torch.channels_last))


def _base(rows: Tensor) -> Tensor:
    return colour.srgb_from_linear(colour.linear_from_oklab(rows[:, :3]).clamp(0, 1))


def main(arguments: Sequence[str] | None = None) -> int:
    """Teaches, writes; the exit code."""
    parser = argparse.ArgumentParser(prog="train_painter", description="make the painter that learns from our painters")
    parser.add_argument("--out", type=Path, default=model_folder(), help="where the model is written")
    parser.add_argument("--minutes", type=float, default=60.0, help="how long it learns; the longer, the better")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--threads", type=int, default=2)
    args = parser.parse_args(arguments)
    if args.minutes <= 0 or args.threads < 1:
        print("train_painter: --minutes above 0 and --threads of at least 1 are accepted; give such", file=sys.stderr)
        return 2
    torch.set_num_threads(args.threads)
    start = time.monotonic()

    def say(line: str) -> None:
        print(f"{time.monotonic() - start:7.1f} s  {line}", file=sys.stderr, flush=True)

    try:
        training = Training(args.minutes, args.seed, words_of_materials(), say)
        training.run(lambda edge: save_model(training.kept, args.out))
    except ShowroomError as error:
        print(f"train_painter: {error}", file=sys.stderr)
        return error.exit_code
    except OSError as error:
        print(f"train_painter: {error.filename or args.out}: {error.strerror or error}; a folder that can be written "
              "is accepted; choose another with --out", file=sys.stderr)
        return 1
    say(f"written: {args.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
