"""How does a list become an index: rows go in one by one, arrays come out?"""

from array import array
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from safar.lib.names.letters import plain
from safar.lib.screening import folder as folders
from safar.lib.screening.cells import centres_of, in_cells
from safar.lib.screening.columns import grouped, packed
from safar.lib.screening.entity import Birth, Document, Entity, document_number
from safar.lib.screening.folder import Arrays
from safar.lib.screening.parts import INITIAL, Part, parse
from safar.lib.screening.sounds import frame, keys, spoken
from safar.lib.screening.tokens import TokenModel, load

SURNAME_BIT: Final = 8
_BLOCK: Final = 16_384  # tokens that the model reads at once
_SEX_BITS: Final = {"F": 1, "M": 2}


class Builder:
    """Takes rows of a list in any order; an id may come back with more names and facts."""

    def __init__(self) -> None:
        self._entities: dict[str, int] = {}
        self._sexes = bytearray()
        self._tokens: dict[str, int] = {}
        self._parts, self._kinds = array("I"), array("B")
        self._ends, self._owners = array("I"), array("I")
        self._names: list[bytes] = []
        self._births = [array("i") for _ in range(4)]  # owner, yyyymmdd, last year, approximate
        self._citizenships = [array("i"), array("i")]
        self._codes: dict[str, int] = {}
        self._documents: list[tuple[bytes, int, bytes]] = []

    def add(self, entity: Entity) -> None:
        """Take an entity with all its names."""
        for name in entity.names or ("",):
            owner = self.add_name(entity.id, name)
        for birth in entity.births:
            self.add_birth(owner, birth)
        for sex in entity.sexes:
            self.add_sex(owner, sex)
        for code in entity.citizenships:
            self.add_citizenship(owner, code)
        for document in entity.documents:
            self.add_document(owner, document)

    def add_name(self, key: str, name: str) -> int:
        """Take a name of an entity; its number, for the facts."""
        owner = self._entities.setdefault(key, len(self._entities))
        if owner == len(self._sexes):
            self._sexes.append(0)
        parts = parse(name)
        if not parts:
            return owner
        tokens = self._tokens
        for part in parts:
            self._parts.append(tokens.setdefault(part.text, len(tokens)))
            self._kinds.append(_coded(part))
        self._ends.append(len(self._parts))
        self._owners.append(owner)
        self._names.append(name[:200].encode("utf-8", "replace"))
        return owner

    def add_birth(self, owner: int, birth: Birth) -> None:
        date = birth.date
        values = (
            owner,
            date.year * 10_000 + (date.month or 0) * 100 + (date.day or 0),
            birth.year_to or date.year,
            int(birth.approximate),
        )
        for column, value in zip(self._births, values, strict=True):
            column.append(value)

    def add_sex(self, owner: int, sex: str) -> None:
        self._sexes[owner] |= _SEX_BITS.get(sex, 0)

    def add_citizenship(self, owner: int, code: str) -> None:
        self._citizenships[0].append(owner)
        self._citizenships[1].append(self._codes.setdefault(code, len(self._codes)))

    def add_document(self, owner: int, document: Document) -> None:
        if number := document_number(document.number):
            self._documents.append((number.encode(), owner, document.issuer.encode()))

    def arrays(self, model: TokenModel | None = None) -> tuple[Arrays, dict[str, Any]]:
        """All columns of the index, and what is said of it in its manifest."""
        model = model or load()
        arrays, new_place = _vocabulary(list(self._tokens), model)
        arrays |= self._name_columns(new_place)
        arrays |= self._fact_columns()
        facts = {
            "names": len(self._owners),
            "entities": len(self._entities),
            "tokens": len(self._tokens),
            "codes": list(self._codes),
            "model": model.fingerprint,
        }
        return arrays, facts

    def _name_columns(self, new_place: NDArray[np.int64]) -> Arrays:
        parts = new_place[np.frombuffer(self._parts, np.uint32)] if self._parts else new_place[:0]
        kinds = _column(self._kinds, np.uint8)
        starts = np.concatenate([np.zeros(1, np.uint32), _column(self._ends, np.uint32)])
        owner_of_part = np.repeat(np.arange(len(starts) - 1, dtype=np.uint32), np.diff(starts))
        told = (kinds & 7) != INITIAL  # an initial is met in scoring, never looked up
        order, posting_starts = grouped(parts[told], len(new_place))
        order_names, name_starts = grouped(self._owners, len(self._entities))
        data, text_starts = packed(self._names)
        return {
            "parts": parts.astype(np.uint32),
            "kinds": kinds,
            "starts": starts,
            "lengths": np.diff(starts).astype(np.uint8),
            "postings": owner_of_part[told][order],
            "posting_starts": posting_starts,
            "owners": _column(self._owners, np.uint32),
            "entity_names": order_names.astype(np.uint32),
            "entity_name_starts": name_starts,
            "name_data": data,
            "name_starts": text_starts,
        }

    def _fact_columns(self) -> Arrays:
        count = len(self._entities)
        order, birth_starts = grouped(self._births[0], count)
        dates, owners = _column(self._births[1], np.int32), _column(self._births[0], np.int32)
        by_date = np.lexsort((owners, dates))
        by_owner, code_starts = grouped(self._citizenships[0], count)
        ids = [key.encode("utf-8", "surrogatepass") for key in self._entities]
        id_data, id_starts = packed(ids)
        hashes = np.fromiter(map(folders.key_of, ids), np.uint32, count)
        id_order = np.argsort(hashes, kind="stable")
        self._documents.sort()
        numbers, number_starts = packed(d[0] for d in self._documents)
        issuers, issuer_starts = packed(d[2] for d in self._documents)
        return {
            "sexes": np.frombuffer(bytes(self._sexes), np.uint8),
            "births": dates[order],
            "dates": dates[by_date],
            "date_entities": owners[by_date].astype(np.uint32),
            "birth_last": _column(self._births[2], np.int32)[order].astype(np.int16),
            "birth_about": _column(self._births[3], np.int32)[order].astype(np.uint8),
            "birth_starts": birth_starts,
            "codes": _column(self._citizenships[1], np.int32)[by_owner].astype(np.uint16),
            "code_starts": code_starts,
            "id_data": id_data,
            "id_starts": id_starts,
            "id_hashes": hashes[id_order],
            "id_entities": id_order.astype(np.uint32),
            "document_data": numbers,
            "document_starts": number_starts,
            "document_owners": np.fromiter((d[1] for d in self._documents), np.uint32),
            "issuer_data": issuers,
            "issuer_starts": issuer_starts,
        }


def build(
    entities: Iterable[Entity], folder: Path, notes: dict[str, str] | None = None
) -> dict[str, Any]:
    """Build an index of entities and make it the folder's current one; its counts.

    `notes` are the caller's own: `Index.notes` gives them back.
    """
    builder = Builder()
    for entity in entities:
        builder.add(entity)
    return finish(builder, folder, notes)


def finish(builder: Builder, folder: Path, notes: dict[str, str] | None = None) -> dict[str, Any]:
    """Write what a builder holds and make it the folder's current index; its counts."""
    arrays, facts = builder.arrays()
    folders.write(folder, arrays, facts | {"notes": notes or {}})
    return facts


def build_beside(entities: Iterable[Entity], folder: Path, notes: dict[str, str]) -> Path:
    """Build an index that nobody reads until `put_in_place(folder, it)`."""
    builder = Builder()
    for entity in entities:
        builder.add(entity)
    arrays, facts = builder.arrays()
    return folders.write_beside(folder, arrays, facts | {"notes": notes})


def _coded(part: Part) -> int:
    return part.kind | SURNAME_BIT if part.surname else part.kind


def _column(values: Any, kind: Any) -> NDArray[Any]:
    return np.frombuffer(values, kind) if len(values) else np.zeros(0, kind)


def _vocabulary(tokens: list[str], model: TokenModel) -> tuple[Arrays, NDArray[np.int64]]:
    """The columns of all tokens, ordered by cell, and where each token went."""
    vectors = np.zeros((len(tokens), model.dimensions), np.float32)
    for at in range(0, len(tokens), _BLOCK):
        vectors[at : at + _BLOCK] = model.encode(tokens[at : at + _BLOCK])
    centres = centres_of(vectors)
    order, cell_starts = in_cells(vectors, centres)
    new_place = np.empty(len(tokens), np.int64)
    new_place[order] = np.arange(len(tokens))
    placed = [tokens[at] for at in order]
    sounds = [spoken(token) for token in placed]
    letters = [token if token.isascii() else plain(token) for token in placed]
    heads = np.array([word[:8].encode() for word in letters] or [b""], "S8")[: len(placed)]
    by_head = np.argsort(heads, kind="stable")
    arrays: Arrays = {
        "vectors": vectors[order],
        "centres": centres,
        "cell_starts": cell_starts,
        "heads": heads[by_head],
        "head_tokens": by_head.astype(np.uint32),
        "firsts": np.frombuffer(b"".join(sound[:1].encode() or b"?" for sound in sounds), np.uint8),
    }
    arrays |= _key_columns(placed)
    arrays["sounds"] = _fixed(sounds, 16)
    arrays["frames"] = _fixed(map(frame, sounds), 12)
    arrays["token_data"], arrays["token_starts"] = packed(text.encode() for text in placed)
    return arrays, new_place


def _fixed(texts: Iterable[str], width: int) -> NDArray[np.bytes_]:
    return np.array([text[:width].encode() for text in texts], f"S{width}")


def _key_columns(tokens: list[str]) -> Arrays:
    found, owners, kinds = array("I"), array("I"), array("B")
    for place, token in enumerate(tokens):
        for key, kind in keys(token):
            found.append(key)
            owners.append(place)
            kinds.append(kind)
    hashes = _column(found, np.uint32)
    order = np.argsort(hashes, kind="stable")
    return {
        "keys": hashes[order],
        "key_tokens": _column(owners, np.uint32)[order],
        "key_kinds": _column(kinds, np.uint8)[order],
    }
