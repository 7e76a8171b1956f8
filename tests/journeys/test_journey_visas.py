"""A visa from the public page to the booth: granted by two, sealed, used once, never copied.

And at a post that is cut off: what was revoked an hour ago is caught by the list that it has.
"""

import io
import re
from datetime import timedelta
from pathlib import Path

import psycopg
import pypdfium2
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from safar.lib.seal import barcode
from tests.journeys import consular, installation, people
from tests.journeys.browser import Visitor, said
from tests.journeys.travellers import passport
from tests.makers.visas import picture

pytestmark = pytest.mark.journey
PRIYA = passport("SHARMA", "PRIYA", "Z4481931", "IND")
OTHER = passport("SHARMA", "PRIYA", "Z4481932", "IND")  # another passport, with the photocopy
STOLEN = passport("GUPTA", "RAVI", consular.STOLEN_BLANK, "IND", sex="M")


def test_a_visa_is_applied_for_in_russian_decided_by_two_and_used_once(somebody):
    applicant, clerk, consul, booth = (somebody() for _ in range(4))
    reference = apply(applicant)

    clerk.sign_in(people.KALYBEK)
    prepare(clerk, reference)
    consul.sign_in(people.AINURA)
    grant(consul, reference)
    sealed = issue(clerk)
    ask_how_it_stands(applicant, reference)

    booth.at_the_booth(people.CHYNARA)
    booth.scan(PRIYA, "Check")
    expect(booth.page.get_by_text("need a visa").first).to_be_visible()
    read(booth, sealed)
    expect(booth.verdict).to_have_text("Clear")
    booth.fits()
    booth.shot("visa-clear")
    booth.press_until("Enter", booth.receipt)

    booth.scan(PRIYA, "Check")
    read(booth, sealed)
    expect(booth.verdict).to_have_text("Hold")
    expect(booth.page.get_by_text(re.compile("used")).first).to_be_visible()

    booth.go("/booth/")
    booth.scan(OTHER, "Check")
    read(booth, sealed)
    expect(booth.verdict).to_have_text("Hold")
    expect(booth.page.get_by_text(re.compile("another (passport|document)")).first).to_be_visible()
    booth.shot("visa-photocopy")

    booth.go("/booth/")
    booth.scan(STOLEN, "Hold")
    expect(booth.page.get_by_text(re.compile("stolen batch|batch")).first).to_be_visible()


def test_a_post_that_is_cut_off_catches_what_was_revoked_by_the_list_it_has(
    somebody, safar, tmp_path: Path
):
    sealed = {
        number: seal_of(safar.database, number)
        for number in (consular.GOOD, consular.REVOKED, consular.SINCE)
    }
    log = tmp_path / "post.log"
    with installation.serve(safar.database, log, SAFAR_VISA_REGISTER="list") as address:
        booth = somebody()
        booth.address = address
        booth.at_the_booth(people.DOOLOT)
        expect(booth.page.get_by_text(re.compile("1 h ago"))).to_be_visible()
        booth.scan(passport("RAO", "ANIL", consular.GOOD, "IND", sex="M"), "Check")
        read(booth, sealed[consular.GOOD])
        expect(booth.verdict).to_have_text("Clear")
        booth.go("/booth/")
        booth.scan(passport("MEHTA", "ANIL", consular.REVOKED, "IND", sex="M"), "Check")
        read(booth, sealed[consular.REVOKED])
        expect(booth.verdict).to_have_text("Hold")
        expect(booth.page.get_by_text(re.compile("revoked")).first).to_be_visible()
        booth.shot("visa-revoked")
        # The control: of what was revoked since, a post that is cut off can know nothing.
        booth.go("/booth/")
        booth.scan(passport("IYER", "ANIL", consular.SINCE, "IND", sex="M"), "Check")
        read(booth, sealed[consular.SINCE])
        expect(booth.verdict).to_have_text("Clear")


def apply(applicant: Visitor) -> str:
    """Five steps on the public page, in Russian; the reference at the end."""
    page = applicant.page
    applicant.go("/visas/apply/")
    applicant.button("Русский").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(said("Apply for a visa", "ru"))
    applicant.fits()
    applicant.go("/visas/apply/who/")
    with applicant.answered(422):
        onward(applicant)
        expect(page.get_by_role("alert")).to_be_focused()  # what is missing is read out first
    fill(
        applicant, surname="SHARMA", given_names="PRIYA", birth="12.04.1990", phone="+91 11 555 01"
    )
    page.locator("[name=sex][value=F]").check()
    page.locator("[name=nationality]").select_option("IND")
    onward(applicant)
    reference = page.locator("dd.code").first.inner_text()
    onward(applicant)

    today = timezone.localdate()
    fill(
        applicant,
        document_number=PRIYA.number,
        document_issued_on=f"30.06.{today.year - 2}",
        document_expires_on=f"{PRIYA.expiry:%d.%m.%Y}",
    )
    page.locator("[name=document_kind]").select_option("P")
    page.locator("[name=issuer]").select_option("IND")
    onward(applicant)

    last = today + timedelta(days=10)
    fill(applicant, purpose="To see the lake", arrives_on=f"{today:%d.%m.%Y}",
         leaves_on=f"{last:%d.%m.%Y}")  # fmt: skip
    page.locator("[name=kind]").select_option("T")
    page.locator("[name=consulate]").select_option("IST")
    page.locator("[name=entries_asked][value='1']").check()
    onward(applicant)

    add_papers(applicant)
    applicant.go("/visas/apply/check/")
    applicant.fits()
    applicant.shot("visa-check-ru")
    page.locator("[name=is_true]").check()
    onward(applicant)
    expect(page.get_by_text(reference)).to_be_visible()
    return reference


def add_papers(applicant: Visitor) -> None:
    """Every paper that is still missing, one after the other."""
    page = applicant.page
    for number in range(8):
        if not page.locator("#wanted").count():
            return
        kind = page.locator("[name=kind] option").first.get_attribute("value")
        page.locator("[name=kind]").select_option(kind)
        given = {"name": f"{kind}.jpg", "mimeType": "image/jpeg", "buffer": picture(seed=number)}
        page.locator("[name=file]").set_input_files(given)  # type: ignore[arg-type]
        page.locator("form[enctype] button").click()
        expect(page.get_by_text(f"{kind}.jpg").first).to_be_visible()
    raise AssertionError("papers are still missing")


def prepare(clerk: Visitor, reference: str) -> None:
    """The fee, the lists, and ready for the decision; the clerk finds no way to decide."""
    page = clerk.page
    clerk.go("/visas/")
    expect(page.get_by_text(reference).first).to_be_visible()
    page.get_by_role("link", name="SHARMA PRIYA").first.click()
    page.get_by_role("link", name="record").click()
    page.get_by_label("Number of the receipt").fill("R-2026-77")
    clerk.button("Record it").click()
    clerk.button("Ask the lists").click()
    expect(page.get_by_text("No likeness")).to_be_visible()
    page.get_by_role("link", name="Prepare for the decision").click()
    clerk.button("It is ready").click()
    expect(page.get_by_text("Prepared. Another officer decides.")).to_be_visible()
    expect(page.get_by_role("link", name="Decide")).to_have_count(0)
    clerk.fits()
    clerk.shot("visa-prepared")


def grant(consul: Visitor, reference: str) -> None:
    page = consul.page
    consul.go("/visas/")
    expect(page.get_by_text(reference).first).to_be_visible()
    page.get_by_role("link", name="SHARMA PRIYA").first.click()
    page.get_by_role("link", name="Decide", exact=True).click()
    consul.shot("visa-decide")
    consul.button("Grant").click()
    expect(page.get_by_text("Granted.").first).to_be_visible()


def issue(clerk: Visitor) -> bytes:
    """The sticker is printed; what a reader finds in the code of the PDF."""
    page = clerk.page
    page.reload()
    page.get_by_role("link", name=re.compile("Issue")).first.click()
    clerk.button("Issue").click()
    expect(page.get_by_text("was issued. Print it now.")).to_be_visible()
    clerk.shot("visa-issued")
    printed = clerk.context.request.get(f"{page.url.rstrip('/')}/visa.pdf")
    assert printed.ok
    drawn = pypdfium2.PdfDocument(printed.body())[0].render(scale=300 / 72).to_pil()
    out = io.BytesIO()
    drawn.save(out, "PNG")
    found = barcode.read(out.getvalue())
    assert len(found) == 1
    return found[0]


def ask_how_it_stands(applicant: Visitor, reference: str) -> None:
    """By reference and birth date, on another day; a wrong date tells nothing."""
    page = applicant.page
    applicant.go("/visas/apply/status/")
    fill(applicant, reference=reference, birth="13.04.1990")
    with applicant.answered(422):
        onward(applicant)
    expect(page.get_by_text(reference, exact=True)).to_have_count(0)
    fill(applicant, reference=reference, birth="12.04.1990")
    onward(applicant)
    expect(page.get_by_role("heading", level=1)).to_have_text("Выдана")


def read(booth: Visitor, sealed: bytes) -> None:
    """The reader types the code of the sticker as it types a zone."""
    booth.page.keyboard.type(sealed.hex().upper() + "\n", delay=0)


def seal_of(database: str, passport_number: str) -> bytes:
    with psycopg.connect(database) as connection:
        row = connection.execute(
            "SELECT seal FROM visas_visa WHERE document_number = %s", [passport_number]
        ).fetchone()
    assert row
    return bytes(row[0])


def fill(visitor: Visitor, **values: str) -> None:
    for name, value in values.items():
        visitor.page.locator(f"main [name={name}]").fill(value)


def onward(visitor: Visitor) -> None:
    visitor.page.locator("main .btn-main").first.click()
