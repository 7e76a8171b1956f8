"""Why is this a candidate: which parts matched how, which facts agree or contradict?"""

from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from safar.lib.names.distance import is_feminine_pair
from safar.lib.names.letters import plain
from safar.lib.screening.align import MOST_COMPARED
from safar.lib.screening.endings import stems, without_article
from safar.lib.screening.entity import Query, Reason
from safar.lib.screening.facts import AGREES, BIRTHS, Compared, birth_at, codes_at, sexes_at
from safar.lib.screening.parts import FATHER, INITIAL, Part, parse_known
from safar.lib.screening.plan import Reading, Sought
from safar.lib.screening.sounds import spoken
from safar.lib.screening.store import Store

_SHOWN_DIFFERENCES: Final = 3


def name_reasons(reading: Reading, partner: Sequence[int], store: Store, row: int) -> list[Reason]:
    """The parts of a query's reading against those of a listed name, then what stands alone."""
    listed = parse_known(store.names[row], store.kinds(row))[:MOST_COMPARED]
    taken = set(partner)
    found = [
        _pair(part, listed[column])
        for part, column in zip(reading.parts, partner, strict=True)
        if 0 <= column < len(listed)
    ]
    mine = [p.part for p, column in zip(reading.parts, partner, strict=True) if column < 0]
    theirs = [part for at, part in enumerate(listed) if at not in taken]
    found += _alone(mine, theirs)
    order = [column for column in partner if column >= 0]
    if order != sorted(order):
        found.append(Reason("name.swapped"))
    return found


def _pair(one: Sought, other: Part) -> Reason:
    code, params = _compared(one.part, other, one.cut, one.exact)
    return Reason(code, dict(params))


@lru_cache(maxsize=20_000)
def _compared(
    one: Part, other: Part, cut: bool, exact: bool
) -> tuple[str, tuple[tuple[str, str], ...]]:
    """How two parts compare: the code and its parameters. Frequent names meet all day."""
    code = _code(one, other, cut, exact)
    params = [("a", _shown(one)), ("b", _shown(other))]
    if code == "name.spelling":
        params.append(("differs", _differs(one.text, other.text)))
    return code, tuple(params)


def _code(one: Part, other: Part, cut: bool, exact: bool) -> str:
    text, second = one.text, other.text
    if INITIAL in (one.kind, other.kind) and text != second:
        return "name.initial"
    if " " in one.shown and one.kind != FATHER and " " not in other.shown:
        return "name.joined"
    if exact:
        return "name.joined"
    if one.shown == other.shown:
        return "name.same"
    if FATHER in (one.kind, other.kind):
        return "name.father"
    if cut and plain(second).startswith(plain(text)) and text != second:
        return "name.cut"
    return _spelling_code(text, second)


@lru_cache(maxsize=20_000)
def _spelling_code(text: str, second: str) -> str:
    if text == second:
        return "name.joined"
    letters = text if text.isascii() else plain(text)
    others = second if second.isascii() else plain(second)
    if is_feminine_pair(letters, others):
        return "name.feminine"
    if _script(text) != _script(second):
        return "name.script"
    if spoken(text) == spoken(second):
        return "name.spelling"
    if {without_article(letters), letters} & {without_article(others), others} - {""}:
        return "name.article"
    mine = {spoken(stem.letters) for stem in stems(letters)} | {spoken(text)}
    theirs = {spoken(stem.letters) for stem in stems(others)} | {spoken(second)}
    return "name.ending" if mine & theirs else "name.close"


def _script(text: str) -> str:
    code = ord(text[0])
    return "latin" if code < 0x370 else "cyrillic" if code < 0x530 else "arabic"


@lru_cache(maxsize=20_000)
def _differs(a: str, b: str) -> str:
    """The letters that differ, such as h/kh."""
    blocks = SequenceMatcher(None, a, b, autojunk=False).get_opcodes()
    found = [f"{a[i:j] or '-'}/{b[k:m] or '-'}" for tag, i, j, k, m in blocks if tag != "equal"]
    return ", ".join(found[:_SHOWN_DIFFERENCES])


def _alone(mine: list[Part], theirs: list[Part]) -> list[Reason]:
    if not mine and not theirs:
        return []
    fathers = [p for p in mine if p.kind == FATHER], [p for p in theirs if p.kind == FATHER]
    if not (fathers[0] or fathers[1]):
        return _sides(mine, theirs, "name.differs", "name.missing")
    others = [p for p in mine if p.kind != FATHER], [p for p in theirs if p.kind != FATHER]
    return [
        *_sides(*fathers, "father.differs", "father.missing"),
        *_sides(*others, "name.differs", "name.missing"),
    ]


def _sides(mine: list[Part], theirs: list[Part], both: str, one: str) -> list[Reason]:
    if mine and theirs:
        a, b = " ".join(map(_shown, mine)), " ".join(map(_shown, theirs))
        return [Reason(both, {"a": a, "b": b})]
    return [Reason(one, {"name": _shown(part)}) for part in (*mine, *theirs)]


@lru_cache(maxsize=20_000)
def _shown(part: Part) -> str:
    return " ".join(word.capitalize() for word in part.shown.split())


def fact_reasons(store: Store, query: Query, facts: Compared, at: int, entity: int) -> list[Reason]:
    """The facts that are known on both sides; `at` is the place in `facts`."""
    found = []
    code = BIRTHS[int(facts.births[at])]
    if code != "unknown":
        entry = birth_at(store.arrays, int(facts.birth_rows[at]))
        mine = ", ".join(map(str, query.births))
        found.append(Reason(f"birth.{code}", {"query": mine, "entry": entry}))
    if sex := int(facts.sexes[at]):
        params = {"query": ", ".join(sorted(query.sexes)), "entry": sexes_at(store.arrays, entity)}
        found.append(Reason("sex.agrees" if sex == AGREES else "sex.differs", params))
    if citizenship := int(facts.citizenships[at]):
        entry = codes_at(store.arrays, store.codes, entity)
        params = {"query": ", ".join(query.citizenships), "entry": entry}
        code = "citizenship.agrees" if citizenship == AGREES else "citizenship.differs"
        found.append(Reason(code, params))
    return found
