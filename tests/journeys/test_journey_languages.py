"""Russian and Kyrgyz: the booth speaks them, and every word has room on a small screen."""

import pytest
from playwright.sync_api import expect

from tests.journeys import people, travellers
from tests.journeys.browser import said

pytestmark = pytest.mark.journey

SMALL = {"width": 1024, "height": 768}


@pytest.mark.parametrize(("language", "name"), [("ru", "Русский"), ("ky", "Кыргызча")])
def test_the_booth_speaks_the_officers_language(somebody, language, name):
    visitor = somebody(screen=SMALL)
    visitor.at_the_booth(people.MEERIM)
    try:
        visitor.button(name).click()
        expect(visitor.page.locator("html")).to_have_attribute("lang", language)
        visitor.fits()
        for document, word in (
            (travellers.RIN, "Clear"),
            (travellers.EXPIRED, "Check"),
            (travellers.STOLEN, "Hold"),
        ):
            translated = said(word, language)
            assert translated != word
            visitor.scan(document, translated)
            visitor.fits()
    finally:
        visitor.button("English").click()
        expect(visitor.page.locator("html")).to_have_attribute("lang", "en")
