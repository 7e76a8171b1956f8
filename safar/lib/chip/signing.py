"""Did the state's signer sign this security object, and could he, then?"""

from dataclasses import dataclass
from datetime import date

from safar.lib.chip.catalogue import FAULT, UNJUDGED
from safar.lib.chip.certificates import Certificate
from safar.lib.chip.chain import judge_chain
from safar.lib.chip.errors import ChipError, Unsupported
from safar.lib.chip.finding import Finding, because
from safar.lib.chip.sod import OLD_KIND, SecurityObject
from safar.lib.chip.trust import TrustedStates

# ICAO's own for lists, of the web (TLS, mail), of the exchange of inspection systems (SPOC): states
# issue certificates for these under the same authority (Doc 9303-12 §4.5); a signer of documents
# bears none.
_OTHER_PURPOSES = ("2.23.136.1.1.", "1.3.6.1.5.5.7.3.", "1.2.203.7064.1.1.369791.1")


@dataclass(frozen=True, slots=True)
class Facts:
    """What of the document the dates are held against; None where not known."""

    on: date
    issued: date | None
    expiry: date | None
    kind: str


@dataclass(frozen=True, slots=True)
class Signing:
    signer: Certificate | None
    root: Certificate | None
    findings: list[Finding]
    holds: bool

    @property
    def proves(self) -> bool:
        """Whether a trusted state stands behind it: who signs for himself proves nothing."""
        return self.holds and self.root is not None and not any(map(_breaks, self.findings))


def _breaks(found: Finding) -> bool:
    return found.weight >= FAULT or found.code in UNJUDGED


def judge_signing(sod: SecurityObject, trusted: TrustedStates, facts: Facts) -> Signing:
    """Signature, signer's certificate, chain and dates; `holds` where the signature is right."""
    signer = sod.signed.certificate()
    if signer is None:
        return Signing(None, None, [Finding("chip.signer.missing", "SOD", {})], holds=False)
    findings, holds = _signature(sod, signer)
    findings += _old(sod, signer)
    root, chain = judge_chain(signer, trusted)
    findings += chain
    findings += _rights(signer, trusted, facts)
    findings += _dates(signer, facts, facts.issued or sod.signed.signer.signed_on)
    return Signing(signer, root, findings, holds)


def _signature(sod: SecurityObject, signer: Certificate) -> tuple[list[Finding], bool]:
    try:
        sod.signed.check(signer)
    except Unsupported as error:
        return [because("chip.signature.unknown", "SOD", error)], False
    except ChipError as error:
        return [because("chip.sod.signature", "SOD", error)], False
    return [], True


def _old(sod: SecurityObject, signer: Certificate) -> list[Finding]:
    """Notes on what is old or unusual, and no fault."""
    findings = []
    used = {
        "hashes of the data groups": sod.hash,
        "signature": sod.signed.signer.scheme.hash if sod.signed.signer.scheme else "",
        "signer's certificate": signer.scheme.hash if signer.scheme else "",
    }
    if where := ", ".join(place for place, name in used.items() if name == "sha1"):
        findings.append(Finding("chip.sha1", "SOD", {"where": where}))
    if sod.signed.kind == OLD_KIND:
        findings.append(Finding("chip.sod.old_kind", "SOD", {}))
    try:
        explicit = signer.key.explicit
    except ChipError:
        return findings
    if explicit:
        findings.append(Finding("chip.explicit", "SOD", {"curve": explicit}))
    return findings


def _rights(signer: Certificate, trusted: TrustedStates, facts: Facts) -> list[Finding]:
    findings = []
    other = sorted(each for each in signer.purposes if each.startswith(_OTHER_PURPOSES))
    if signer.authority:
        other.append("cA")
    if other:
        findings.append(Finding("chip.signer.purpose", "SOD", {"purpose": ", ".join(other)}))
    params: dict[str, str | int] = {"serial": signer.serial[:60], "country": signer.country}
    if trusted.has_revoked(signer):
        findings.append(Finding("chip.signer.revoked", "SOD", params))
    elif trusted.may_have_revoked(signer):
        findings.append(Finding("chip.signer.revoked_elsewhere", "SOD", params))
    if facts.kind and signer.kinds and not {facts.kind, facts.kind[:1]} & signer.kinds:
        kinds = ", ".join(sorted(signer.kinds))[:100]
        findings.append(Finding("chip.signer.kind", "SOD", {"kinds": kinds, "kind": facts.kind}))
    return findings


def _dates(signer: Certificate, facts: Facts, issued: date | None) -> list[Finding]:
    """A signer's certificate lasts as long as the last document signed (Doc 9303-12 §4.1.1)."""
    findings = []
    if signer.first > facts.on:
        findings.append(Finding("chip.signer.early", "SOD", {"day": signer.first.isoformat()}))
    if signer.last < facts.on and not (facts.expiry and facts.expiry <= signer.last):
        findings.append(Finding("chip.signer.ended", "SOD", {"day": signer.last.isoformat()}))
    elif facts.expiry and facts.on <= signer.last < facts.expiry:
        short: dict[str, str | int] = {
            "day": signer.last.isoformat(),
            "expiry": facts.expiry.isoformat(),
        }
        findings.append(Finding("chip.signer.short", "SOD", short))
    return findings + (_issued(signer, issued) if issued else [])


def _issued(signer: Certificate, issued: date) -> list[Finding]:
    for code, first, last in (
        ("chip.signer.usage", *signer.usage),
        ("chip.signer.issued", signer.first, signer.last),
    ):
        if (first and issued < first) or (last and issued > last):
            params: dict[str, str | int] = {
                "issued": issued.isoformat(),
                "first": first.isoformat() if first else "?",
                "last": last.isoformat() if last else "?",
            }
            return [Finding(code, "SOD", params)]
    return []
