"""Which certificate of a state stands behind this signer? (ICAO Doc 9303-11 §5.1, 9303-12 §7)"""

from safar.lib.chip.certificates import Certificate
from safar.lib.chip.errors import ChipError, Unsupported
from safar.lib.chip.finding import Finding, because
from safar.lib.chip.trust import Trusted, TrustedStates

_TRIED = 60
"""At most so many certificates of one state are tried where the signer names none of them."""


def judge_chain(
    signer: Certificate, trusted: TrustedStates
) -> tuple[Certificate | None, list[Finding]]:
    """The state's certificate that signed the signer's, and what is to be said of it.

    A distrusted one is found too, and said. Nothing of the certificates that came with the
    document is trusted.
    """
    held = trusted.of(signer.country)
    if not any(not each.distrusted for each in held) and not _issuers(signer, held)[0]:
        return None, [Finding("chip.state.unknown", "SOD", {"country": signer.country or "?"})]
    found, refusal = _issuers(signer, held)
    if not found:
        return None, [_none_found(signer, held, refusal)]
    findings = [_distrusted(each) for each in found if each.distrusted]
    root = _of_its_day(signer, found)
    if any(trusted.has_revoked(each.certificate) for each in found):
        findings.append(Finding("chip.csca.revoked", "SOD", {"subject": root.subject}))
    if not root.first <= signer.first <= root.last:
        findings.append(_dates(signer, root))
    return root, findings


def _of_its_day(signer: Certificate, found: list[Trusted]) -> Certificate:
    """Of several certificates of the same key, as a link and its self-signed twin: the fitting one."""
    held = [each.certificate for each in found if not each.distrusted]
    held = held or [each.certificate for each in found]
    fitting = (each for each in held if each.first <= signer.first <= each.last)
    return next(fitting, held[0])


def _issuers(
    signer: Certificate, held: tuple[Trusted, ...]
) -> tuple[list[Trusted], ChipError | None]:
    """Those whose key made the signer's signature: first of those it names, else of all."""
    named = [each for each in held if _is_named(signer, each.certificate)]
    others = [each for each in held if each not in named]
    refusal: ChipError | None = None
    for group in (named, others[:_TRIED]):
        found = []
        for each in group:
            try:
                signer.check_issued_by(each.certificate)
            except Unsupported as error:
                refusal = error
            except ChipError:
                continue
            else:
                if each.certificate.may_sign_certificates():
                    found.append(each)
        if found:
            return found, None
    return [], refusal


def _is_named(signer: Certificate, state: Certificate) -> bool:
    """By the key identifier where there is one; names stay the same over many generations."""
    if signer.authority_key_id and state.key_id:
        return signer.authority_key_id == state.key_id
    return signer.issuer_name == state.subject_name


def _none_found(
    signer: Certificate, held: tuple[Trusted, ...], refusal: ChipError | None
) -> Finding:
    if refusal is not None:
        return because("chip.chain.unknown", "SOD", refusal)
    by_key = (
        each.certificate
        for each in held
        if signer.authority_key_id and signer.authority_key_id == each.certificate.key_id
    )
    named = next(by_key, None)
    if named is None:
        return Finding("chip.csca.missing", "SOD", {"country": signer.country})
    return Finding("chip.chain.wrong", "SOD", {"subject": named.subject})


def _distrusted(held: Trusted) -> Finding:
    params: dict[str, str | int] = {
        "subject": held.certificate.subject,
        "reason": held.distrusted,
    }
    return Finding("chip.csca.distrusted", "SOD", params)


def _dates(signer: Certificate, root: Certificate) -> Finding:
    params: dict[str, str | int] = {
        "day": signer.first.isoformat(),
        "first": root.first.isoformat(),
        "last": root.last.isoformat(),
    }
    return Finding("chip.csca.dates", "SOD", params)
