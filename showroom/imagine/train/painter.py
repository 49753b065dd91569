"""Makes the learned painter: shows it what our painters paint, and what lies between.

Every step shows the model a batch (`painter_school`) of what another process paints (`painter_teacher`); what it makes
of it is compared by its statistics with what lies between (`painter_loss`). What ships is the running mean of the
weights.
"""

import argparse
import contextlib
import copy
import itertools
import multiprocessing
import random
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from showroom.errors import ModelError, ShowroomError
from showroom.imagine.backbone import Backbone
from showroom.imagine.paint import colour
from showroom.imagine.painter_model import PainterConfig, PainterModel
from showroom.imagine.painter_noise import FIRST_PX, Noises
from showroom.imagine.painter_store import model_folder, save_model
from showroom.imagine.train.painter_loss import Distance, views
from showroom.imagine.train.painter_school import MATERIALS, School, Words, words_of_materials
from showroom.imagine.train.painter_teacher import Lesson, lessons
from showroom.words.vocabulary import ACCORDS, SURFACES

POOL = 32          # lessons at hand
FRESH_EVERY, TOLD_EVERY, SAVED_EVERY = 30, 100, 300  # steps
_KEPT = 0.998      # of the running mean, at every step
_RATE, _WARM = 2e-3, 60
Say = Callable[[str], None]


@dataclass(frozen=True)
class Course:
    """A stretch of learning. edge : of the pictures, px.   count : in a batch.   share : of all the time."""

    edge: int
    count: int
    share: float


# The outlines first, in small pictures, of which there can be many; then the rest.
COURSES = (Course(64, 12, 0.2), Course(128, 6, 0.3), Course(256, 4, 0.5))


def _teach(seed: int, lessons_out) -> None:
    """A process of its own paints lessons."""
    torch.set_num_threads(1)
    with contextlib.suppress(BrokenPipeError):  # nobody learns any more
        for lesson in lessons(seed):
            lessons_out.send(lesson)


class Training:
    """One run. minutes : of learning, over all courses; beginning takes some more."""

    def __init__(self, minutes: float, seed: int, words: Words, say: Say):
        self._minutes, self._say = minutes, say
        backbone = Backbone.load()  # the teacher's process needs it too, and what it lacks nobody would hear
        self._chance, self._noise = random.Random(seed), torch.Generator().manual_seed(seed)
        torch.manual_seed(seed)
        context = multiprocessing.get_context("spawn")
        self._lessons, lessons_out = context.Pipe(duplex=False)
        self._teacher = context.Process(target=_teach, args=(seed, lessons_out), daemon=True)
        self._teacher.start()
        lessons_out.close()  # the teacher alone has it, so that its end is the end of the lessons
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
        try:
            return self._lessons.recv()
        except (EOFError, OSError):  # between two lessons, or in the midst of one
            self._teacher.join()
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
                if steps % FRESH_EVERY == 0 and self._lessons.poll():
                    self.school.replace(self._lesson())
                if steps % TOLD_EVERY == 0:
                    self._say(f"{gone:.0%}: {course.edge} px, step {steps}, distance {running:.4f}")
                if steps % SAVED_EVERY == 0:
                    look(course.edge)
            running = 0.0
            look(course.edge)
        self._teacher.terminate()
        self._teacher.join()

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
