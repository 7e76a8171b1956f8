"""A granted application becomes a visa: numbered, sealed, and never twice."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from safar.control.blanks.models import Blank, BlankMovement
from safar.control.visas.actions import issuing
from safar.control.visas.choices.issued import EndingGround, VisaForm
from safar.control.visas.models import Visa, VisaUse
from safar.control.visas.rules.sealed import VALID_FROM, days_of, stay_of
from safar.control.visas.seals.sealing import read_seal
from safar.control.visas.seals.signing import known_signers
from safar.core.errors import InvalidMove, NotAllowed, RuleBroken, Unavailable
from safar.core.record import writing
from safar.lib import mrz, seal
from tests.makers import border
from tests.makers import visas as applications
from tests.makers import visas_issued as make

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _keys():
    make.fresh_keys()
    yield
    make.forget_keys()


@pytest.mark.slow
def test_a_visa_takes_the_next_blank_and_its_seal_says_what_was_granted():
    make.stocked()
    visa = make.issued()
    assert visa.number == "KG000001"
    assert visa.application.status == "issued"
    read = seal.decode(bytes(visa.seal))
    assert list(read.zone) == [visa.zone.split("\n")[0], visa.zone.split("\n")[1][:28]]
    assert read.text("passport_number") == visa.document_number
    assert read.fields["entries"] == 1
    assert read.fields["stay"] == seal.Stay(days=20)
    assert VALID_FROM in read.features
    assert seal.verify(read, known_signers(), on=timezone.localdate()).code == "seal.sound"
    zone = mrz.read(visa.zone, today=timezone.localdate())
    assert (zone.format, zone.sound, zone.number) == ("MRV-B", True, "KG000001")


@pytest.mark.slow
def test_a_visa_that_is_issued_after_midnight_bears_the_countrys_day():
    """20:00 UTC is two in the morning in Bishkek: sticker, seal and ending name the new day."""
    make.stocked()
    granted = applications.granted()
    night = timezone.now().replace(hour=20, minute=0) + timedelta(days=1)
    with border.clock(night):
        visa = issuing.issue_visa(applications.clerk(), granted)
        revoked = make.revoked(visa)
    local = (night + timedelta(days=1)).date()
    assert timezone.localdate(night) == local
    assert seal.decode(bytes(visa.seal)).header.signed_on == local
    assert revoked.ending.ended_on == local


@pytest.mark.slow
def test_what_is_not_granted_is_not_issued():
    make.stocked()
    prepared = applications.prepared()
    with pytest.raises(InvalidMove):
        issuing.issue_visa(applications.clerk(), prepared)


@pytest.mark.slow
def test_nothing_is_issued_twice():
    make.stocked()
    visa = make.issued()
    with pytest.raises(InvalidMove):
        issuing.issue_visa(applications.clerk(), applications.again(visa.application))


@pytest.mark.slow
def test_without_a_blank_in_hand_there_is_no_visa():
    with pytest.raises(RuleBroken, match="no blank in hand"):
        issuing.issue_visa(applications.clerk(), make.granted())


@pytest.mark.slow
def test_without_a_key_nothing_is_issued():
    make.stocked()
    application = make.granted()
    make.forget_keys()
    with pytest.raises(Unavailable):
        issuing.issue_visa(applications.clerk(), application)
    assert Blank.objects.filter(state="in_hand").count() == 20


@pytest.mark.slow
def test_another_consulate_issues_nothing_here():
    make.stocked()
    application = make.granted()
    applications.consulate("ANK", "Ankara")
    with pytest.raises(NotAllowed):
        issuing.issue_visa(applications.clerk("Zamir", at="ANK"), application)


@pytest.mark.slow
def test_an_e_visa_has_a_number_of_its_own_and_a_seal_in_json():
    visa = make.issued(form=VisaForm.E_VISA)
    assert visa.number.startswith("E")
    today = timezone.localdate()
    read = read_seal(bytes(visa.seal), known_signers(), today=today)
    assert read.code == "seal.sound"
    assert read.content is not None
    assert (read.content.number, read.content.entries) == (visa.number, 1)
    assert not BlankMovement.objects.exists()
    broken = bytes(visa.seal).replace(b'"entries":1', b'"entries":9')
    assert read_seal(broken, known_signers(), today=today).code == "seal.altered"


@pytest.mark.slow
def test_a_spoiled_sticker_is_annulled_and_the_next_blank_taken():
    make.stocked()
    visa = make.issued()
    again = issuing.reprint_visa(applications.clerk(), visa, reason="paper jam")
    visa.refresh_from_db()
    assert (visa.status, again.status, again.number) == ("annulled", "valid", "KG000002")
    assert Blank.objects.get(number="KG000001").state == "spoiled"


@pytest.mark.slow
def test_a_visa_ends_once_with_a_reason():
    visa = make.issued()
    with pytest.raises(RuleBroken):
        issuing.annul_visa(applications.consul(), visa, ground=EndingGround.NOT_MET, reason=" ")
    make.revoked(visa)
    with pytest.raises(InvalidMove):
        issuing.annul_visa(applications.consul(), visa, ground=EndingGround.NOT_MET, reason="x")
    assert visa.ending.kind == "revoked"


@pytest.mark.slow
def test_the_database_itself_keeps_what_was_sealed():
    visa = make.issued()
    for change in ("entries = 5", "valid_until = valid_until + 90", "seal = 'x'"):
        with pytest.raises(DatabaseError, match="not changed"), transaction.atomic():
            raw(f"UPDATE visas_visa SET {change} WHERE id = %s", visa.pk)
    make.revoked(visa)
    with pytest.raises(DatabaseError, match="stays ended"), transaction.atomic():
        raw("UPDATE visas_visa SET status = 'valid' WHERE id = %s", visa.pk)
    with pytest.raises(DatabaseError, match="not deleted"), transaction.atomic():
        raw("DELETE FROM visas_visa WHERE id = %s", visa.pk)


@pytest.mark.slow
def test_no_use_may_claim_more_entries_than_were_given():
    visa = make.issued()
    fields = {"visa": visa, "visa_number": visa.number, "post": "KG-MAN",
              "entered_on": timezone.localdate(), "used_at": timezone.now()}  # fmt: skip
    with writing("visas"):
        with pytest.raises(IntegrityError), transaction.atomic():
            VisaUse.objects.create(**fields, entries=9, nth=1, crossing_id=visa.pk)
        with pytest.raises(IntegrityError), transaction.atomic():
            VisaUse.objects.create(**fields, entries=1, nth=2, crossing_id=visa.pk)
        VisaUse.objects.create(**fields, entries=1, nth=1, crossing_id=visa.pk)
        with pytest.raises(IntegrityError), transaction.atomic():
            VisaUse.objects.create(**fields, entries=1, nth=1, crossing_id=visa.application_id)


def test_every_length_of_stay_comes_back_from_the_seal():
    assert all(days_of(stay_of(days)) == days for days in range(1, 3650))


@pytest.mark.slow
def test_a_rolled_over_key_leaves_old_visas_verifiable():
    old = make.issued()
    from safar.control.visas.seals import keys

    keys.make_keys(timezone.localdate())
    signers, today = known_signers(), timezone.localdate()
    assert seal.verify(bytes(old.seal), signers, on=today).code == "seal.sound"
    after = today + timedelta(days=800)
    assert seal.verify(bytes(old.seal), signers, on=after).code == "seal.sound_ended"


def raw(statement: str, *params: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, params or None)


def test_the_maker_leaves_no_visa_behind():
    assert not Visa.objects.exists()
