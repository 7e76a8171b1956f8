"""Workers who invite at once never give away more places than there are."""

import pytest
from django.db import transaction

from safar.assistance.movements.actions import orientation
from tests.cases.test_money_at_once import (  # noqa: F401 - a fixture
    at_once,
    committed,
    value,
    without_guard,
)
from tests.makers import cases as kernel
from tests.makers import movements as make
from tests.makers.accounts import actor
from tests.makers.movements import orientation as taught
from tests.makers.movements.files import person

AT_ONCE = 5


def inviting_tasks(places=2):
    """Each worker invites her own family of one to the same session."""
    workers = [make.worker(f"720{n}") for n in range(AT_ONCE)]
    session = taught.session(workers[0], places=places)

    def task(worker, case, who):
        members = list(case.members.all())

        def run():
            with kernel.as_in_pages(worker):
                orientation.invite(who, case, session=session, members=members)

        return run

    with transaction.atomic():
        cases = [make.accepted(one, person()) for one in workers]
    return [task(one, case, actor(one)) for one, case in zip(workers, cases, strict=True)]


TAKEN = "SELECT count(*) FROM movements_attendance"


@pytest.mark.slow
def test_people_invited_at_once_never_are_more_than_the_places(committed):  # noqa: F811
    assert at_once(inviting_tasks()) == AT_ONCE - 2
    assert value(TAKEN) == 2


@pytest.mark.slow
def test_without_the_guard_of_the_database_they_would_be(committed):  # noqa: F811
    tasks = inviting_tasks()
    without_guard("movements_attendance", "movements_place_guard")
    assert at_once(tasks) == 0
    assert value(TAKEN) == AT_ONCE
