"""Does a small demonstration show what it promises, and nothing twice?"""

import pytest
from django.utils import timezone

from safar.control.border.actions import deciding, inspecting
from safar.control.border.actions.deciding import CrossingDetails
from safar.control.border.models import Crossing, Inspection
from safar.control.border.queries.facts import Shown
from safar.control.documents.queries import specimens_kept as kept_specimens
from safar.control.travellers.read_document import ReadDocument
from safar.core.node import uuid7
from safar.lib import mrz
from safar.simulation import booths, demo, loading, placing, users, visas_to_try

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_the_demonstration_shows_its_eight_verdicts_and_decides_nothing(small_demo) -> None:
    assert "there already" not in small_demo.values()
    cast = placing.cast()
    before = Crossing.objects.count()
    scanned = booths.scan_all(cast)
    assert len(scanned) == 8
    assert [row.leading for row in scanned if not row.as_expected] == []
    assert Crossing.objects.count() == before


def test_a_second_start_does_nothing_again(small_demo) -> None:
    first = [one.document.number for one in placing.cast()]
    assert [step(loading.quiet) for _, step in demo.steps()[-1:]] == ["there already"]
    assert [one.document.number for one in placing.cast()] == first


def test_after_a_decision_the_eight_come_with_other_documents(small_demo) -> None:
    scanned = booths.scan_all(placing.cast())
    actor = users.actor(users.ENTRY_OFFICER)
    visitor = Inspection.objects.filter(document__number=scanned[0].outcome.document.number).last()
    assert visitor is not None
    deciding.admit(actor, visitor, key=uuid7(), details=CrossingDetails())
    again = booths.scan_all(placing.cast())
    assert again[0].outcome.document.number != scanned[0].outcome.document.number
    assert [row.leading for row in again if not row.as_expected] == []


def test_second_line_has_specimens_to_lay_beside_a_document(small_demo) -> None:
    expert = users.actor(users.DOCUMENT_EXPERTS[0])
    for issuer in ("KGZ", "UZB"):
        [found] = kept_specimens.specimens(expert, issuer, "P")
        assert "Drawn for this demonstration" in found.source
        assert {page.light for page in found.pages.all()} == {"white", "uv", "through"}
        assert {"touch", "light"} & {feature.way for feature in found.features.all()}


def test_the_stickers_that_it_prints_get_the_verdicts_that_it_promises(small_demo) -> None:
    booth = booths.booth_of(users.ENTRY_OFFICER)
    found = visas_to_try.stickers()
    assert [one.verdict for one in found] == ["clear", "hold", "hold"]
    for one in found:
        reading = mrz.read(one.lines, today=timezone.localdate())
        shown = Shown(ReadDocument.from_reading(reading), reading, seal=bytes.fromhex(one.code))
        seen = inspecting.inspect(users.actor(users.ENTRY_OFFICER), booth, shown=shown)
        assert (one.label, seen.verdict) == (one.label, one.verdict)
