"""Is this what the issuing state put on the chip? Passive authentication, ICAO Doc 9303-11 §5.1."""

import hmac
from collections.abc import Mapping
from datetime import date

from safar.lib.chip import zone
from safar.lib.chip.contents import Contents, read_contents
from safar.lib.chip.errors import ChipError, Unsupported
from safar.lib.chip.finding import Finding, because
from safar.lib.chip.groups import gather, read_com
from safar.lib.chip.signed import digest
from safar.lib.chip.signing import Facts, Signing, judge_signing
from safar.lib.chip.sod import SecurityObject, WrongKind, read_sod
from safar.lib.chip.trust import TrustedStates
from safar.lib.chip.verdict import ChipVerdict, GroupState


def verify(
    files: Mapping[str, bytes],
    trusted: TrustedStates,
    *,
    on: date,
    printed: zone.Printed | None = None,
    issued: date | None = None,
) -> ChipVerdict:
    """Judge the files of a chip: `EF.SOD`, `DG1.bin` and the like → their whole content.

    `on` is the day of the inspection; `printed` the machine zone on the paper, to be compared
    with DG1; `issued` the printed date of issue, else DG12's, else the time of signing is taken.
    The date of expiry is DG1's.

    Raises:
        ChipError: a file is larger than its limit, or one group came twice. Anything else
            that is wrong is a finding.
    """
    given, ignored = gather(files)
    contents = read_contents(given, on)
    findings = [Finding("chip.file.ignored", "", {"name": name}) for name in ignored[:10]]
    findings += contents.findings
    if contents.zone and printed:
        findings += zone.compare_printed(contents.zone, printed, on)
    sod = _sod(given, contents, findings)
    groups = _groups(sod, contents)
    signing = _signing(sod, groups, contents, trusted, Facts(on, issued, None, ""))
    findings += _said(sod, groups, contents, signing)
    if not (signing and signing.proves):
        groups = {name: _unproved(state) for name, state in groups.items()}
    return ChipVerdict(
        findings=tuple(sorted(findings, key=lambda each: -each.weight)),
        groups=groups,
        signer=signing.signer if signing else None,
        root=signing.root if signing else None,
        zone=contents.zone,
        face=contents.face,
        holder=contents.holder,
        issue=contents.issue,
    )


def _sod(
    given: Mapping[str, bytes], contents: Contents, findings: list[Finding]
) -> SecurityObject | None:
    """The security object; a finding where there is none that can be read."""
    if "SOD" not in given:
        findings.append(Finding("chip.sod.missing", "SOD", {}))
    if "SOD" not in contents.files:
        return None
    try:
        return read_sod(contents.files["SOD"])
    except WrongKind as error:
        findings.append(Finding(error.code, "SOD", error.params))
    except Unsupported as error:
        findings.append(because("chip.signature.unknown", "SOD", error))
    except ChipError as error:
        findings.append(because("chip.sod.broken", "SOD", error))
    return None


def _groups(sod: SecurityObject | None, contents: Contents) -> dict[str, GroupState]:
    """How each data group stands to the list of hashes."""
    present = {name: data for name, data in contents.files.items() if name.startswith("DG")}
    if sod is None:
        return dict.fromkeys(present, "unproved")
    listed = {f"DG{number}": value for number, value in sod.hashes.items()}
    states: dict[str, GroupState] = {}
    for name in sorted(listed | present, key=lambda each: int(each[2:])):
        if name not in present:
            states[name] = "not read"
        elif name not in listed:
            states[name] = "unlisted"
        else:
            same = hmac.compare_digest(digest(sod.hash, present[name]), listed[name])
            states[name] = "signed" if same else "differs"
    return states


def _unproved(state: GroupState) -> GroupState:
    return "unproved" if state == "signed" else state


def _signing(
    sod: SecurityObject | None,
    groups: Mapping[str, GroupState],
    contents: Contents,
    trusted: TrustedStates,
    facts: Facts,
) -> Signing | None:
    if sod is None:
        return None
    if facts.issued is None and contents.issue and groups.get("DG12") == "signed":
        facts = Facts(facts.on, contents.issue.issued, None, "")
    if contents.zone:
        known = contents.zone
        facts = Facts(facts.on, facts.issued, known.expiry, known.document_code)
    return judge_signing(sod, trusted, facts)


def _said(
    sod: SecurityObject | None,
    groups: Mapping[str, GroupState],
    contents: Contents,
    signing: Signing | None,
) -> list[Finding]:
    """The findings on hashes, on what was left out, and on signer and country."""
    if sod is None or signing is None:
        return []
    codes = {"differs": "chip.group.hash", "unlisted": "chip.group.unlisted"}
    findings = [
        Finding(codes[state], name, {"group": name})
        for name, state in groups.items()
        if state in codes
    ]
    if groups.get("DG2", "not read") == "not read":
        findings.append(Finding("chip.dg2.missing", "DG2", {}))
    left = (name for name, state in groups.items() if state == "not read" and name != "DG2")
    away = ", ".join(left)
    if away:
        findings.append(Finding("chip.group.not_read", "SOD", {"groups": away}))
    if contents.zone and signing.signer:
        findings += zone.compare_country(contents.zone, signing.signer)
    return findings + signing.findings + _com(sod, contents)


def _com(sod: SecurityObject, contents: Contents) -> list[Finding]:
    """Groups that EF.COM announces and nobody signed."""
    if "COM" not in contents.files:
        return []
    try:
        listed = read_com(contents.files["COM"])
    except ChipError as error:
        return [because("chip.details.broken", "COM", error)]
    signed = {f"DG{number}" for number in sod.hashes}
    more = ", ".join(name for name in listed if name.startswith("DG") and name not in signed)
    return [Finding("chip.com.missing", "COM", {"groups": more})] if more else []
