"""The stories themselves: does the watch that every visitor stands under see anything?"""

import pytest

pytestmark = pytest.mark.journey


def test_an_error_in_the_console_is_noticed(visitor):
    visitor.go("/_ui/")
    assert visitor.troubles == []
    visitor.page.evaluate("console.error('a script broke')")
    assert visitor.troubles == ["console: a script broke"]
    visitor.troubles.clear()


def test_an_inline_style_is_refused_and_noticed(visitor):
    visitor.go("/_ui/")
    visitor.page.evaluate("document.body.setAttribute('style', 'color: red')")
    assert "Content Security Policy" in " ".join(visitor.troubles)
    visitor.troubles.clear()


def test_a_request_to_another_host_is_noticed(visitor, safar):
    visitor.page.goto(safar.address.replace("127.0.0.1", "localhost") + "/_ui/")
    visitor.page.wait_for_load_state("networkidle")
    assert any(each.startswith("a request to http://localhost") for each in visitor.troubles)
    visitor.troubles.clear()
