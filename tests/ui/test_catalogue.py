"""The catalogue: every component that pages may use is on it, with what it looks like when wrong."""

import re
from pathlib import Path

import pytest
from django.test import override_settings

from safar import ui

TEMPLATES = Path(ui.__file__).parent / "templates" / "ui"
# Parts of other components, and of the frame, which every page shows.
PARTS = {
    "brand", "choices", "error_summary", "field", "field_optional", "field_words", "fieldset",
    "form", "languages", "lock", "messages", "notices", "sign_out", "theme", "verdict",
}  # fmt: skip

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def page(client):
    return client.get("/_ui/").content.decode()


def test_every_component_is_shown():
    catalogue = (TEMPLATES / "catalogue.html").read_text()
    components = {path.stem for path in (TEMPLATES / "components").glob("*.html")}
    shown = set(re.findall(r"ui/components/(\w+)\.html", catalogue))
    assert components - PARTS == shown


@pytest.mark.parametrize("tone", ["clear", "check", "hold", "none"])
def test_there_is_a_verdict_of_each_kind(page, tone):
    assert f'class="verdict" data-tone="{tone}"' in page


def test_a_wrong_form_says_what_is_wrong_and_leads_there(page):
    summary = re.search(r'<div class="errors" id="wrong_errors".*?</div>', page, re.DOTALL)
    assert summary
    targets = re.findall(r'href="#([\w-]+)"', summary[0])
    assert len(targets) == 4
    assert all(f'id="{target}"' in page for target in targets)


def test_a_right_form_has_no_summary(page):
    assert 'id="right_errors"' not in page


def test_one_zone_is_right_and_one_is_wrong(page):
    right, wrong = re.findall(r'<div class="mrz".*?</div>', page, re.DOTALL)
    assert 'data-tone="hold"' not in right
    assert 'data-tone="hold"' in wrong


def test_no_id_stands_twice(page):
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert sorted(set(ids)) == sorted(ids)


def test_a_real_installation_does_not_serve_it(client):
    with override_settings(SAFAR_DEMO=False, DEBUG=False):
        assert client.get("/_ui/").status_code == 404
