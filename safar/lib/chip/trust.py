"""Which certificates of states does this Safar trust? The decision is made elsewhere, by two people."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from safar.lib.chip.certificates import Certificate


@dataclass(frozen=True, slots=True)
class Trusted:
    """A state's certificate (CSCA) that was decided on; with a `distrusted` reason, against it."""

    certificate: Certificate
    distrusted: str = ""


class TrustedStates:
    """The certificates of states, by country, and the signers that states revoked.

    `revoked` holds (country, serial) of signers' certificates: two capital letters, and the
    serial number in lower-case hexadecimal without leading zeros; see `Revocations.revoked`.
    """

    def __init__(
        self,
        certificates: Iterable[Trusted | Certificate] = (),
        revoked: Iterable[tuple[str, str]] = (),
    ) -> None:
        self.revoked = frozenset(revoked)
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

    def of(self, country: str) -> tuple[Trusted, ...]:
        """All that are held of a state, distrusted ones too."""
        return tuple(self._by_country.get(country, ())) if country else ()
