"""The folders in which the list of visas travels: put down where the register is, taken at a post.

Whatever carries it between them (a copy over the line while there is one, a stick) needs no trust:
the list is signed, and a post takes none that is older than its own.
"""

import json
from pathlib import Path
from typing import Final

from safar.control.visas.files.status_list import LARGEST
from safar.core.files.whole import READ_BY_ALL, whole_file

NAME: Final = "visas.list"
_LONGEST_HEAD: Final = 2000  # bytes


def put(folder: Path, data: bytes) -> Path:
    """Lay the list into the folder in one moment: who copies it away finds the old one or the new.

    Raises:
        OSError: the folder is not there, or full.
    """
    path = folder / NAME
    with whole_file(path, READ_BY_ALL) as file:
        file.write(data)
    return path


def version_in(folder: Path) -> int | None:
    """Which version the list in the folder says to be, unproven; None: none, or not to be read.

    Raises:
        OSError: the folder cannot be read.
    """
    try:
        with (folder / NAME).open("rb") as file:
            head = json.loads(file.readline(_LONGEST_HEAD))
        return int(head["version"])
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, RecursionError, OverflowError):
        return None


def take(folder: Path) -> bytes:
    """What lies in the folder, and no more of it than a list has.

    Raises:
        OSError: it cannot be read.
    """
    with (folder / NAME).open("rb") as file:
        return file.read(LARGEST + 1)
