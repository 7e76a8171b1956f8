"""Trains the token model of name screening from pairs of a Latin token and its twin.

python tools/train_tokens.py RUSSIAN.tsv ARABIC.tsv --work DIR --out model.npz
    Lines: Latin token, letters of the twin separated by spaces, count. Needs numpy alone.
    DIR keeps each part when it is done, so that a run that was cut off goes on.
    --only writing|nearness|judging   one part: the first two can run side by side
python tools/train_tokens.py RUSSIAN.tsv ARABIC.tsv --measure model.npz
    The figures on the held-out pairs, which no training run looks at.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tools.token_training import judging, measuring, nearness, writing
from tools.token_training.pairs import Known, read

Arrays = dict[str, NDArray[Any]]


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("russian", type=Path)
    parser.add_argument("arabic", type=Path)
    parser.add_argument("--work", type=Path, default=Path())
    parser.add_argument("--out", type=Path, default=Path("model.npz"))
    parser.add_argument("--only", choices=("writing", "nearness", "judging"))
    parser.add_argument("--measure", type=Path)
    parser.add_argument("--writing-epochs", type=int, default=4)
    parser.add_argument("--nearness-epochs", type=int, default=4)
    return parser.parse_args()


def save(file: Path, arrays: Arrays) -> None:
    """Packed, plain numbers only."""
    with file.open("wb") as there:
        np.savez_compressed(there, allow_pickle=False, **arrays)


def part(work: Path, name: str, make: Callable[[], Arrays]) -> Arrays:
    """The arrays of one part: from the file that an earlier run left, or made now."""
    file = work / f"{name}.npz"
    if not file.exists():
        save(file, make())
    with np.load(file) as arrays:
        return dict(arrays)


def main() -> None:
    """Train, or measure."""
    given = arguments()
    russian, arabic = read(given.russian), read(given.arabic)
    if given.measure:
        measuring.report(given.measure, russian, arabic)
        return
    given.work.mkdir(parents=True, exist_ok=True)
    known = Known.of(russian["training"], arabic["training"])
    makers = {
        "writing": lambda: writing.arrays_of(writing.train(known, given.writing_epochs)),
        "nearness": lambda: nearness.arrays_of(nearness.train(known, given.nearness_epochs)),
    }
    arrays: Arrays = {}
    for name, make in makers.items():
        if given.only in (None, "judging", name):
            arrays |= part(given.work, name, make)
    if given.only in (None, "judging"):
        arrays |= judging.train(arrays, known, russian["tuning"], arabic["tuning"])
        save(given.out, arrays)


if __name__ == "__main__":
    main()
