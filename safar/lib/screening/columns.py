"""How are many short texts kept in two arrays that can be mapped from disk?"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


class Texts:
    """Texts in one row of bytes; read one at a time or a few hundred."""

    def __init__(self, data: NDArray[np.uint8], starts: NDArray[Any]) -> None:
        self._data = data
        self._starts = starts

    def __len__(self) -> int:
        return len(self._starts) - 1

    def __getitem__(self, at: int) -> str:
        return self._data[int(self._starts[at]) : int(self._starts[at + 1])].tobytes().decode()

    def raw(self, at: int) -> bytes:
        """One text's bytes."""
        return self._data[int(self._starts[at]) : int(self._starts[at + 1])].tobytes()

    def many(self, places: NDArray[Any]) -> list[str]:
        """The texts at several places."""
        data = self._data
        firsts = self._starts[places].tolist()
        lasts = self._starts[places + 1].tolist()
        return [data[a:b].tobytes().decode() for a, b in zip(firsts, lasts, strict=True)]


def packed(texts: Iterable[bytes]) -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    """The bytes of texts one after another, and where each begins."""
    kept = list(texts)
    starts = np.zeros(len(kept) + 1, np.uint32)
    np.cumsum(np.fromiter(map(len, kept), np.int64, len(kept)), out=starts[1:])
    return np.frombuffer(b"".join(kept), np.uint8), starts


def grouped(owners: Sequence[int] | NDArray[Any], count: int) -> tuple[Ints, NDArray[np.uint32]]:
    """An order that puts each owner's rows together, and where those of each owner begin."""
    places = np.asarray(owners, dtype=np.int64)
    order = np.argsort(places, kind="stable")
    starts = np.zeros(count + 1, np.uint32)
    np.cumsum(np.bincount(places, minlength=count), out=starts[1:])
    return order, starts


def spread(starts: NDArray[Any], groups: NDArray[Any]) -> tuple[Ints, Ints]:
    """The rows of several groups, and for each row which of `groups` it belongs to."""
    firsts = starts[groups].astype(np.int64)
    lengths = starts[groups + 1].astype(np.int64) - firsts
    which = np.repeat(np.arange(len(groups)), lengths)
    offsets = np.cumsum(lengths) - lengths
    rows = np.arange(int(lengths.sum())) - np.repeat(offsets, lengths) + np.repeat(firsts, lengths)
    return rows, which
