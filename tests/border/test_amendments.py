"""Nothing is deleted: crossings are annulled and corrected by two people, and still shown."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from safar.control.border.actions import amending
from safar.control.border.choices import AmendmentKind
from safar.control.border.models import Amendment, Crossing
from safar.control.border.queries.crossings import movements
from safar.core.errors import InvalidMove, NotAllowed, RuleBroken
from safar.core.record import writing
from tests import cast
from tests.makers import border as make
from tests.makers.accounts import actor, audited, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
CORRECT = AmendmentKind.CORRECT


@pytest.fixture
def crossing() -> Crossing:
    return make.crossed(cast.aida(), make.document(), purpose="tourism")


def signed_in(who) -> Client:
    client = Client()
    sign_in(client, who)
    return client


class TestTwoPeople:
    def test_an_annulment_is_in_force_when_another_person_signs(self, crossing):
        proposed = make.propose(cast.aida(), crossing)
        assert movements([crossing.traveller_id])
        make.approve(cast.cholpon(), proposed)
        assert not movements([crossing.traveller_id])
        assert Crossing.objects.filter(pk=crossing.pk).exists()

    def test_who_proposed_does_not_sign(self, crossing):
        proposed = make.propose(cast.cholpon(), crossing)
        with pytest.raises(NotAllowed, match="second person"):
            make.approve(cast.cholpon(), proposed)
        proposed.refresh_from_db()
        assert proposed.status == "proposed"
        (refused,) = audited("border.approve_amendment", "refused")
        assert refused.details["policy"] == "second_person"

    def test_the_database_refuses_one_person_even_where_no_action_is_asked(self, crossing):
        proposed = make.propose(cast.cholpon(), crossing)
        one = {"decided_by": cast.cholpon(), "decided_at": timezone.now(), "status": "approved"}
        with (
            pytest.raises(IntegrityError, match="amendment_two_people"),
            transaction.atomic(),
            writing("border"),
        ):
            Amendment.objects.filter(pk=proposed.pk).update(**one)
        with writing("border"):  # another person may: the constraint is about who, not about all
            Amendment.objects.filter(pk=proposed.pk).update(**{**one, "decided_by": cast.bakyt()})

    def test_who_recorded_the_crossing_does_not_sign_its_amendment(self):
        crossing = make.crossed(cast.cholpon(), make.document())
        proposed = make.propose(cast.aida(), crossing)
        with pytest.raises(NotAllowed, match="recorded this crossing"):
            make.approve(cast.cholpon(), proposed)

    def test_an_officer_proposes_and_does_not_sign(self, crossing):
        proposed = make.propose(cast.bakyt(), crossing)
        with pytest.raises(NotAllowed):
            make.approve(cast.aida(), proposed)

    def test_a_leader_of_another_post_does_not_sign(self, crossing):
        proposed = make.propose(cast.aida(), crossing)
        with pytest.raises(NotAllowed, match="do not serve"):
            make.approve(make.leader(make.TORUGART), proposed)

    def test_it_is_decided_once(self, crossing):
        proposed = make.propose(cast.aida(), crossing)
        amending.decline_amendment(actor(cast.cholpon()), proposed)
        with pytest.raises(InvalidMove):
            make.approve(cast.cholpon(), proposed)
        assert movements([crossing.traveller_id])


class TestWhatMayBeProposed:
    def test_a_correction_keeps_before_and_after(self, crossing):
        changes = {"purpose": "work", "permitted_until": date(2027, 1, 5)}
        proposed = make.propose(cast.aida(), crossing, kind=CORRECT, changes=changes)
        assert proposed.changes["purpose"] == ["tourism", "work"]
        make.approve(cast.cholpon(), proposed)
        (move,) = movements([crossing.traveller_id])
        assert move.permitted_until == date(2027, 1, 5)
        crossing.refresh_from_db()
        assert crossing.purpose == "tourism"

    def test_a_second_correction_stands_on_the_first(self, crossing):
        first = make.propose(cast.aida(), crossing, kind=CORRECT, changes={"purpose": "work"})
        make.approve(cast.cholpon(), first)
        back = make.propose(cast.aida(), crossing, kind=CORRECT, changes={"purpose": "tourism"})
        assert back.changes == {"purpose": ["work", "tourism"]}

    def test_a_corrected_direction_counts_in_the_stay(self, crossing):
        changes = {"direction": "exit"}
        make.approve(
            cast.cholpon(), make.propose(cast.aida(), crossing, kind=CORRECT, changes=changes)
        )
        assert [move.direction for move in movements([crossing.traveller_id])] == ["exit"]

    @pytest.mark.parametrize(
        "changes",
        [
            {},
            {"purpose": "tourism"},
            {"post_id": "KG-TOR"},
            {"direction": "sideways"},
            {"purpose": "leisure"},
            {"permitted_until": "soon"},
        ],
    )
    def test_what_no_crossing_can_have_is_not_proposed(self, crossing, changes):
        with pytest.raises(RuleBroken):
            make.propose(cast.aida(), crossing, kind=CORRECT, changes=changes)
        assert not Amendment.objects.exists()

    def test_a_reason_is_needed(self, crossing):
        with pytest.raises(RuleBroken):
            make.propose(cast.aida(), crossing, reason="  ")

    def test_one_proposal_waits_at_a_time(self, crossing):
        make.propose(cast.aida(), crossing)
        with pytest.raises(InvalidMove, match="already waits"):
            make.propose(cast.bakyt(), crossing)

    def test_what_was_annulled_is_not_amended_again(self, crossing):
        make.approve(cast.cholpon(), make.propose(cast.aida(), crossing))
        with pytest.raises(InvalidMove, match="annulled already"):
            make.propose(cast.aida(), crossing)


class TestPages:
    def test_from_a_crossing_to_a_signature(self, crossing):
        aida, cholpon = signed_in(cast.aida()), signed_in(cast.cholpon())
        address = reverse("border:amendment_propose", args=[crossing.pk])
        at = {"at": crossing.crossed_at.isoformat()}
        shown = aida.get(address, at).content.decode()
        assert crossing.receipt in shown
        aida.post(
            f"{address}?at={crossing.crossed_at.isoformat().replace('+', '%2B')}",
            {"kind": "correct", "direction": "entry", "purpose": "work", "reason": "she said so"},
        )
        proposed = Amendment.objects.get()
        assert proposed.changes == {"purpose": ["tourism", "work"]} | {
            name: pair for name, pair in proposed.changes.items() if name != "purpose"
        }
        listed = cholpon.get(reverse("border:amendments")).content.decode()
        assert "she said so" in listed
        detail = cholpon.get(reverse("border:amendment", args=[proposed.pk])).content.decode()
        assert "<del>Tourism</del>" in detail
        assert "<ins>Work</ins>" in detail
        cholpon.post(reverse("border:amendment_approve", args=[proposed.pk]))
        proposed.refresh_from_db()
        assert (proposed.status, proposed.decided_by) == ("approved", cast.cholpon())

    def test_a_correction_that_changes_nothing_goes_back_to_the_form(self, crossing):
        answer = signed_in(cast.aida()).post(
            reverse("border:amendment_propose", args=[crossing.pk]),
            {"kind": "correct", "direction": "entry", "purpose": "tourism", "reason": "so",
             "permitted_until": f"{crossing.permitted_until:%d%m%Y}"},
        )  # fmt: skip
        assert answer.status_code == 422
        assert not Amendment.objects.exists()

    def test_the_proposer_is_shown_no_button_to_sign(self, crossing):
        proposed = make.propose(cast.cholpon(), crossing)
        address = reverse("border:amendment", args=[proposed.pk])
        sign = reverse("border:amendment_approve", args=[proposed.pk])
        assert sign not in signed_in(cast.cholpon()).get(address).content.decode()
        assert sign in signed_in(make.leader()).get(address).content.decode()

    def test_an_officer_of_another_post_finds_neither_crossing_nor_amendment(self, crossing):
        proposed = make.propose(cast.aida(), crossing)
        daniyar = signed_in(cast.daniyar())
        propose = reverse("border:amendment_propose", args=[crossing.pk])
        assert daniyar.get(propose).status_code == 404
        assert daniyar.get(reverse("border:amendment", args=[proposed.pk])).status_code == 404
        assert "wrong direction" not in daniyar.get(reverse("border:amendments")).content.decode()
        approve = reverse("border:amendment_approve", args=[proposed.pk])
        assert signed_in(make.leader(make.TORUGART)).post(approve).status_code == 404

    def test_who_has_no_permission_is_told_so(self, crossing):
        address = reverse("border:amendment_propose", args=[crossing.pk])
        assert signed_in(cast.gulnara()).get(address).status_code == 403
        proposed = make.propose(cast.bakyt(), crossing)
        approve = reverse("border:amendment_approve", args=[proposed.pk])
        assert signed_in(cast.aida()).post(approve).status_code == 403

    def test_another_moment_than_the_crossings_finds_nothing(self, crossing):
        address = reverse("border:amendment_propose", args=[crossing.pk])
        aida = signed_in(cast.aida())
        for at in ("2020-01-01T00:00:00Z", "yesterday", "2020-99-99T00:00:00Z"):
            assert aida.get(address, {"at": at}).status_code == 404

    def test_looking_at_a_crossing_is_on_record(self, crossing):
        signed_in(cast.aida()).get(reverse("border:amendment_propose", args=[crossing.pk]))
        assert [row.target for row in audited("border.propose_amendment", "opened")] == [
            f"Crossing:{crossing.pk}"
        ]
