"""Accounts: added, changed, closed, and what a temporary password is good for."""

import pytest
from django.test import Client
from django.urls import reverse

from safar.accounts import actions
from safar.accounts.actions import FirstAccount, Particulars
from safar.accounts.models import Agency, Posting, User
from safar.accounts.queries import users
from safar.core.errors import NotAllowed, RuleBroken
from safar.core.permissions import system
from tests import cast
from tests.makers.accounts import PASSWORD, actor, agency, audited, authenticator_app, post, sign_in
from tests.makers.accounts import user as make_user

pytestmark = pytest.mark.django_db


def particulars(**changes: object) -> Particulars:
    given = {"full_name": "Osmonova Zarina", "agency": agency(), "post_codes": (post().code,)}
    return Particulars(**{**given, **changes})  # type: ignore[arg-type]


def added(username: str = "7002") -> User:
    return actions.add_user(
        actor(cast.husan()), None, username=username, password=PASSWORD, particulars=particulars()
    )


def test_a_new_user_has_no_role_serves_at_her_post_and_must_choose_a_password() -> None:
    user = added()
    assert actor(user).roles == frozenset()
    assert actor(user).post_codes == {post().code}
    assert user.password_is_temporary


def test_a_service_number_is_given_once_whatever_its_case() -> None:
    added("zarina")
    with pytest.raises(RuleBroken):
        added("Zarina")


def test_changing_a_user_moves_her_to_other_posts() -> None:
    user = added()
    torugart = post("KG-TOR")
    moved = particulars(post_codes=(torugart.code,), rank="Lt")
    actions.change_user(actor(cast.irina()), user, particulars=moved)
    assert actor(user).post_codes == {torugart.code}
    assert str(User.objects.get(pk=user.pk)) == "Lt Osmonova Zarina"


def test_nobody_changes_or_closes_her_own_account() -> None:
    with pytest.raises(NotAllowed):
        actions.change_user(actor(cast.husan()), cast.husan(), particulars=particulars())
    with pytest.raises(NotAllowed):
        actions.close_user(actor(cast.husan()), cast.husan())


def test_closing_ends_every_role_and_opening_again_gives_none_back() -> None:
    aida = cast.aida()
    actions.close_user(actor(cast.husan()), aida)
    actions.reopen_user(actor(cast.husan()), aida)
    assert actor(aida).roles == frozenset()
    assert User.objects.get(pk=aida.pk).is_active


def test_an_administrator_cannot_become_another_through_a_new_password() -> None:
    with pytest.raises(NotAllowed) as refused:
        actions.reset_password(actor(cast.husan()), cast.irina(), password="stolen-by-husan-1")
    assert refused.value.data["policy"] == "no_way_round_two_people"
    assert User.objects.get(pk=cast.irina().pk).check_password(PASSWORD)


def test_a_second_factor_stands_in_the_way_so_the_password_may_be_set() -> None:
    """The negative control of the test before."""
    authenticator_app(cast.irina())
    actions.reset_password(actor(cast.husan()), cast.irina(), password="handed-over-1234")
    assert User.objects.get(pk=cast.irina().pk).password_is_temporary


def test_those_without_the_permission_see_only_themselves() -> None:
    cast.bakyt()
    assert list(users(actor(cast.aida()))) == [cast.aida()]
    assert cast.bakyt() in users(actor(cast.jamila()))


def test_only_administrators_add_users() -> None:
    with pytest.raises(NotAllowed):
        actions.add_user(
            actor(cast.jamila()), None, username="x", password=PASSWORD, particulars=particulars()
        )
    assert [row.actor_id for row in audited("accounts.add_user", "refused")] == [cast.jamila().pk]


def first(username: str, role: str = "administrator") -> User:
    account = FirstAccount(username, PASSWORD, f"First {username}", "GBS")
    return actions.appoint_first(
        system("command line"), None, account=account, role=role, agency_name="Border service"
    )


def test_the_command_line_appoints_until_there_are_two_administrators() -> None:
    assert actor(first("one")).may("accounts.propose_role")
    first("two")
    assert Agency.objects.get().name == "Border service"
    with pytest.raises(NotAllowed):
        first("three", "auditor")
    assert len(audited("accounts.appoint_first")) == 2
    assert len(audited("accounts.appoint_first", "refused")) == 1


def test_no_role_appoints_past_the_two_people() -> None:
    account = FirstAccount("four", PASSWORD, "Fourth", "GBS")
    with pytest.raises(NotAllowed):
        actions.appoint_first(
            actor(make_user("solo", "administrator")),
            None,
            account=account,
            role="administrator",
            agency_name="Border service",
        )


@pytest.mark.slow
def test_a_temporary_password_opens_nothing_but_the_page_to_change_it(client: Client) -> None:
    user = added()
    sign_in(client, user)
    page = reverse("account_change_password")
    assert client.get(reverse("accounts:own")).headers["Location"] == page
    new = "a-password-of-my-own-9"
    data = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    assert client.post(page, data).status_code == 302
    assert client.get(reverse("accounts:own")).status_code == 200
    assert len(audited("accounts.password_changed")) == 1


def test_postings_are_not_doubled_by_saving_twice() -> None:
    user = added()
    actions.change_user(actor(cast.husan()), user, particulars=particulars())
    assert Posting.objects.filter(user=user).count() == 1
