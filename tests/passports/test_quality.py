"""Another than the operator reads a document back: every mismatch is named, nothing bad passes."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from safar.control.passports.actions import making, quality
from safar.control.passports.chips import signing
from safar.control.passports.chips import writing as chips
from safar.control.passports.models import Passport, QualityCheck
from safar.control.passports.wording.making import mismatches
from safar.core.errors import InvalidMove, NotAllowed, RuleBroken
from safar.core.record import writing
from safar.lib.chip import writing as chip_writing
from safar.lib.seal.issuing import file_signer, issue_csca, issue_signer, new_key
from tests.makers import accounts
from tests.makers import passports as make
from tests.makers import passports_made as papers

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _keys():
    papers.fresh_keys()
    yield
    papers.forget_keys()


@pytest.fixture
def job():
    return papers.printed()


def codes(check: QualityCheck) -> set[str]:
    assert check.passed is not bool(check.mismatches)
    assert all(sentence and "{" not in sentence for sentence in mismatches(check.mismatches))
    return {row["code"] for row in check.mismatches}


def other(**who: str):
    """Another person's document, made at the same office."""
    return papers.taken(person=make.who(personal_number="", **who)).passport


def test_what_is_right_passes_and_can_be_given_out(job):
    check = papers.read_back(job)
    assert codes(check) == set()
    document = papers.again(job.passport)
    assert (document.status, papers.application_of(document).status) == ("made", "made")
    with pytest.raises(InvalidMove):
        papers.read_back(job)


def test_the_operator_does_not_check_her_own_work(job):
    """Neither by the action, nor with the right role added, nor by hand in the database."""
    both = accounts.user("Both", "passport_operator", "passport_quality", name="Both")
    make.officer("Both", "passport_operator")
    own = papers.printed(accounts.actor(both), person=make.who(personal_number="", surname="X"))
    with pytest.raises(NotAllowed, match="Another person"):
        papers.read_back(own, accounts.actor(both))
    now = timezone.now()
    row = QualityCheck(
        job=job, passed=True, checked_at=now, checked_by_id=job.taken_by_id, checked_by_name="Ulan"
    )
    with pytest.raises(IntegrityError, match="her own work"), transaction.atomic(), writing():
        row.save(force_insert=True)
    with pytest.raises(IntegrityError, match="two_people"), transaction.atomic():
        raw(
            "UPDATE passports_personalisationjob SET status = 'passed', checked_at = now(),"
            " checked_by_id = taken_by_id, checked_by_name = 'Ulan'"
        )
    with pytest.raises(IntegrityError, match="no quality control"), transaction.atomic():
        raw("UPDATE passports_passport SET status = 'made', made_at = now()")


def raw(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_the_zone_of_another_person_is_named(job):
    check = papers.read_back(job, zone=other(surname="BEKOVA", given_names="CHOLPON").zone)
    assert codes(check) == {"zone.person"}
    assert "surname" in mismatches(check.mismatches)[0]
    assert papers.again(job.passport).status == "in_making"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda zone: "", "zone.missing"),
        (lambda zone: "PPKGZ", "zone.unreadable"),
        (lambda zone: zone.replace("PE0", "PE1"), "zone.fields"),
        (lambda zone: zone.replace("TOKTOGULOVA", "TOKTOGULOVR"), "zone.fields"),
        (lambda zone: zone[:-1] + str((int(zone[-1]) + 1) % 10), "zone.check"),
    ],
)
def test_each_fault_of_the_printed_zone_has_its_name(job, change, code):
    assert codes(papers.read_back(job, zone=change(job.passport.zone))) == {code}


def test_a_swapped_picture_is_named(job):
    files = job.passport.chip.files
    found = codes(
        papers.read_back(
            job, files={**files, "EF.DG2": other(surname="BEKOVA").chip.files["EF.DG2"]}
        )
    )
    assert {"chip.group.hash", "chip.other_face"} <= found


def test_the_whole_chip_of_another_person_is_named_though_it_is_well_signed(job):
    found = codes(papers.read_back(job, files=other(surname="BEKOVA").chip.files))
    assert {"chip.other_zone", "chip.other_face", "chip.other_file", "chip.mrz.differs"} <= found


def test_another_picture_signed_by_the_right_key_is_named(job):
    """The chip is authentic in itself: only what was approved tells that the face is another's."""
    key = signing.signer(timezone.localdate())
    face = chips.face_of(other(surname="BEKOVA").chip)
    files = chip_writing.write(
        job.passport.lines, face, signer=key.key, certificate=key.certificate.raw,
        at=timezone.now(),
    )  # fmt: skip
    assert codes(papers.read_back(job, files=files)) == {"chip.other_face", "chip.other_file"}


def test_a_chip_signed_by_an_unknown_key_is_named(job):
    today = timezone.localdate()
    state = issue_csca("KG", valid_from=today, valid_until=job.passport.expires_on)
    key = new_key()
    made = issue_signer(
        state, name="DS", serial=2, public_key=key.public_key(), valid_from=today,
        valid_until=job.passport.expires_on, document_types=("P",),
    )  # fmt: skip
    files = chip_writing.write(
        job.passport.lines, chips.face_of(job.passport.chip), signer=file_signer(key, made),
        certificate=made.der, at=timezone.now(),
    )  # fmt: skip
    found = codes(papers.read_back(job, files=files))
    assert found & {"chip.csca.missing", "chip.chain.wrong"}


@pytest.mark.parametrize("name", ["EF.COM", "EF.SOD", "EF.DG1", "EF.DG2"])
def test_a_file_cut_short_or_missing_is_named(job, name):
    files = job.passport.chip.files
    short = papers.read_back(job, files={**files, name: files[name][:-9]})
    assert codes(short)
    gone = papers.read_back(job, files={each: files[each] for each in files if each != name})
    assert "chip.files" in codes(gone)
    assert Passport.objects.get(pk=job.passport_id).status == "in_making"


def test_hostile_files_end_in_a_sentence(job):
    for files in (
        {"EF.SOD": b"\x77" + b"\x84\xff\xff\xff\xff"},
        {"EF.SOD": b"\x30\x80" * 40_000},
        {"readme.txt": b"x"},
        {"EF.DG1": b"", "DG1.bin": b""},
    ):
        assert codes(papers.read_back(job, files=files))


def test_nobody_passes_what_she_has_not_looked_at(job):
    with pytest.raises(RuleBroken, match="Look at"):
        quality.check_quality(
            papers.controller(), job, zone=job.passport.zone, files=job.passport.chip.files,
            looked=False,
        )  # fmt: skip


def test_what_does_not_pass_is_rejected_by_the_controller_too(job):
    papers.read_back(job, zone="")
    making.fail_job(papers.controller(), job, reason="Unreadable")
    assert papers.again(job.passport).status == "spoiled"
    assert papers.application_of(job.passport).status == "approved"


def test_another_office_checks_nothing(job):
    with pytest.raises(NotAllowed):
        papers.read_back(job, papers.controller("Far", at=make.ABROAD))
