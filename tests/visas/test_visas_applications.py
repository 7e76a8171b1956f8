"""Does an application pass two pairs of hands, and is it never decided before it is ready?"""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from safar.accounts.models import User
from safar.control.offices import actions as offices
from safar.control.offices.queries import placements
from safar.control.visas import actions, queries
from safar.control.visas.actions import Money
from safar.control.visas.applicant import applicant
from safar.control.visas.models import (
    Application,
    ApplicationMove,
    Paper,
    Screening,
    ScreeningMatch,
)
from safar.core.errors import DomainError, InvalidMove, NotAllowed, NotFound, RuleBroken
from safar.core.record import writing
from tests.makers import visas as make
from tests.makers import watchlist

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_from_the_public_page_to_the_grant_by_another_officer():
    application = make.prepared()
    assert application.prepared_by_name == "Kanat"
    done = actions.grant(make.consul(), application, terms=make.terms())
    assert (done.status, done.decided_by_name, done.granted_days) == ("granted", "Meerim", 20)
    moves = [move.move for move in queries.moves(done)]
    assert moves == ["grant", "prepare", "submit"]


def test_an_application_typed_at_the_consulate_passes_the_same_way():
    application = make.prepared(make.clerk())
    assert application.channel == "consulate"
    assert actions.grant(make.consul(), application, terms=make.terms()).status == "granted"


def test_who_prepared_it_cannot_decide():
    application = make.paid(make.sent())
    both = make.consul()
    actions.screen(both, application)
    prepared = actions.prepare(both, make.again(application))
    with pytest.raises(NotAllowed):
        actions.grant(both, prepared, terms=make.terms())
    with pytest.raises(NotAllowed):
        actions.refuse(both, make.again(prepared), grounds=["purpose"], reason="No.")
    done = actions.grant(make.consul("Other"), make.again(prepared), terms=make.terms())
    assert done.decided_by_name == "Other"


def test_who_typed_it_cannot_decide():
    application = make.prepared(make.consul())
    with pytest.raises(NotAllowed):
        actions.grant(make.consul(), application, terms=make.terms())


def test_who_sent_what_another_had_begun_cannot_decide():
    consul, begun = make.consul(), make.draft(make.clerk("Aizat"))
    actions.write_answers(consul, begun, answers=make.passport())
    actions.write_answers(consul, make.again(begun), answers=make.journey())
    make.papers(make.again(begun), consul, "photo", "passport", "ticket", "lodging")
    sent = make.paid(actions.submit(consul, make.again(begun)))
    actions.screen(make.clerk(), sent)
    waiting = actions.prepare(make.clerk(), make.again(sent))
    with pytest.raises(NotAllowed, match="You typed this application"):
        actions.grant(consul, waiting, terms=make.terms())
    assert actions.grant(make.consul("Ainura"), waiting, terms=make.terms()).status == "granted"


def test_a_clerk_cannot_decide():
    with pytest.raises(NotAllowed):
        actions.grant(make.clerk("Other"), make.prepared(), terms=make.terms())


def raw(statement: str, *values: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_the_database_refuses_the_preparer_as_decider_too():
    done = make.granted()
    with pytest.raises(IntegrityError):
        raw("UPDATE visas_application SET decided_by_id = prepared_by_id WHERE id = %s", done.pk)


def test_the_database_refuses_a_grant_that_nobody_prepared_or_decided():
    application = make.sent()
    statement = (
        "UPDATE visas_application SET status = 'granted', granted_from = arrives_on, "
        "granted_until = leaves_on, granted_days = 1, granted_entries = '1' WHERE id = %s"
    )
    with pytest.raises(IntegrityError):
        raw(statement, application.pk)


@pytest.mark.parametrize("table", ["applicationmove", "fee", "interview", "screening"])
def test_what_happened_is_never_changed_by_raw_sql(table):
    make.prepared()
    if table == "interview":
        actions.hold_interview(
            make.clerk(), Application.objects.get(), held_on=make.day(0), language="en", text="A."
        )
    with pytest.raises(DatabaseError):
        raw(f"UPDATE visas_{table} SET at = now()")


def test_nothing_is_prepared_before_fee_and_lists():
    application = make.sent()
    with pytest.raises(RuleBroken, match="fee is not paid"):
        actions.prepare(make.clerk(), application)
    make.paid(application)
    with pytest.raises(RuleBroken, match="lists are not asked"):
        actions.prepare(make.clerk(), make.again(application))
    actions.screen(make.clerk(), make.again(application))
    assert actions.prepare(make.clerk(), make.again(application)).status == "prepared"


def test_nothing_is_decided_before_it_is_prepared():
    application = make.paid(make.sent())
    actions.screen(make.clerk(), application)
    with pytest.raises(InvalidMove):
        actions.grant(make.consul(), make.again(application), terms=make.terms())


def test_a_paper_that_was_set_aside_is_missing_at_the_decision():
    application = make.prepared()
    paper = Paper.objects.get(application=application, kind="ticket")
    actions.set_aside_paper(make.clerk(), paper, reason="Another name stands on it.")
    with pytest.raises(RuleBroken, match="Ticket or booking"):
        actions.grant(make.consul(), make.again(application), terms=make.terms())


def test_more_is_asked_and_handed_in_and_it_is_prepared_anew():
    application = make.prepared()
    paper = Paper.objects.get(application=application, kind="ticket")
    actions.set_aside_paper(make.clerk(), paper, reason="Torn.")
    asked = actions.ask_more(make.clerk(), make.again(application), what="A whole ticket.")
    assert asked.prepared_by is None
    with pytest.raises(RuleBroken, match="Ticket"):
        actions.answer(applicant(), make.again(asked))
    actions.add_paper(
        applicant(), make.again(asked), kind="ticket", name="t.png", content=make.picture(seed=9)
    )
    assert actions.answer(applicant(), make.again(asked)).status == "submitted"
    assert ApplicationMove.objects.get(move="ask_more").note == "A whole ticket."


def test_an_application_is_not_sent_before_it_is_whole():
    application = make.filled()
    Paper.objects.filter(application=application, kind="photo")
    photo = Paper.objects.get(application=application, kind="photo")
    actions.remove_paper(applicant(), photo)
    with pytest.raises(RuleBroken, match="Photo of the face"):
        actions.submit(applicant(), make.again(application))


def test_a_passport_that_ends_too_soon_is_said_before_it_is_sent():
    application = make.filled(document={"document_expires_on": make.day(100)})
    with pytest.raises(RuleBroken, match="runs out on"):
        actions.submit(applicant(), application)


def test_the_database_refuses_an_application_that_is_sent_in_part():
    application = make.draft()
    with pytest.raises(IntegrityError):
        raw("UPDATE visas_application SET status = 'submitted' WHERE id = %s", application.pk)


def test_another_consulates_clerk_neither_sees_nor_touches_it():
    application = make.sent()
    make.consulate("DEL", "Delhi")
    stranger = make.clerk("Daria", at="DEL")
    assert list(queries.desk(stranger)) == []
    with pytest.raises(NotFound):
        queries.open_application(stranger, application.pk)
    with pytest.raises(NotAllowed):
        actions.screen(stranger, application)
    assert list(queries.desk(make.clerk())) == [application]
    assert list(queries.desk(make.headquarters())) == [application]


def test_a_placement_that_ended_shows_nothing_any_more():
    make.sent()
    kanat = make.clerk()
    placement = placements(make.headquarters()).get(user=kanat.user_id)
    offices.end_placement(make.headquarters(), placement)
    assert list(queries.desk(kanat)) == []


def test_nobody_places_herself():
    hq = make.headquarters()
    with pytest.raises(NotAllowed):
        offices.place_user(hq, make.consulate(), user=User.objects.get(username="Nurlan"))


def test_an_applicants_draft_is_nobody_elses_to_read():
    application = make.draft()
    for who in (make.clerk(), make.consul(), make.headquarters()):
        with pytest.raises(NotFound):
            queries.application(who, application.pk)


def test_the_applicant_touches_nothing_that_was_typed_at_a_consulate():
    application = make.filled(make.clerk())
    with pytest.raises(NotAllowed):
        actions.write_answers(applicant(), application, answers=make.passport())


def test_what_is_sent_is_not_changed_any_more():
    with pytest.raises(NotAllowed):
        actions.write_answers(applicant(), make.sent(), answers=make.passport())


def test_a_receipt_pays_one_application_only():
    make.paid(make.sent(), "R-1")
    other = make.sent(who=make.WHO)
    with pytest.raises(RuleBroken, match="recorded already"):
        actions.take_fee(make.clerk(), other, money=Money("paid", Decimal(50), "r-1"))


def test_what_was_given_back_is_not_paid():
    application = make.paid(make.sent())
    money = Money("returned", Decimal(50), "B-1", "Paid twice")
    actions.take_fee(make.clerk(), application, money=money)
    assert "fee" in queries.still(make.again(application))


def test_a_waiver_needs_a_reason():
    application = make.sent()
    with pytest.raises(RuleBroken):
        actions.take_fee(
            make.clerk(), application, money=Money("waived", application.fee_due or Decimal(0))
        )
    actions.take_fee(
        make.clerk(),
        application,
        money=Money("waived", application.fee_due or Decimal(0), reason="Child under six"),
    )
    assert queries.is_settled(make.again(application))


def listed(**fields: Any) -> None:
    watchlist.entry("PETROVA, Irina", births=("1994-08-22",), **fields)


def test_a_likeness_is_judged_by_a_consul_before_the_grant():
    listed()
    application = make.prepared()
    with pytest.raises(RuleBroken, match="likeness"):
        actions.grant(make.consul(), application, terms=make.terms())
    match = ScreeningMatch.objects.get()
    with pytest.raises(NotAllowed):
        actions.judge_match(make.clerk(), match, outcome="different", reason="Another face.")
    actions.judge_match(make.consul(), match, outcome="different", reason="Another face.")
    done = actions.grant(make.consul(), make.again(application), terms=make.terms())
    assert done.status == "granted"


def test_who_is_on_a_list_is_granted_with_a_reason_alone():
    listed()
    application = make.prepared()
    actions.judge_match(
        make.consul(), ScreeningMatch.objects.get(), outcome="same", reason="The same passport."
    )
    with pytest.raises(RuleBroken, match="all the same"):
        actions.grant(make.consul(), make.again(application), terms=make.terms())
    done = actions.grant(
        make.consul(), make.again(application), terms=make.terms(), reason="Court order 12."
    )
    assert done.decision_reason == "Court order 12."


def test_an_entry_that_came_since_the_lists_were_asked_stops_the_grant():
    application = make.prepared()
    listed()
    with pytest.raises(RuleBroken, match="lists have changed"):
        actions.grant(make.consul(), application, terms=make.terms())


def test_what_was_judged_holds_when_the_lists_are_asked_again():
    listed()
    application = make.paid(make.sent())
    actions.screen(make.clerk(), application)
    actions.judge_match(
        make.consul(), ScreeningMatch.objects.get(), outcome="different", reason="Another face."
    )
    again = actions.screen(make.clerk(), make.again(application))
    assert [match.outcome for match in again.matches.all()] == ["different"]


def test_a_discreet_entry_is_not_shown_to_the_clerk_and_stops_nobody():
    listed(instruction="inform", discreet=True)
    application = make.prepared()
    screening = Screening.objects.get()
    assert queries.matches(make.clerk(), screening) == []
    assert len(queries.matches(make.consul(), screening)) == 1
    assert actions.grant(make.consul(), application, terms=make.terms()).status == "granted"


def test_a_discreet_entry_of_after_the_look_is_kept_and_nobody_is_sent_to_ask_again():
    """To be told *ask again* and then to be shown nothing new would tell a clerk of it."""
    application = make.prepared()
    listed(instruction="inform", discreet=True)
    assert actions.grant(make.consul(), application, terms=make.terms()).status == "granted"
    kept = ScreeningMatch.objects.get(application=application)
    assert kept.discreet
    assert kept in ScreeningMatch.objects.visible_to(make.consul())
    assert kept not in ScreeningMatch.objects.visible_to(make.clerk())


def test_a_look_at_the_lists_grows_old():
    application = make.prepared()
    assert queries.last_screening(application)
    later = timezone.now() + timedelta(days=15)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: later)
        assert queries.last_screening(application) is None


@pytest.mark.parametrize(
    ("field", "value"),
    [("entries", "M"), ("days", 61), ("days", 0), ("last", make.day(200)), ("first", make.day(90))],
)
def test_nothing_wider_than_the_kind_is_granted(field, value):
    with pytest.raises(RuleBroken):
        actions.grant(make.consul(), make.prepared(), terms=make.terms(**{field: value}))


def test_a_refusal_names_its_grounds_and_says_why():
    application = make.prepared()
    with pytest.raises(RuleBroken):
        actions.refuse(make.consul(), application, grounds=[], reason="No.")
    with pytest.raises(RuleBroken):
        actions.refuse(make.consul(), application, grounds=["purpose"], reason=" ")
    done = actions.refuse(
        make.consul(), application, grounds=["purpose", "means"], reason="No invitation."
    )
    assert (done.status, done.grounds) == ("refused", ["purpose", "means"])


def test_the_database_refuses_a_refusal_without_grounds():
    done = actions.refuse(make.consul(), make.prepared(), grounds=["means"], reason="None.")
    with pytest.raises(IntegrityError):
        raw("UPDATE visas_application SET grounds = '{}' WHERE id = %s", done.pk)


def test_a_withdrawn_application_stands_still():
    application = actions.withdraw(applicant(), make.sent())
    assert application.status == "withdrawn"
    with pytest.raises(InvalidMove):
        actions.screen(make.clerk(), application)


def test_a_kind_with_an_interview_waits_for_it():
    make.kind("T", needs_interview=True)
    application = make.paid(make.sent())
    actions.screen(make.clerk(), application)
    with pytest.raises(RuleBroken, match="interview"):
        actions.prepare(make.clerk(), make.again(application))
    actions.hold_interview(
        make.clerk(), make.again(application), held_on=make.day(0), language="ru", text="Lake."
    )
    assert actions.prepare(make.clerk(), make.again(application)).status == "prepared"


def test_drafts_that_were_never_sent_go_after_thirty_days_and_nothing_else():
    old, new, done = make.filled(), make.draft(), make.sent()
    with writing():
        month_ago = timezone.now() - timedelta(days=31)
        Application.objects.filter(pk__in=[old.pk, done.pk]).update(changed_at=month_ago)
    assert actions.clear_drafts(make.SAFAR, None) == 1
    assert set(Application.objects.values_list("pk", flat=True)) == {new.pk, done.pk}
    assert not Paper.objects.filter(application_id=old.pk).exists()


def permit(**changes):
    return make.prepared(
        make.clerk("Typist"), kind_id="PW", entries_asked="M", inviter="A mine", **changes
    )


def permit_terms():
    return make.terms(entries="M", days=31)


def test_a_permit_takes_a_place_of_its_year():
    make.kind("PW")
    actions.set_quota(make.headquarters(), make.kind("PW"), year=make.day(30).year, places=1)
    first, second = permit(), permit()
    actions.grant(make.consul(), first, terms=permit_terms())
    with pytest.raises(RuleBroken, match="1 of 1"):
        actions.grant(make.consul(), second, terms=permit_terms())


def test_without_a_quota_there_is_no_place():
    with pytest.raises(RuleBroken, match="0 of 0"):
        actions.grant(make.consul(), permit(), terms=permit_terms())


def test_a_quota_is_not_set_below_what_is_given():
    make.kind("PW")
    year = make.day(30).year
    actions.set_quota(make.headquarters(), make.kind("PW"), year=year, places=2)
    actions.grant(make.consul(), permit(), terms=permit_terms())
    with pytest.raises(RuleBroken):
        actions.set_quota(make.headquarters(), make.kind("PW"), year=year, places=0)


def test_the_database_keeps_the_quota_whatever_python_says(monkeypatch):
    make.kind("PW")
    monkeypatch.setattr("safar.control.visas.actions.deciding._refuse_full", lambda *_: None)
    with pytest.raises(IntegrityError):
        actions.grant(make.consul(), permit(), terms=permit_terms())


def test_every_refusal_of_this_file_is_a_sentence():
    with pytest.raises(DomainError) as caught:
        actions.prepare(make.clerk(), make.sent())
    assert "Still to be done" in str(caught.value)
