"""Given out is only what passed, only against signature, and the old document ends with it."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from safar.control.documents.actions import report
from safar.control.documents.choices import Report
from safar.control.documents.queries import report_or_none
from safar.control.passports.actions import cancelling, delivering
from safar.control.passports.actions.applying import Asked
from safar.control.passports.choices.making import CancelGround, Receiver
from safar.control.passports.models import Delivery, Passport
from safar.core.errors import InvalidMove, NotAllowed, RuleBroken
from safar.core.permissions import system
from safar.core.record import writing
from tests.makers import passports as make
from tests.makers import passports_made as papers

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _keys():
    papers.fresh_keys()
    yield
    papers.forget_keys()


def test_what_passed_is_given_out_once():
    document = papers.made()
    given = delivering.deliver(make.clerk(), document, handing=papers.HANDING)
    document = papers.again(document)
    assert (document.status, papers.application_of(document).status) == ("delivered", "delivered")
    assert (given.receiver, given.delivered_by_name) == ("holder", "Burul")
    with pytest.raises(InvalidMove):
        delivering.deliver(make.clerk(), document, handing=papers.HANDING)


def test_nothing_is_given_out_that_no_control_passed():
    job = papers.printed()
    with pytest.raises(InvalidMove):
        delivering.deliver(make.clerk(), job.passport, handing=papers.HANDING)
    row = Delivery(
        passport=job.passport, receiver="holder", receiver_name="X", document_shown="Y",
        signed_on_paper=True, delivered_at=timezone.now(), delivered_by_id=job.taken_by_id,
        delivered_by_name="Ulan",
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="not ready"), transaction.atomic(), writing():
        row.save(force_insert=True)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"signed": False}, "signed"),
        ({"receiver": Receiver.REPRESENTATIVE, "receiver_name": " "}, "receiver_name"),
        ({"document_shown": ""}, "document_shown"),
        ({"receiver": Receiver.REPRESENTATIVE}, "authority"),
    ],
)
def test_without_signature_name_or_authority_nothing_is_given_out(change, field):
    document = papers.made()
    with pytest.raises(RuleBroken) as refused:
        delivering.deliver(make.clerk(), document, handing=replace(papers.HANDING, **change))
    assert refused.value.field == field
    assert papers.again(document).status == "made"


def test_the_holder_is_named_as_the_document_names_her():
    document = papers.made()
    handing = replace(papers.HANDING, receiver=Receiver.HOLDER, receiver_name="")
    given = delivering.deliver(make.clerk(), document, handing=handing)
    assert given.receiver_name == document.name


def test_a_representative_shows_a_power_of_attorney():
    handing = replace(
        papers.HANDING, receiver=Receiver.REPRESENTATIVE, receiver_name="LAWYER",
        authority="Notary No. 4, 12.11.2026",
    )  # fmt: skip
    given = delivering.deliver(make.clerk(), papers.made(), handing=handing)
    assert given.authority == "Notary No. 4, 12.11.2026"


def test_what_is_reported_is_not_given_out():
    document = papers.made()
    report(
        system("police"), None, issuer="KGZ", number=document.number, kind=Report.STOLEN,
        reference_text="OVD 12",
    )  # fmt: skip
    with pytest.raises(InvalidMove, match="reported"):
        delivering.deliver(make.clerk(), document, handing=papers.HANDING)


def test_the_old_document_that_is_handed_back_ends_in_the_same_moment():
    old = papers.delivered()
    new = papers.made(outcome="same", asked=Asked("expired", "KGZ", old.number))
    handing = replace(papers.HANDING, old_number=old.number.lower())
    delivering.deliver(make.clerk(), new, handing=handing)
    assert papers.again(old).status == "cancelled"
    standing = report_or_none("KGZ", old.number)
    assert standing is not None
    assert standing.report == "void"
    assert report_or_none("KGZ", new.number) is None


def test_whoever_holds_one_that_counts_hands_it_back_or_gets_no_other():
    """By the action and, whoever writes the row, by the database."""
    old = papers.delivered()
    new = papers.made(outcome="same", asked=Asked("expired", "KGZ", old.number))
    with pytest.raises(RuleBroken, match="still holds") as refused:
        delivering.deliver(make.clerk(), new, handing=papers.HANDING)
    assert refused.value.field == "old_number"
    with pytest.raises(IntegrityError, match="one_of_a_kind"), transaction.atomic(), writing():
        Passport.objects.filter(pk=new.pk).update(status="delivered")
    cancelling.cancel_passport(make.clerk(), old, ground=CancelGround.LOST, reason="Lost")
    delivering.deliver(make.clerk(), new, handing=papers.HANDING)
    ended = old.cancellations.get()
    with pytest.raises(InvalidMove, match="newer"):
        cancelling.withdraw_cancellation(make.approver(), ended, reason="Found")


def test_another_persons_document_is_not_taken_back():
    old = papers.delivered()
    new = papers.made(person=make.who(surname="BEKOVA", given_names="CHOLPON", personal_number=""))
    with pytest.raises(RuleBroken, match="another person"):
        delivering.deliver(
            make.clerk(), new, handing=replace(papers.HANDING, old_number=old.number)
        )
    assert papers.again(old).status == "delivered"


def test_another_office_gives_nothing_out():
    with pytest.raises(NotAllowed):
        delivering.deliver(make.clerk("Far", at=make.ABROAD), papers.made(), handing=papers.HANDING)


def test_a_delivery_is_never_rewritten():
    document = papers.delivered()
    with pytest.raises(DatabaseError), transaction.atomic(), writing():
        Delivery.objects.filter(passport=document).update(receiver_name="Somebody else")


def test_what_was_never_collected_is_cancelled_and_so_is_its_application():
    document = papers.made()
    cancelling.cancel_passport(
        make.clerk(), document, ground=CancelGround.RENOUNCED, reason="Not collected for a year"
    )
    assert papers.application_of(document).status == "cancelled"


def test_an_old_document_of_another_kind_that_is_handed_back_ends_too():
    old = papers.delivered(kind="card")
    handing = replace(papers.HANDING, old_number=f"{old.number[:2]} {old.number[2:].lower()}")
    new = papers.made(outcome="same", asked=Asked("first"))
    assert new.holder_id == old.holder_id
    delivering.deliver(make.clerk(), new, handing=handing)
    assert papers.again(old).status == "cancelled"
    assert report_or_none("KGZ", old.number)
