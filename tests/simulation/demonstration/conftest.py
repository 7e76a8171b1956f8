"""The small demonstration that the tests of this folder look at together."""

import pytest
from django.utils import timezone

from safar.simulation import demo, loading
from safar.simulation.world import Scale
from tests import worlds
from tests.makers.reference import load_reference

SMALL = Scale(travellers=400, days=40, crossings_per_day=None, last_day=timezone.now().date())
LAST = "A mission's year of movements"


@pytest.fixture(scope="package")
def two_years(django_db_setup, django_db_blocker):
    """The demonstration up to its year of movements: each step, and what it said that it did."""
    with pytest.MonkeyPatch.context() as patched, worlds.standing(django_db_blocker) as make:
        patched.setattr(demo, "today_scale", lambda: SMALL)
        yield make(to_the_year_of_movements)


@pytest.fixture(scope="module")
def small_demo(two_years, made_once):
    """The whole demonstration."""
    return made_once(lambda: two_years | done(list(demo.steps())[len(two_years) :]))


def to_the_year_of_movements() -> dict[str, str]:
    load_reference()
    steps = list(demo.steps())
    return done(steps[: [name for name, _ in steps].index(LAST) + 1])


def done(steps) -> dict[str, str]:
    return {name: step(loading.quiet) for name, step in steps}
