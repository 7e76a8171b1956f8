"""Is somebody in the register under another name? Found, judged by another, and blocking till then."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from safar.control.passports import actions, queries
from safar.control.passports.actions import Asked
from safar.control.passports.models import Application, Holder, IdentityMatch
from safar.control.passports.queries import identity
from safar.control.passports.rules.identity import Someone, birth_keys, births, compare
from safar.control.travellers.models import TravelDocument, Traveller
from safar.core.errors import NotAllowed, RuleBroken
from safar.core.record import writing
from safar.lib.partial_dates import PartialDate
from tests.makers import passports as make

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
OTHER_NUMBER = "12208199400999"
AGAIN = Asked("expired", "KGZ", "AC1234567")


def raw(statement: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def second(**changes: Any) -> Application:
    """Somebody who applies after Toktogulova was given a passport."""
    make.approved(seed=7)
    given = {"personal_number": OTHER_NUMBER, "name_written": ""}
    return make.looked(person=make.who(**given | changes), seed=900)


@pytest.mark.parametrize(
    "changes",
    [
        {"surname": "TOKTOGULOVA", "given_names": "AYGUL"},
        {"surname": "TOKTOGULLOVA", "given_names": "AIGUL"},
        {"surname": "SADYKOVA", "former_names": ("Токтогулова Айгуль",), "birth_place": "Talas"},
        {"surname": "SADYKOVA"},  # the same given name, birthday and birthplace
        {"surname": "SADYKOVA", "given_names": "MEERIM", "personal_number": "12208199400111"},
    ],
    ids=["spelling", "letter", "maiden name in Cyrillic", "undeclared marriage", "number"],
)
def test_a_second_identity_is_found_and_blocks_the_approval_until_it_is_judged(changes):
    application = second(**changes)
    match = IdentityMatch.objects.get(application=application)
    assert match.outcome == ""
    checked = actions.check(make.clerk(), application)
    assert queries.still_to_approve(checked) == ["matches"]
    with pytest.raises(RuleBroken, match="likeness to another holder"):
        actions.approve(make.approver(), checked, reason="Fine")
    actions.judge_identity(make.approver(), match, outcome="another", reason="Other face")
    assert actions.approve(make.approver(), checked, reason="Fine").status == "approved"


@pytest.mark.parametrize(
    "changes",
    [
        {"birth": PartialDate(1994, 8, 23)},
        {"birth": PartialDate(1971, 8, 22)},
        {"surname": "BEKOVA", "given_names": "NURGUL"},
        {"surname": "SADYKOVA", "birth_place": "Talas"},
    ],
    ids=["next day", "another year", "another name", "given name alone"],
)
def test_an_honest_namesake_is_not_stopped(changes):
    assert not IdentityMatch.objects.filter(application=second(**changes)).exists()


def test_the_same_photo_under_another_name_is_found():
    make.approved(seed=7)
    other = make.who(surname="BEKOVA", given_names="NURGUL", birth=PartialDate(1980, 1, 2),
                     personal_number="", name_written="")  # fmt: skip
    application = make.looked(person=other, seed=7)
    match = IdentityMatch.objects.get(application=application)
    assert match.reasons[0]["code"] == "photo"


def test_day_and_month_changed_about_are_found():
    make.approved(person=make.who(birth=PartialDate(1994, 8, 5), personal_number=""), seed=7)
    application = make.looked(
        person=make.who(birth=PartialDate(1994, 5, 8), personal_number=""), seed=900
    )
    assert IdentityMatch.objects.filter(application=application).count() == 1


def test_a_year_alone_is_compared_with_whole_dates():
    application = second(birth=PartialDate(1994))
    assert IdentityMatch.objects.filter(application=application).count() == 1


def test_the_database_refuses_an_approval_over_an_open_likeness():
    checked = actions.check(make.clerk(), second(given_names="AYGUL"))
    with writing("passports"):
        holder = Holder.objects.create(added_at=timezone.now())
    statement = (
        "UPDATE passports_application SET status = 'approved', decided_at = now(), "
        "decided_by_id = %s, decided_by_name = 'Sabyr', holder_id = %s WHERE id = %s"
    )
    values = (make.approver().user_id, holder.pk, checked.pk)
    with pytest.raises(IntegrityError, match="likeness"):
        raw(statement, *values)
    make.judged(checked)
    raw(statement, *values)
    assert make.again(checked).status == "approved"


def test_the_database_refuses_an_approval_for_whom_nobody_looked():
    unseen = make.paid(make.sent())
    with writing("passports"):
        holder = Holder.objects.create(added_at=timezone.now())
    statement = (
        "UPDATE passports_application SET status = 'approved', checked_at = now(), "
        "checked_by_id = %s, checked_by_name = 'Burul', decided_at = now(), "
        "decided_by_id = %s, decided_by_name = 'Sabyr', holder_id = %s WHERE id = %s"
    )
    checker = make.clerk("Cholpon").user_id
    values = (checker, make.approver().user_id, holder.pk, unseen.pk)
    with pytest.raises(IntegrityError, match="nobody looked"):
        raw(statement, *values)
    actions.check_identity(make.clerk(), unseen)
    raw(statement, *values)


def test_who_typed_it_does_not_judge_it():
    officer = make.approver("Nurbek")
    make.approved(seed=7)
    application = make.looked(officer, person=make.who(personal_number=""), seed=900)
    match = IdentityMatch.objects.get(application=application)
    with pytest.raises(NotAllowed, match="You typed"):
        actions.judge_identity(officer, match, outcome="another", reason="Mine")
    actions.judge_identity(make.approver(), match, outcome="another", reason="Other face")
    with pytest.raises(IntegrityError):
        raw(
            "UPDATE passports_identitymatch SET judged_by_id = %s WHERE id = %s",
            officer.user_id, match.pk,
        )  # fmt: skip


def test_what_is_suspected_is_judged_by_headquarters_alone():
    application = second(given_names="AYGUL")
    match = IdentityMatch.objects.get(application=application)
    actions.judge_identity(make.approver(), match, outcome="suspected", reason="The same ear")
    checked = actions.check(make.clerk(), make.again(application))
    assert "matches" in queries.still_to_approve(checked)
    with pytest.raises(NotAllowed, match="headquarters"):
        actions.judge_identity(make.approver(), match, outcome="another", reason="No")
    actions.clear_suspicion(make.head(), match, outcome="another", reason="Twins")
    assert queries.still_to_approve(checked) == []


def test_the_same_person_hangs_together_under_every_name_she_bore():
    first = make.approved(seed=7)
    renamed = make.looked(
        person=make.who(surname="SADYKOVA", former_names=("Токтогулова Айгуль",)),
        asked=Asked("changed_name", "KGZ", "AC1234567"), kind="card", seed=900,
    )  # fmt: skip
    renamed = make.judged(actions.check(make.clerk(), renamed), "same")
    done = actions.approve(make.approver(), renamed, reason="Married")
    assert done.holder == first.holder
    # Under the new name alone she is found by the old one too: the holder bears both.
    third = make.looked(
        person=make.who(name_written="", personal_number="", birth_place="Talas"),
        kind="card",
        seed=901,
    )
    match = IdentityMatch.objects.get(application=third)
    assert match.other is not None
    assert match.other.holder == first.holder


def test_a_person_holds_one_of_a_kind_unless_a_second_is_allowed():
    make.approved(seed=7)
    one_more = make.judged(make.checked(person=make.WHO, asked=AGAIN, seed=8), "same")
    assert queries.still_to_approve(one_more) == ["holds_one"]
    with pytest.raises(RuleBroken, match="on its way"):
        actions.approve(make.approver(), one_more, reason="Fine")
    why = Asked("second", second_reason="Her work sends her to two states at odds")
    allowed = make.judged(make.checked(person=make.WHO, asked=why, seed=9), "same")
    assert actions.approve(make.approver(), allowed, reason="Her work").status == "approved"


def test_the_database_refuses_two_of_a_kind_on_their_way():
    first = make.approved(seed=7)
    other = make.approved("another", seed=8)
    assert other.holder != first.holder
    with pytest.raises(IntegrityError):
        raw(
            "UPDATE passports_application SET holder_id = %s WHERE id = %s",
            first.holder_id, other.pk,
        )  # fmt: skip


def test_what_is_corrected_is_looked_for_and_judged_again():
    application = make.judged(second(given_names="AYGUL"))
    asked = actions.ask_more(make.clerk(), application, what="Your true birthplace")
    fixed = make.who(personal_number=OTHER_NUMBER, name_written="", given_names="AIGUL")
    actions.write_answers(make.clerk(), asked, answers=fixed)
    assert identity.last_check(make.again(asked)) is None
    actions.check_identity(make.clerk(), make.again(asked))
    assert IdentityMatch.objects.get(application=application).outcome == ""


def test_a_judgement_holds_on_when_nothing_has_changed():
    application = make.judged(second(given_names="AYGUL"))
    actions.check_identity(make.clerk(), application)
    assert IdentityMatch.objects.get(application=application).outcome == "another"


def test_somebody_who_came_after_the_look_is_found_at_the_approval():
    checked = make.checked(seed=7)
    make.sent(person=make.who(given_names="AYGUL", personal_number=""), seed=900)
    with pytest.raises(RuleBroken, match="come to the register since"):
        actions.approve(make.approver(), checked, reason="Fine")


def document(**facts: Any) -> TravelDocument:
    given = {
        "kind": "P", "issuer": "UTO", "number": "U1", "nationality": "UTO",
        "surname": "TOKTOGULOVA", "given_names": "AIGUL", "name_key": "aigul tuktugulova",
        "birth": PartialDate(1994, 8, 22), "sex": "F", "first_seen_at": timezone.now(),
    }  # fmt: skip
    from safar.lib.names import fold

    given |= facts
    given["name_key"] = fold(f"{given['surname']} {given['given_names']}")
    with writing("travellers"):
        traveller = Traveller.objects.create(added_at=timezone.now())
        return TravelDocument.objects.create(traveller=traveller, **given)


def test_a_document_of_another_state_that_she_showed_at_a_border_is_found():
    shown = document()
    application = make.looked()
    match = IdentityMatch.objects.get(application=application)
    assert (match.document, match.found_in) == (shown, "border")


def test_her_own_earlier_passport_shown_at_a_border_stops_nothing():
    document(issuer="KGZ", nationality="KGZ", personal_number=make.WHO.personal_number)
    assert not IdentityMatch.objects.filter(application=make.looked()).exists()


def test_her_number_under_another_name_at_a_border_is_found():
    document(
        issuer="KGZ", nationality="KGZ", personal_number=make.WHO.personal_number,
        surname="BEKOVA", given_names="NURGUL",
    )  # fmt: skip
    assert IdentityMatch.objects.filter(application=make.looked()).count() == 1


def broken(_one: bytes, _other: bytes) -> float:
    raise MemoryError


def test_faces_are_compared_by_a_program_that_is_set_and_never_decide(settings):
    assert not settings.SAFAR_FACE_COMPARISON
    settings.SAFAR_FACE_COMPARISON = f"{__name__}.faces"
    application = second(given_names="AYGUL")
    match = IdentityMatch.objects.get(application=application)
    assert (match.face_score, match.outcome) == (0.97, "")
    settings.SAFAR_FACE_COMPARISON = f"{__name__}.broken"
    actions.check_identity(make.clerk(), application)
    match.refresh_from_db()
    assert match.face_score is None


def faces(one: bytes, other: bytes) -> float:
    assert one.startswith(b"\xff\xd8")
    assert other.startswith(b"\xff\xd8")
    return 0.97


def test_without_a_program_no_face_is_compared():
    match = IdentityMatch.objects.get(application=second(given_names="AYGUL"))
    assert match.face_score is None


@pytest.mark.parametrize(
    ("one", "other", "word"),
    [
        ((1994, 8, 22), (1994, 8, 22), "same"),
        ((1994, 8, 22), (1994,), "partly"),
        ((1994, 8, 5), (1994, 5, 8), "swapped"),
        ((1994, 8, 22), (1994, 8, 23), "other"),
    ],
)
def test_how_two_births_stand_to_each_other(one, other, word):
    assert births(PartialDate(*one), PartialDate(*other)) == word
    assert births(PartialDate(*other), PartialDate(*one)) == word
    assert births(PartialDate(*one), None) == "unknown"


def test_the_births_that_are_looked_up_are_all_that_may_agree():
    assert "1994-05-08" in birth_keys(PartialDate(1994, 8, 5))
    assert birth_keys(PartialDate(1994, 8, 22)) == ["1994", "1994-08", "1994-08-22"]
    assert len(birth_keys(PartialDate(1994))) == 1 + 12 + 12 * 31


def test_two_strangers_make_no_pair():
    one = Someone(("PETROVA, IRINA",), birth=PartialDate(1990, 1, 1))
    assert compare(one, Someone(("BEKOV, NURLAN",), birth=PartialDate(1990, 1, 1))) is None
    assert compare(one, Someone(("ПЕТРОВА, ИРИНА",), birth=PartialDate(1990, 1, 1))) is not None
