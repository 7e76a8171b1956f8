"""A country of made-up people with good visas: keys, register, and a booth that looks.

A world has a state authority, its signers (one ended, one revoked, one for passports), a foreign
one that is trusted too, and a register. People are made up.
"""

import random
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from safar.control.visas.rules.sealed import VALID_FROM, Sealed, stay_of
from safar.control.visas.rules.visa_check import check
from safar.control.visas.rules.visa_facts import (
    Holder,
    Register,
    Registered,
    VisaFacts,
    VisaSeen,
)
from safar.control.visas.seals.sealing import content_of_zone, read_seal
from safar.lib import mrz, seal
from safar.lib.partial_dates import PartialDate
from safar.lib.seal import dates as seal_dates
from safar.lib.seal.issuing import (
    Authority,
    file_signer,
    issue_csca,
    issue_signer,
    new_key,
)

HOST = "KGZ"
SURNAMES = (
    "IVANOVA", "SHARMA", "OSMONOV", "MUELLER", "NGUYEN", "GARCIA LOPEZ", "OKAFOR", "KIM", "YILMAZ",
    "ABDURAKHMANOV", "VON HOHENLOHE-LANGENBURG", "LI", "O'BRIEN", "MUKHAMEDZHANOVA",
)  # fmt: skip
GIVEN = (
    "ANNA", "PRIYA", "BAKYT", "HANS PETER", "THI MAI", "JOSE MARIA", "CHIDI", "MIN JUN", "ELIF",
    "", "MAXIMILIAN ALEXANDER", "WEI", "SIOBHAN", "GULNARA BAKYTOVNA",
)  # fmt: skip
STATES = ("IND", "D", "TUR", "VNM", "NGA", "KOR", "CHN", "IRL", "ESP", "PAK")


@dataclass
class Case:
    """What a traveller shows at the booth. `zone`: the printed lines, where the booth reads them."""

    seal: bytes
    holder: Holder
    register: Register
    zone: tuple[str, ...] = ()
    today: date | None = None


@dataclass
class Good:
    """A visa as it was issued."""

    content: Sealed
    seal: bytes
    zone: tuple[str, ...]
    holder: Holder
    register: Register


@dataclass
class World:
    """Keys and days of a country, from one seed."""

    today: date
    seed: int = 1
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        day = self.today
        years: Any = {
            "valid_from": day - timedelta(days=900),
            "valid_until": day + timedelta(days=900),
        }
        self.csca = issue_csca("KG", **years)
        self.signer = self._signer(self.csca, 1, **years)
        ended: Any = {
            "valid_from": day - timedelta(days=800),
            "valid_until": day - timedelta(days=90),
        }
        self.ended = self._signer(self.csca, 2, **ended)
        self.revoked = self._signer(self.csca, 3, **years)
        self.passports = self._signer(self.csca, 4, types=("P",), **years)
        self.foreign_csca = issue_csca("KZ", **years)
        self.foreign = self._signer(self.foreign_csca, 1, **years)
        self.false_csca = issue_csca("KG", **years)
        self.false = self._signer(self.false_csca, 1, **years)
        self.test = self._signer(self.false_csca, 99, **years)
        certificates = (self.signer, self.ended, self.revoked, self.passports, self.foreign)
        self.signers = seal.Signers.of(
            [certificate for certificate, _key in certificates],
            [self.csca.certificate, self.foreign_csca.certificate],
            {(self.revoked[0].signer_id, self.revoked[0].serial): day - timedelta(days=30)},
        )

    def _signer(
        self,
        authority: Authority,
        serial: int,
        *,
        valid_from: date,
        valid_until: date,
        types: tuple[str, ...] = ("V",),
    ) -> tuple[seal.Certificate, seal.Signer]:
        key = new_key()
        certificate = issue_signer(
            authority, name="VS", serial=serial, public_key=key.public_key(),
            valid_from=valid_from, valid_until=valid_until, document_types=types,
        )  # fmt: skip
        return certificate, file_signer(key, certificate)

    def good(self, **changes: object) -> Good:
        """One visa of somebody, sound today; the register knows it."""
        pick, day = self.chance, self.today
        content = Sealed(
            country=HOST,
            number=f"KG{pick.randrange(10**6):06d}",
            passport_number=f"{pick.choice('ABNPZ')}{pick.randrange(10**8):08d}",
            surname=pick.choice(SURNAMES),
            given_names=pick.choice(GIVEN),
            nationality=pick.choice(STATES),
            birth=pick.choice(
                (PartialDate(pick.randrange(1940, 2020), pick.randrange(1, 13), pick.randrange(1, 29)),
                 PartialDate(pick.randrange(1940, 2020), 7), PartialDate(1975))
            ),
            sex=pick.choice(("F", "M", "")),
            valid_from=day - timedelta(days=pick.randrange(0, 20)),
            valid_until=day + timedelta(days=pick.randrange(0, 300)),
            entries=pick.choice((0, 1, 1, 2, 5)),
            stay_days=pick.choice((1, 7, 30, 60, 90, 180, 365)),
        )  # fmt: skip
        return self.sealed(replace(content, **changes))  # type: ignore[arg-type]

    def sealed(self, content: Sealed, by: seal.Signer | None = None, **more: date) -> Good:
        """Printed and sealed, MRV-A or MRV-B; `by` another key, `signed_on` another day."""
        zone = tuple(
            mrz.write(
                mrz.Document(
                    document_code="V", issuer=content.country, number=content.number,
                    surname=content.surname, given_names=content.given_names,
                    nationality=content.nationality, birth=content.birth, sex=content.sex,
                    expiry=content.valid_until,
                ),
                self.chance.choice(("MRV-A", "MRV-B")),
            )
        )  # fmt: skip
        signed_on = more.get("signed_on", self.today - timedelta(days=1))
        visa = seal.Visa(
            zone=zone,
            passport_number=content.passport_number,
            stay=stay_of(content.stay_days),
            entries=content.entries or None,
            issued_on=signed_on,
            signed_on=signed_on,
            extra={VALID_FROM: seal_dates.encode(content.valid_from)} if content.valid_from else {},
        )
        raw = seal.sign(visa, by or self.signer[1])
        registered = Registered(content.number, "valid", None, "", raw, content)
        return Good(content, raw, zone, self.holder(content), Register("here", visa=registered))

    def holder(self, content: Sealed) -> Holder:
        """The traveller's own passport: its zone has 39 signs for the name."""
        lines = mrz.write(
            mrz.Document(
                document_code="P", issuer=content.nationality, number=content.passport_number,
                surname=content.surname, given_names=content.given_names, birth=content.birth,
                sex=content.sex, expiry=self.today + timedelta(days=999),
            )
        )  # fmt: skip
        read = mrz.read(lines, today=self.today)
        return Holder(read.number, read.surname, read.given_names, read.birth, read.nationality)


def look(world: World, case: Case) -> VisaSeen:
    """What the booth finds."""
    today = case.today or world.today
    read = read_seal(case.seal, world.signers, today=today)
    return check(
        VisaFacts(
            host=HOST,
            today=today,
            entering=True,
            holder=case.holder,
            seal=read,
            zone=case.zone,
            zone_content=content_of_zone(case.zone, today=today) if case.zone else None,
            register=case.register,
        )
    )


def as_shown(good: Good) -> Case:
    """A good visa, its printed lines read too."""
    return Case(good.seal, good.holder, good.register, good.zone)
