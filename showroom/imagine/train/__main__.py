"""Makes the model: `python -m showroom.imagine.train FOLDER [--out FOLDER]`; see scripts/train_model."""

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from showroom.errors import ShowroomError


def main(arguments: Sequence[str] | None = None) -> int:
    """Reads the tables, learns, writes; the exit code."""
    from showroom.imagine.model_store import model_folder

    parser = argparse.ArgumentParser(prog="train_model", description="make the nose's model from votes")
    parser.add_argument("folder", type=Path, help="the folder with the development rows")
    parser.add_argument("--out", type=Path, default=model_folder(), help="where the model is written")
    args = parser.parse_args(arguments)
    start = time.monotonic()

    def say(line: str) -> None:
        print(f"{time.monotonic() - start:6.1f} s  {line}", flush=True)

    try:
        made(args.folder, args.out, say)
    except ShowroomError as error:
        print(f"train_model: {error}", file=sys.stderr)
        return error.exit_code
    except OSError as error:
        print(f"train_model: writing {args.out}: {error.strerror or error}; a folder that can be written is "
              "accepted; choose another with --out", file=sys.stderr)
        return 1
    return 0


def made(folder: Path, out: Path, say) -> None:
    """Learns from the tables of one folder and writes the model to another. Raises ShowroomError, OSError."""
    import torch

    from showroom.imagine.backbone import Backbone
    from showroom.imagine.encoder import Encoder
    from showroom.imagine.lexicon import load_lexicon
    from showroom.imagine.model_store import save_model
    from showroom.imagine.train.learn import gather, learn
    from showroom.imagine.train.rows import check

    check(folder)
    say("loading the sentence encoder and the backbone")
    encoder, backbone = Encoder.load(), Backbone.load()
    torch.set_num_threads(1)  # sums over several threads may differ in their last digits
    model = learn(gather(folder, load_lexicon(), encoder, backbone, say), say)
    save_model(model, out)
    say(f"written: {out}")


if __name__ == "__main__":
    sys.exit(main())
