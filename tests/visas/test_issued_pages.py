"""The pages of issued visas, stock and seals, and the commands beside them."""

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse

from safar.accounts.models import User
from safar.control.visas.commands import visas as command
from safar.control.visas.models import SignerCertificate, Visa, VisaListVersion
from safar.core.models import AuditEntry
from safar.core.record import writing
from tests.makers import visas as applications
from tests.makers import visas_issued as make
from tests.makers.accounts import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _keys(settings):
    settings.SAFAR_REQUIRE_SECOND_FACTOR = False
    make.fresh_keys()
    yield
    make.forget_keys()


def browser(name: str) -> Client:
    client = Client()
    sign_in(client, User.objects.get(username=name))
    return client


def clerks() -> Client:
    applications.clerk()
    return browser("Kanat")


def consuls() -> Client:
    applications.consul()
    return browser("Meerim")


def test_what_was_granted_is_issued_and_printed_from_the_pages():
    make.stocked()
    application = make.granted()
    client = clerks()
    page = client.get(reverse("visas:application", args=[application.pk])).content.decode()
    assert reverse("visas:issue", args=[application.pk]) in page
    asked = {"form": "sticker", "zone_format": "MRV-B"}
    answer = client.post(reverse("visas:issue", args=[application.pk]), asked, follow=True)
    visa = Visa.objects.get()
    assert visa.number in answer.content.decode()
    pdf = client.get(reverse("visas:visa_pdf", args=[visa.pk]))
    assert pdf.content.startswith(b"%PDF")
    opened = AuditEntry.objects.filter(target=f"Visa:{visa.pk}", outcome="opened")
    assert {row.details.get("purpose") for row in opened} >= {"look", "print"}


def test_a_visa_is_revoked_and_reprinted_from_its_page():
    visa = make.issued()
    client = consuls()
    page = client.post(reverse("visas:revoke", args=[visa.pk]), {"ground": "", "reason": ""})
    assert page.status_code == 422
    client.post(reverse("visas:reprint", args=[visa.pk]), {"reason": "paper jam"})
    again = Visa.objects.get(status="valid")
    said = {"ground": "by_court", "reason": "Judgement 12"}
    page = client.post(reverse("visas:revoke", args=[again.pk]), said, follow=True)
    again.refresh_from_db()
    assert again.status == "revoked"
    assert "A court decided so" in page.content.decode()


def test_an_e_visa_is_issued_from_the_page():
    client, application = clerks(), make.granted()
    asked = {"form": "e_visa", "zone_format": "MRV-B"}
    client.post(reverse("visas:issue", args=[application.pk]), asked)
    assert Visa.objects.get().number.startswith("E")


def test_another_consulates_visa_is_not_there():
    visa = make.issued()
    applications.consulate("ANK", "Ankara")
    applications.clerk("Zamir", at="ANK")
    assert browser("Zamir").get(reverse("visas:visa", args=[visa.pk])).status_code == 404


def test_certificates_are_proposed_by_one_and_trusted_by_another():
    der = bytes(SignerCertificate.objects.get(kind="authority").der)
    with writing("visas"):
        SignerCertificate.objects.all().delete()
    make.seal_keeper()
    make.seal_keeper("Uulzhan")
    one, other = browser("Tolgonai"), browser("Uulzhan")
    one.post(reverse("visas:seal_propose"), {"file": SimpleUploadedFile("csca.der", der)})
    held = SignerCertificate.objects.get()
    assert one.post(reverse("visas:seal_trust", args=[held.pk])).status_code == 403
    other.post(reverse("visas:seal_trust", args=[held.pk]))
    held.refresh_from_db()
    assert held.status == "trusted"
    one.post(reverse("visas:seal_revoke", args=[held.pk]), {"on": "22112026", "reason": "stolen"})
    held.refresh_from_db()
    assert held.status == "revoked"
    broken = SimpleUploadedFile("csca.der", b"\x30\x82\x01broken")
    assert one.post(reverse("visas:seal_propose"), {"file": broken}).status_code == 422


def test_the_list_is_made_and_taken_in_from_the_page():
    make.revoked(make.issued())
    make.seal_keeper()
    client = browser("Tolgonai")
    data = client.post(reverse("visas:list_export")).content
    client.post(reverse("visas:list_import"), {"file": SimpleUploadedFile("l.jsonl", data)})
    assert VisaListVersion.objects.get(imported=True).rows == 1
    assert "held here" in client.get(reverse("visas:seals")).content.decode()


def test_the_commands_carry_the_list_and_say_its_age(tmp_path):
    make.revoked(make.issued())
    run, path = CliRunner(), str(tmp_path / "list")
    assert run.invoke(command, ["list-age"]).exit_code == 1
    assert run.invoke(command, ["list-export", path]).exit_code == 0
    assert run.invoke(command, ["list-import", path]).exit_code == 0
    assert run.invoke(command, ["list-import", path]).exit_code == 1  # not newer
    assert '"version": 1' in run.invoke(command, ["list-age", "--json"]).output


def test_keys_in_files_are_for_demonstrations():
    with override_settings(SAFAR_SEAL_KEY_IN_FILE=False):
        refused = CliRunner().invoke(command, ["make-keys"])
    assert (refused.exit_code, "device" in refused.output) == (1, True)
    assert CliRunner().invoke(command, ["make-keys"]).exit_code == 0
    key = make.seal_folder() / "signer.pem"
    assert key.stat().st_mode & 0o077 == 0
    key.chmod(0o644)  # as a copy may have left it
    assert CliRunner().invoke(command, ["make-keys"]).exit_code == 0
    assert key.stat().st_mode & 0o077 == 0
