"""Which certificates of states does this Safar trust? The decision is made elsewhere, by two people."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from safar.lib.chip.certificates import Certificate


@dataclass(frozen=True, slots=True)
class Trusted:
    """A state's certificate (CSCA) that was decided on; with a `distrusted` reason, against it."""

    certificate: Certificate
    distrusted: str = ""


class Revoked(NamedTuple):
    """A certificate that a state revoked: two capital letters, the issuer's name, the serial number.

    `issuer` as `Certificate.issuer_name`; `serial` in lower-case hexadecimal without leading zeros.
    """

    country: str
    issuer: str
    serial: str


class TrustedStates:
    """The certificates of states, by country, and the signers that states revoked.

    A serial number is of one issuer's name alone (RFC 5280 §4.1.2.2). A state that was named
    otherwise before may mean the same certificate, or another: that is a doubt and no fault.
    """

    def __init__(
        self,
        certificates: Iterable[Trusted | Certificate] = (),
        revoked: Iterable[Revoked] = (),
    ) -> None:
        self._revoked = frozenset(revoked)
        self._serials = frozenset((each.country, each.serial) for each in self._revoked)
        self._by_country: dict[str, list[Trusted]] = defaultdict(list)
        for given in certificates:
            held = given if isinstance(given, Trusted) else Trusted(given)
            self._by_country[held.certificate.country].append(held)

    @property
    def countries(self) -> frozenset[str]:
        """The states of which at least one certificate is trusted."""
        return frozenset(
            country
            for country, held in self._by_country.items()
            if country and any(not each.distrusted for each in held)
        )

    def has_revoked(self, found: Certificate) -> bool:
        """Whether the very issuer that a certificate names revoked it."""
        return Revoked(found.country, found.issuer_name, found.serial) in self._revoked

    def may_have_revoked(self, found: Certificate) -> bool:
        """Whether its state revoked this serial number, under another name of an issuer."""
        return not self.has_revoked(found) and (found.country, found.serial) in self._serials

    def of(self, country: str) -> tuple[Trusted, ...]:
        """All that are held of a state, distrusted ones too."""
        return tuple(self._by_country.get(country, ())) if country else ()
