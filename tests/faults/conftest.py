"""What every fault test reports: figures, printed at the end whether it passed or not."""

import shutil

import pytest

from tests import database
from tests.faults import ground, processes
from tests.faults.ground import Ground

FIGURES = pytest.StashKey[list[str]]()


@pytest.fixture
def report(request: pytest.FixtureRequest):
    """Call it with a line of figures; all lines are printed at the end of the run."""
    lines = request.config.stash.setdefault(FIGURES, [])

    def add(line: str) -> None:
        lines.append(f"{request.node.name}: {line}")

    return add


def pytest_terminal_summary(terminalreporter, config: pytest.Config) -> None:
    lines = config.stash.get(FIGURES, [])
    if lines:
        terminalreporter.section("figures")
        for line in lines:
            terminalreporter.write_line(line)


@pytest.fixture(scope="session")
def template(django_test_environment, django_db_blocker):
    """A stopped PostgreSQL with Safar's tables, reference data and officers."""
    processes.adopt_orphans()
    folder = ground.new_folder()
    with django_db_blocker.unblock():
        tables = database.address(database.template())
    yield ground.make_template(folder, tables)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def new_ground(template):
    """Call it with PostgreSQL settings: a private Safar, served; gone after the test."""
    made: list[Ground] = []

    def make(**settings: str) -> Ground:
        made.append(Ground(template, ground.new_folder(), settings))
        return made[-1]

    yield make
    for one in made:
        one.remove()
