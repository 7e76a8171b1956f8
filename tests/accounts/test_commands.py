"""`safar users add`: the first accounts, asked for their password and never told it."""

import pytest
from click.testing import CliRunner, Result

from safar.accounts.commands import users
from safar.accounts.models import User
from tests.makers.accounts import PASSWORD, actor, audited

pytestmark = pytest.mark.django_db


def add(username: str, password: str = PASSWORD, role: str = "administrator") -> Result:
    options = ["--name", "First", "--role", role, "--agency", "GBS", "--agency-name", "Border"]
    typed = f"{password}\n{password}\n"
    return CliRunner().invoke(users, ["add", username, *options], input=typed)


def test_the_first_two_administrators_are_added_and_no_third() -> None:
    assert [add(name).exit_code for name in ("one", "two", "three")] == [0, 0, 1]
    one = User.objects.get(username="one")
    assert actor(one).roles == {"administrator"}
    assert one.check_password(PASSWORD)
    assert not User.objects.filter(username="three").exists()
    assert [row.actor_name for row in audited("accounts.appoint_first")] == [
        "safar:command line"
    ] * 2


def test_a_refusal_says_what_to_do_and_leaves_nothing_behind() -> None:
    add("one")
    add("two")
    result = add("three", role="auditor")
    assert "page" in result.output
    assert User.objects.count() == 2


def test_a_weak_password_is_refused() -> None:
    result = add("one", password="short")
    assert result.exit_code == 1
    assert not User.objects.exists()


def test_the_password_is_never_an_option() -> None:
    assert not any("password" in parameter.name for parameter in users.commands["add"].params)
    assert PASSWORD not in add("one").output
