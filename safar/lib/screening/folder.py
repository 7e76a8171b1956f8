"""Where does an index lie on disk, and how is a new one put in place of the old one at once?

A folder holds generations and a pointer file that names the current one. A build writes a new
generation beside the old one; renaming the pointer is the swap. Readers that have the old
arrays open keep them: files that are mapped outlive their names.
"""

import json
import os
import secrets
import shutil
import time
import zlib
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from safar.lib.screening.errors import IndexBroken

FORMAT: Final = "safar screening index 2"
POINTER: Final = "current"
LEFT_OVER: Final = 24 * 60 * 60  # seconds
_MANIFEST: Final = "manifest.json"
_EMPTY: Final = 128  # bytes of a .npy file with no element
Arrays = dict[str, NDArray[Any]]


def write(folder: Path, arrays: Arrays, facts: dict[str, Any]) -> None:
    """Write a generation and make it the current one; the generation before last is removed."""
    put_in_place(folder, write_beside(folder, arrays, facts))


def write_beside(folder: Path, arrays: Arrays, facts: dict[str, Any]) -> Path:
    """Write a generation that nobody reads yet, for `put_in_place`."""
    folder.mkdir(parents=True, exist_ok=True)
    beside = folder / f"beside-{secrets.token_hex(8)}"
    beside.mkdir()
    try:
        for name, array in arrays.items():
            _save(beside / f"{name}.npy", array)
        sizes = {name: (beside / f"{name}.npy").stat().st_size for name in arrays}
        manifest = {"format": FORMAT, "files": sizes, "facts": facts}
        _save_text(beside / _MANIFEST, json.dumps(manifest))
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    return beside


def put_in_place(folder: Path, beside: Path) -> None:
    """Make what was written the current generation, at once for every reader."""
    generation = folder / beside.name.replace("beside-", "g-")
    beside.rename(generation)
    before = _pointed(folder)
    _save_text(folder / f"{generation.name}.new", generation.name)
    os.replace(folder / f"{generation.name}.new", folder / POINTER)
    _sync(folder)
    _clear(folder, keep={generation.name, before})


def read(folder: Path) -> tuple[Arrays, dict[str, Any], str]:
    """The current generation's arrays, mapped and read-only, its facts and its name.

    Raises:
        IndexBroken: nothing there, something else there, or not whole.
    """
    name = _pointed(folder)
    if not name:
        raise IndexBroken(f"There is no index in {folder}: build one first.")
    generation = folder / name
    try:
        manifest = json.loads((generation / _MANIFEST).read_text(encoding="utf-8"))
        if manifest["format"] != FORMAT:
            raise IndexBroken(f"The index in {folder} is of another version: build it again.")
        files, facts = dict(manifest["files"]), dict(manifest["facts"])
        return {key: _load(generation, key, size) for key, size in files.items()}, facts, name
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise IndexBroken(
            f"The index in {folder} is not whole: {problem}. Build it again."
        ) from None


def current(folder: Path) -> str:
    """The name of the current generation, or ''; changes with every build."""
    return _pointed(folder)


def _load(generation: Path, name: str, size: int) -> NDArray[Any]:
    path = generation / f"{name}.npy"
    if path.parent != generation or path.stat().st_size != size:
        raise ValueError(f"{path.name} has not the size that was written")
    if size <= _EMPTY:  # nothing cannot be mapped
        return np.asarray(np.load(path, allow_pickle=False))
    array: NDArray[Any] = np.load(path, mmap_mode="r", allow_pickle=False)
    return array.view(np.ndarray)  # the map stays, without the cost of memmap's own indexing


def _save(path: Path, array: NDArray[Any]) -> None:
    with path.open("wb") as file:
        np.save(file, array, allow_pickle=False)
        file.flush()
        os.fsync(file.fileno())


def _save_text(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _pointed(folder: Path) -> str:
    try:
        name = (folder / POINTER).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""
    return name if name.startswith("g-") and name[2:].isalnum() else ""


def _clear(folder: Path, keep: set[str]) -> None:
    for path in folder.glob("beside-*"):  # of a build that ended before it was put in place
        if time.time() - path.stat().st_mtime > LEFT_OVER:
            shutil.rmtree(path, ignore_errors=True)
    for path in folder.glob("g-*"):
        if path.is_dir() and path.name not in keep:
            shutil.rmtree(path, ignore_errors=True)


def key_of(text: bytes) -> int:
    """The short key under which an id is looked up; two ids may share one."""
    return zlib.crc32(text)
