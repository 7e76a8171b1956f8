"""An approved application becomes one document on one blank, made by one operator."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import override_settings
from django.utils import timezone

from safar.control.blanks.actions import stock
from safar.control.blanks.actions.counting import count_blanks
from safar.control.blanks.choices import BlankKind
from safar.control.blanks.models import BlankMovement
from safar.control.documents.actions import distrust_certificate
from safar.control.documents.models import ReportedDocument, StateCertificate
from safar.control.documents.queries import HeldStates
from safar.control.passports.actions import making
from safar.control.passports.chips import keys, signing
from safar.control.passports.models import Passport, PersonalisationJob
from safar.core.errors import InvalidMove, NotAllowed, RuleBroken, Unavailable
from safar.core.record import writing
from safar.lib import chip, mrz
from safar.lib.partial_dates import PartialDate
from tests.makers import passports as make
from tests.makers import passports_made as papers

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _keys():
    papers.fresh_keys()
    yield
    papers.forget_keys()


def test_what_is_taken_says_what_was_approved_and_its_chip_is_authentic():
    job = papers.taken()
    document = job.passport
    today = timezone.localdate()
    read = mrz.read(document.zone, today=today)
    assert read.sound
    assert (read.document_code, read.issuer, read.number) == ("PP", "KGZ", document.number)
    assert (read.surname, read.given_names) == ("TOKTOGULOVA", "AIGUL")
    assert (str(read.birth), read.sex, read.personal_number) == (
        "1994-08-22",
        "F",
        "12208199400111",
    )
    assert (document.issued_on, read.expiry) == (today, document.expires_on)
    verdict = chip.verify(
        document.chip.files, HeldStates(), on=today, printed=document.zone, issued=today
    )
    assert (verdict.outcome, verdict.findings) == ("authentic", ())
    assert verdict.face is not None
    assert verdict.face.image.startswith(b"\xff\xd8")
    assert (document.status, job.status, job.taken_by_name) == ("in_making", "taken", "Ulan")


def test_a_refugees_paper_names_no_state_that_she_fled_from():
    document = papers.taken(
        kind="refugee", person=replace(make.REFUGEE, birth_place="Herat")
    ).passport
    read = mrz.read(document.zone, today=timezone.localdate())
    assert (read.document_code, read.nationality, read.issuer) == ("PR", "XXB", "KGZ")
    assert document.expires_on.year - document.issued_on.year <= 2


def test_nothing_is_taken_that_is_not_approved_or_at_another_office():
    with pytest.raises(InvalidMove):
        making.take_job(papers.operator(), make.checked())
    application = make.approved(person=make.who(personal_number="", surname="OTHER"))
    with pytest.raises(NotAllowed):
        making.take_job(papers.operator("Far away", at=make.ABROAD), application)
    with pytest.raises(NotAllowed):
        making.take_next(papers.operator("Far away", at=make.ABROAD), None, office=make.HOME)


def test_what_one_operator_took_no_other_takes():
    job = papers.taken()
    with pytest.raises(InvalidMove, match="taken"):
        making.take_job(papers.operator("Second"), make.again(job.application))
    with pytest.raises(RuleBroken, match="Nothing waits"):
        making.take_next(papers.operator("Second"), None, office=make.HOME)
    row = PersonalisationJob.objects.get(pk=job.pk)
    row.pk, row.passport_id = (
        None,
        papers.taken(person=make.who(surname="X", personal_number="")).passport_id,
    )
    with pytest.raises(IntegrityError), transaction.atomic(), writing():
        PersonalisationJob.objects.bulk_create([row])


def test_only_whoever_took_it_says_that_it_is_printed():
    job = papers.taken()
    with pytest.raises(NotAllowed, match="Another operator"):
        making.report_printed(papers.operator("Second"), job)
    assert making.report_printed(papers.operator(), job).status == "printed"


def test_a_rejected_document_is_void_at_the_booths_and_made_again_on_another_blank():
    job = papers.taken()
    with pytest.raises(RuleBroken, match="why"):
        making.fail_job(papers.operator(), job, reason=" ")
    making.fail_job(papers.operator(), job, reason="The print is smeared")
    spoiled = papers.again(job.passport)
    assert spoiled.status == "spoiled"
    assert ReportedDocument.objects.get(number=spoiled.number).report == "void"
    second = making.take_next(papers.operator("Second"), None, office=make.HOME)
    assert second.application_id == job.application_id
    assert second.passport.number != spoiled.number


def test_a_spoiled_blank_is_counted_and_the_balance_is_zero():
    job = papers.taken()
    making.fail_job(papers.operator(), job, reason="The print is smeared")
    second = making.take_next(papers.operator(), None, office=make.HOME)
    counts = count_blanks(papers.HEADQUARTERS, None)
    assert [(one.difference, one.numbers) for one in counts] == [(0, [])] * len(counts)
    there = [one for one in counts if one.holder_id == make.HOME and one.kind == "booklet"]
    assert [(one.spoiled, one.issued) for one in there] == [(1, 1)]
    moved = BlankMovement.objects.filter(kind="issued").values_list("became", flat=True)
    assert set(moved) == {job.passport_id, second.passport_id}


def test_without_a_blank_nothing_is_made():
    application = make.approved()
    with pytest.raises(RuleBroken, match="no blank"):
        making.take_job(papers.operator(), application)
    assert not Passport.objects.exists()


def test_without_a_key_that_the_state_stands_behind_nothing_is_made():
    papers.stocked()
    application = make.approved()
    held = StateCertificate.objects.get()
    distrust_certificate(papers.experts()[0], held, reason="The key was copied")
    with pytest.raises(Unavailable, match="No state certificate"):
        making.take_job(papers.operator(), application)
    papers.forget_keys()
    with pytest.raises(Unavailable, match="no key"):
        making.take_job(papers.operator(), application)
    assert not Passport.objects.exists()


def test_a_key_signs_three_months_and_not_a_day_longer():
    today = timezone.localdate()
    last = today + timedelta(days=keys.KEY_DAYS)
    assert signing.signer(last).certificate.kinds == {"P", "I"}
    with pytest.raises(Unavailable, match="may sign"):
        signing.signer(last + timedelta(days=1))


def test_keys_in_files_are_for_demonstrations():
    with override_settings(SAFAR_PASSPORT_KEY_IN_FILE=False):
        with pytest.raises(RuleBroken, match="device"):
            keys.make_keys(timezone.localdate(), *papers.experts())
        with pytest.raises(Unavailable, match="no key"):
            signing.signer(timezone.localdate())


def test_another_keys_certificate_is_not_believed():
    certificate = (papers.folder() / signing.CERTIFICATE_FILE).read_bytes()
    keys.make_keys(timezone.localdate(), *papers.experts())
    (papers.folder() / signing.CERTIFICATE_FILE).write_bytes(certificate)
    with pytest.raises(Unavailable, match="No certificate"):
        signing.signer(timezone.localdate())


def test_what_has_no_blank_does_not_stop_what_has():
    card = make.approved(kind="card")
    passport = make.approved(person=make.who(surname="BEKOVA", given_names="ASEL",
                             personal_number="", birth=PartialDate(1990, 5, 17)))  # fmt: skip
    office = make.office()
    stock.receive_blanks(papers.HEADQUARTERS, None, first="PE0000001", last="PE0000002",
                         kind=BlankKind.BOOKLET)  # fmt: skip
    stock.hand_blanks(papers.HEADQUARTERS, office, first="PE0000001", last="PE0000002")
    stock.acknowledge_blanks(papers.HEADQUARTERS, office, first="PE0000001", last="PE0000002")
    job = making.take_next(papers.operator(), None, office=make.HOME)
    assert job.application_id == passport.pk
    with pytest.raises(RuleBroken, match="No blank"):  # negative control: the card waits
        making.take_next(papers.operator(), None, office=make.HOME)
    assert card.jobs.count() == 0
