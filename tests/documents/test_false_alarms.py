"""Ten thousand travellers with sound papers: none is stopped by what their documents tell."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import pytest

from safar.control.documents.files.series import COLUMNS, SHIPPED
from safar.control.documents.rules import (
    WEIGHTS,
    OtherSource,
    Series,
    Told,
    parse_terms,
    remarks,
)
from safar.control.travellers.read_document import ReadDocument
from safar.lib import mrz
from safar.reference.files import read
from safar.simulation.outcomes import zone
from safar.simulation.people import travellers
from safar.simulation.spellings import is_spelt_by_rule
from safar.simulation.world import Scale

PEOPLE = 10_000
SCALE = Scale(travellers=PEOPLE, days=60, crossings_per_day=None, seed=11)
FEW = 0.02  # of all: what is unusual must stay worth reading


def shipped(confidence: str = "") -> tuple[Series, ...]:
    return tuple(
        Series(
            **{key: row[key] for key in ("code", "issuer", "kind", "pattern", "personal_number", "since", "until")},
            terms=parse_terms(row["terms"]),
            confidence=confidence or row["confidence"],
        )
        for row in (line.values for line in read(SHIPPED, COLUMNS))
    )  # fmt: skip


def papers() -> Iterator[Told]:
    """Each document as its zone is read, with what its page says: day of issue and own script."""
    series: dict[str, list[Series]] = {}
    for one in shipped():
        series.setdefault(one.issuer, []).append(one)
    for person in travellers(SCALE):
        for paper in person.documents:
            reading = mrz.read(zone(paper), today=SCALE.last_day)
            shown = ReadDocument.from_reading(reading)
            own = f"{person.surname} {person.given_names} {person.patronymic}".strip()
            written = own if is_spelt_by_rule(person.nationality) else ""
            page = OtherSource(
                "page", number=paper.number, name=f"{paper.surname} {paper.given_names}",
                birth=shown.birth, sex=paper.sex, expires_on=paper.expires,
            )  # fmt: skip
            yield Told(
                replace(shown, name_written=written, issued_on=paper.issued),
                SCALE.last_day,
                tuple(series.get(shown.issuer, ())),
                (page,),
                name_cut=reading.name_may_be_truncated,
            )


@pytest.fixture(scope="module")
def everybody() -> list[Told]:
    return list(papers())


@pytest.mark.slow
def test_nobody_with_sound_papers_is_held_or_checked(everybody):
    assert len(everybody) >= PEOPLE
    stopped = [
        (remark, told.document)
        for told in everybody
        for remark in remarks(told)
        if WEIGHTS[remark.code][0] != "info"
    ]
    assert stopped == []


@pytest.mark.slow
def test_what_is_unusual_stays_rare(everybody):
    said = Counter(remark.code for told in everybody for remark in remarks(told))
    assert sum(said.values()) <= FEW * len(everybody), said


@pytest.mark.slow
def test_the_same_papers_without_a_page_say_no_more(everybody):
    bare = (
        replace(told, others=(), document=replace(told.document, issued_on=None, name_written=""))
        for told in everybody
    )
    assert not [r for told in bare for r in remarks(told) if WEIGHTS[r.code][0] != "info"]


@pytest.mark.slow
def test_the_same_travellers_with_one_thing_altered_are_stopped(everybody):
    """The negative control: on the same papers every alteration is found."""
    for told in everybody[::20]:
        document = told.document
        altered = [
            replace(told, others=(OtherSource("page", number=document.number + "0"),)),
            replace(told, others=(OtherSource("chip", name="QWERTZUIOP QQ"),)),
            replace(told, batch="letter 9"),
            replace(told, document=replace(document, nationality="WSA")),
            replace(told, document=replace(document, issued_on=document.expires_on)),
        ]
        for other in altered:
            assert {WEIGHTS[r.code][0] for r in remarks(other)} - {"info"}, other
