"""Makers of issued visas: keys, stock, stickers, and travellers who show them at a booth."""

import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from safar.control.blanks.actions import stock
from safar.control.blanks.models import Blank
from safar.control.border.actions import inspecting
from safar.control.border.models import Inspection, SignOn
from safar.control.border.queries.facts import Shown
from safar.control.travellers.read_document import ReadDocument
from safar.control.visas import actions as visas
from safar.control.visas.actions import certificates, issuing
from safar.control.visas.actions import status_list as lists
from safar.control.visas.choices.issued import EndingGround, VisaForm
from safar.control.visas.models import Application, SignerCertificate, Visa
from safar.control.visas.rules import electronic
from safar.control.visas.seals import keys, signing
from safar.control.visas.seals.sealing import content_of
from safar.core.permissions import Actor, system
from safar.lib import mrz
from safar.lib.partial_dates import PartialDate
from safar.lib.seal import Certificate, read_certificate, vds_nc
from safar.lib.seal.issuing import Authority, file_signer, issue_csca, issue_signer, new_key
from tests.makers import accounts
from tests.makers import visas as applications
from tests.makers.border import zone_of

HEADQUARTERS = system("headquarters")
FIRST, LAST = "KG000001", "KG000020"


def fresh_keys(today: date | None = None) -> SignerCertificate:
    """A key of its own for a test, in the test's folder."""
    forget_keys()
    return keys.make_keys(today or timezone.now().date() - timedelta(days=30))


def forget_keys() -> None:
    shutil.rmtree(settings.SAFAR_SEAL_FOLDER, ignore_errors=True)
    signing.forget()


def seal_folder() -> Path:
    return Path(settings.SAFAR_SEAL_FOLDER)


def another_signer(
    *, state: str = "KG", name: str = "V2", types: tuple[str, ...] = ("V",)
) -> tuple[Any, Certificate]:
    """A fresh key and its certificate, by the authority of `fresh_keys` or by another state's,
    which is then trusted as well; the signer itself is not known here."""
    today = timezone.now().date()
    days: dict[str, Any] = {"valid_from": today, "valid_until": today + timedelta(days=90)}
    if state == "KG":
        pem = (seal_folder() / keys.AUTHORITY_KEY).read_bytes()
        certificate = read_certificate((seal_folder() / keys.AUTHORITY_CERTIFICATE).read_bytes())
        private = load_pem_private_key(pem, None)
        assert isinstance(private, EllipticCurvePrivateKey)
        authority = Authority(private, certificate)
    else:
        authority = issue_csca(state, **days)
        proposed = certificates.propose_certificate(
            seal_keeper("Ainura"), None, der=authority.certificate.der
        )
        certificates.trust_certificate(seal_keeper("Bermet"), proposed)
    key, serial = new_key(), keys._next_serial() + 100
    made = issue_signer(
        authority,
        name=name,
        serial=serial,
        public_key=key.public_key(),
        document_types=types,
        **days,
    )
    return key, made


def keeper(name: str = "Sanzhar") -> Actor:
    """A keeper of stickers at headquarters."""
    return accounts.actor(accounts.user(name, "stock_keeper", name=name))


def seal_keeper(name: str = "Tolgonai") -> Actor:
    return accounts.actor(accounts.user(name, "seal_keeper", name=name))


def received(first: str = FIRST, last: str = LAST) -> int:
    return stock.receive_blanks(HEADQUARTERS, None, first=first, last=last)


def stocked(first: str = FIRST, last: str = LAST, at: str = "IST") -> list[Blank]:
    """Blanks in hand at a consulate: received, sent, acknowledged."""
    received(first, last)
    consulate = applications.consulate(at)
    stock.hand_blanks(HEADQUARTERS, consulate, first=first, last=last)
    stock.acknowledge_blanks(applications.clerk(at=at), consulate, first=first, last=last)
    return list(Blank.objects.filter(holder=consulate, state="in_hand"))


def granted(**changes: Any) -> Application:
    """Granted to a citizen of India from today for sixty days: one entry, twenty days of stay."""
    today = timezone.localdate()
    given: dict[str, Any] = {
        "entries": "1", "days": 20, "first": today, "last": today + timedelta(days=60),
    }  # fmt: skip
    given |= {name: changes.pop(name) for name in tuple(given) if name in changes}
    asked: dict[str, Any] = {
        "arrives_on": given["first"],
        "leaves_on": given["first"] + timedelta(days=10),
    }
    if given["entries"] != "1":
        asked["entries_asked"] = given["entries"]
    applications.country("IND", "India")
    document = {"issuer": "IND", **changes.pop("document", {})}
    who = changes.pop("who", replace(applications.WHO, nationality="IND"))
    prepared = applications.prepared(who=who, document=document, **asked, **changes)
    return visas.grant(applications.consul(), prepared, terms=visas.Terms(**given))


def issued(form: VisaForm | None = None, by: Actor | None = None, **changes: Any) -> Visa:
    """A visa on the next blank; keys and stock are made where there are none."""
    if not SignerCertificate.objects.exists():
        fresh_keys()
    application = granted(**changes)
    if form != VisaForm.E_VISA and not Blank.objects.filter(state="in_hand").exists():
        stocked()
    return issuing.issue_visa(by or applications.clerk(), application, form=form)


def passport_of(visa: Visa, **changes: Any) -> ReadDocument:
    """The passport of a visa's holder, as a booth reads it."""
    fields: dict[str, Any] = {
        "kind": "P",
        "issuer": visa.document_issuer,
        "number": visa.document_number,
        "nationality": visa.nationality,
        "surname": visa.surname,
        "given_names": visa.given_names,
        "birth": visa.birth,
        "sex": visa.sex,
        "expires_on": timezone.now().date() + timedelta(days=1500),
        **changes,
    }
    if isinstance(fields["birth"], str):
        fields["birth"] = PartialDate.parse(fields["birth"])
    return ReadDocument(**fields)


def shown(booth: SignOn, passport: ReadDocument, visa: Visa | bytes) -> Inspection:
    """What the officer of a booth finds of a passport and the seal of a visa."""
    reading = mrz.read(zone_of(passport), today=timezone.now().date())
    seal = bytes(visa.seal) if isinstance(visa, Visa) else visa
    return inspecting.inspect(
        accounts.actor(booth.officer),
        booth,
        shown=Shown(ReadDocument.from_reading(reading), reading, seal=seal),
    )


def lines_shown(booth: SignOn, passport: ReadDocument, visa: Visa) -> Inspection:
    """What she finds where the code cannot be read, but the lines printed on the visa can."""
    reading = mrz.read(zone_of(passport), today=timezone.now().date())
    lines = tuple(visa.zone.split("\n"))
    shown = Shown(ReadDocument.from_reading(reading), reading, visa_zone=lines)
    return inspecting.inspect(accounts.actor(booth.officer), booth, shown=shown)


def sealed_by(key: Any, certificate: Certificate, visa: Visa) -> bytes:
    """What an e-visa says, sealed with another key than the one that issued it."""
    return vds_nc.sign(
        electronic.message_of(content_of(visa)),
        file_signer(key, certificate),
        certificate,
        type=electronic.TYPE,
        signed_on=timezone.now().date(),
    )


def revoked(visa: Visa, reason: str = "the invitation was withdrawn") -> Visa:
    ground = EndingGround.NO_LONGER_MET
    issuing.revoke_visa(applications.consul(), visa, ground=ground, reason=reason)
    visa.refresh_from_db()
    return visa


def exported() -> bytes:
    return lists.export_list(HEADQUARTERS, None)


def imported(data: bytes) -> None:
    lists.import_list(HEADQUARTERS, None, data=data)


def codes(inspection: Inspection) -> set[str]:
    """The codes of what was found of the visa."""
    return {row["code"] for row in inspection.findings if row["code"].startswith("visa.")}


def signed_on(booth: SignOn) -> Client:
    """The browser of a booth's officer."""
    client = Client()
    accounts.sign_in(client, booth.officer)
    return client


def scan(client: Client, text: str, **more: Any) -> Any:
    """What the reader types into the one field of the booth."""
    return client.post(reverse("border:scan"), {"scan": text, **more}, follow=True)
