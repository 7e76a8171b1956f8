"""What the stories stand on: a running Safar of their own, and a browser."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from pytest_django.plugin import DjangoDbBlocker

from tests.journeys import installation
from tests.journeys.browser import Visitor
from tests.journeys.installation import Installation

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
SCREEN = {"width": 1366, "height": 768}
Enters = Callable[..., Visitor]


@pytest.fixture(scope="session")
def safar(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: DjangoDbBlocker
) -> Iterator[Installation]:
    """An installation with its own database, filled and served."""
    with django_db_blocker.unblock():
        address = installation.create()
    installation.fill(address)
    log = tmp_path_factory.mktemp("safar") / "server.log"
    with installation.serve(address, log) as served:
        yield Installation(served, address)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
    expect.set_options(timeout=10_000)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def visitors(safar: Installation, browser: Browser) -> Iterator[list[Visitor]]:
    """Everybody who came in a story; afterwards none of them may have met with trouble."""
    came: list[Visitor] = []
    yield came
    for visitor in came:
        visitor.context.close()
    for visitor in came:
        assert not visitor.troubles, visitor.troubles
        assert not visitor.answers, f"Safar answered {visitor.answers}"


@pytest.fixture
def somebody(
    safar: Installation, browser: Browser, visitors: list[Visitor], request: pytest.FixtureRequest
) -> Iterator[Enters]:
    """Opens a browser for one more person: `somebody(javascript=False, screen=…, theme="dark")`."""

    def enters(
        *, javascript: bool = True, screen: dict[str, int] | None = None, theme: str = "light"
    ) -> Visitor:
        context = browser.new_context(
            viewport=screen or SCREEN,  # type: ignore[arg-type]
            java_script_enabled=javascript,
            color_scheme=theme,  # type: ignore[arg-type]
            locale="en-GB",
        )
        context.set_default_timeout(10_000)
        visitors.append(Visitor(context, safar.address))
        return visitors[-1]

    yield enters
    if os.environ.get("SAFAR_SHOTS"):
        for number, visitor in enumerate(visitors):
            name = f"{request.node.name}-{number}.png"
            visitor.page.screenshot(path=Path(os.environ["SAFAR_SHOTS"]) / name, full_page=True)
            visitor.troubles = [each for each in visitor.troubles if "style" not in each]


@pytest.fixture
def visitor(somebody: Enters) -> Visitor:
    return somebody()
