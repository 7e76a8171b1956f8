"""Numbers that look as no other of their kind: told, and nobody is stopped for it."""

from collections import Counter
from dataclasses import replace

import pytest

from safar.control.documents import actions
from safar.control.documents.models import NumberShape
from safar.control.documents.queries.shapes import SHAPES, shapes_of
from safar.control.documents.rules import WEIGHTS, Series, Told, remarks
from safar.control.documents.rules.shapes import of_shapes, shape_of
from safar.control.travellers.read_document import ReadDocument
from safar.core.permissions import system
from safar.lib import mrz
from safar.simulation.outcomes import zone
from safar.simulation.people import travellers
from safar.simulation.world import Scale

SEEN = {"AC#######": 900, "PE#######": 600}
SCALE = Scale(travellers=10_000, days=60, crossings_per_day=None, seed=12)


def codes(number, seen):
    return [remark.code for remark in of_shapes(number, seen)]


def test_a_shape_keeps_the_first_letters_and_no_digit():
    assert shape_of("AC2106361") == "AC#######"
    assert shape_of("C01X00T47") == "C##@##@##"
    assert shape_of("123456789") == "#########"


def test_a_number_like_no_other_is_told_and_stops_nobody():
    assert codes("QQ123", SEEN) == ["document.number_unseen"]
    assert codes("AC1234567", SEEN) == []
    assert WEIGHTS["document.number_unseen"][0] == "info"


def test_below_five_hundred_numbers_nothing_is_said():
    assert codes("QQ123", {"AC#######": 499}) == []
    assert codes("QQ123", {"AC#######": 500}) != []


def test_one_in_a_thousand_is_enough_to_be_usual():
    assert codes("QQ123", {"AC#######": 9_990, "QQ###": 10}) == []
    assert codes("QQ123", {"AC#######": 9_991, "QQ###": 9}) != []


def test_where_letters_are_drawn_by_lot_nothing_is_unusual():
    drawn = {
        f"{a}{b}#######": 1
        for a in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        for b in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    }
    drawn["AA#######"] = 600
    assert codes("QQ123", drawn) == []


def test_where_the_table_knows_the_numbers_the_counts_are_not_asked():
    document = ReadDocument.from_reading(mrz.read(zone(paper()), today=SCALE.last_day))
    told = Told(replace(document, number="QQ123"), SCALE.last_day, shapes=SEEN)
    known = Series("X", document.issuer, document.kind, pattern="QQ###")
    bare = Series("X", document.issuer, document.kind)
    assert "document.number_unseen" in [each.code for each in remarks(told)]
    assert "document.number_unseen" in [
        each.code for each in remarks(replace(told, series=(bare,)))
    ]
    assert "document.number_unseen" not in [
        each.code for each in remarks(replace(told, series=(known,)))
    ]


def paper():
    return next(iter(travellers(SCALE))).documents[0]


@pytest.mark.slow
def test_simulated_travellers_with_sound_papers_are_hardly_ever_told_of():
    papers = [one for person in travellers(SCALE) for one in person.documents]
    seen: dict[tuple[str, str], Counter[str]] = {}
    for one in papers[::2]:
        seen.setdefault((one.issuer, one.code), Counter())[shape_of(one.number)] += 1
    others = papers[1::2]
    told = sum(bool(codes(one.number, seen.get((one.issuer, one.code), {}))) for one in others)
    assert sum(sum(counts.values()) >= 500 for counts in seen.values()) >= 2  # the control
    assert told <= len(others) / 1000, f"{told} of {len(others)}"


@pytest.mark.django_db
@pytest.mark.slow
class TestLearning:
    def learn(self, seen):
        actions.learn_shapes(system("border worker"), None, seen=seen)
        SHAPES.forget()

    def test_counts_are_learned_anew_and_asked_from_memory(self):
        self.learn({("KGZ", "P", "AN#######"): 700})
        self.learn({("KGZ", "P", "AC#######"): 800, ("KGZ", "P", "ZZZZZZZZZ"): 1})
        assert shapes_of("KGZ", "P") == {"AC#######": 800}
        assert shapes_of("UZB", "P") == {}

    def test_no_column_could_hold_a_person_or_a_number(self):
        names = {field.name for field in NumberShape._meta.get_fields()}
        assert names == {"id", "issuer", "kind", "shape", "seen"}

    @pytest.fixture(autouse=True)
    def _forgotten(self):
        yield
        SHAPES.forget()
