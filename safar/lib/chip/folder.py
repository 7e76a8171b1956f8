"""Which files did a reader leave in a folder, and which certificates stand in these files?"""

from collections.abc import Iterable
from pathlib import Path

from safar.lib.chip.certificates import Certificate, read_certificate
from safar.lib.chip.errors import ChipError
from safar.lib.chip.groups import LIMIT, group_of
from safar.lib.chip.master_list import LIMIT as LIST_LIMIT
from safar.lib.chip.master_list import MasterList, read_master_list
from safar.lib.chip.revocations import LIMIT as CRL_LIMIT
from safar.lib.chip.revocations import Revocations, read_revocations

_FILES = 64


def read_folder(folder: Path) -> dict[str, bytes]:
    """The files of a chip in a folder, by their names; others are left out.

    Raises:
        OSError: the folder or a file cannot be read.
        ChipError: there are very many files, or one is too large.
    """
    names = [each for each in sorted(folder.iterdir()) if group_of(each.name) and each.is_file()]
    if len(names) > _FILES:
        raise ChipError("chip.der.many")
    return {each.name: read_file(each, LIMIT) for each in names}


def read_file(path: Path, limit: int) -> bytes:
    """The content of a file of at most `limit` bytes.

    Raises:
        OSError: it cannot be read.
        ChipError: it is larger.
    """
    with path.open("rb") as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise ChipError("chip.large", what=path.name, size=path.stat().st_size, limit=limit)
    return data


def read_trust(paths: Iterable[Path]) -> tuple[list[Certificate], list[MasterList]]:
    """The certificates in files: each one certificate, DER or PEM, or one master list.

    Returns:
        All certificates, and the lists of which some came, for `MasterList.check_signer`.

    Raises:
        OSError: a file cannot be read.
        ChipError: one is neither.
    """
    found: list[Certificate] = []
    lists: list[MasterList] = []
    for path in paths:
        data = read_file(path, LIST_LIMIT)
        try:
            found.append(read_certificate(data))
        except ChipError:
            lists.append(read_master_list(data))
            found += [each.certificate for each in lists[-1].certificates]
    return found, lists


def read_revoked(paths: Iterable[Path], states: list[Certificate]) -> list[Revocations]:
    """The revocation lists in files, each verified with one of the states.

    Raises:
        OSError: a file cannot be read.
        ChipError: one is broken, only a part, or signed by none of the states.
    """
    return [read_revocations(read_file(path, CRL_LIMIT), states) for path in paths]
