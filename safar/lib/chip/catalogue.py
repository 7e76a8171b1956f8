"""What may be found in a chip's data, how heavily it weighs, and how it is said in English.

The codes are the language-neutral part: an application translates by code and params.
"""

from typing import Final

FAULT: Final = 100
"""Weight of what no genuine chip shows: signature, hashes, chain, another document's data."""
GRAVE: Final = 80
DOUBT: Final = 60
LOOK: Final = 40
NOTE: Final = 10

_FAULTS = {
    "chip.sod.broken": "The security object (EF.SOD) cannot be read: {why}",
    "chip.sod.kind": "What is signed is no security object of a travel document ({kind}).",
    "chip.sod.signature": "The signature of the security object is wrong: {why}",
    "chip.group.hash": "{group} is not what was signed: its hash differs.",
    "chip.group.unlisted": "{group} is on the chip, but the security object does not list it.",
    "chip.group.broken": "{group} cannot be read: {why}",
    "chip.signer.purpose": "The signer's certificate is for another purpose ({purpose}).",
    "chip.signer.revoked": "The signer's certificate {serial} of {country} was revoked.",
    "chip.chain.wrong": (
        "The signer names the state certificate “{subject}”, which is held, "
        "but was not signed by it."
    ),
    "chip.csca.distrusted": "The state certificate “{subject}” is no longer trusted: {reason}",
    "chip.csca.revoked": "The state certificate “{subject}” was revoked.",
    "chip.country.differs": (
        "The document says it was issued by {issuer}; the certificate belongs to {country}."
    ),
    "chip.mrz.differs": "The chip and the printed machine zone differ in: {fields}.",
}
_GRAVE = {
    "chip.signer.early": "The signer's certificate is valid only from {day}.",
    "chip.signer.usage": (
        "The document was issued on {issued}, but the signer's key was in use from {first} "
        "to {last}."
    ),
    "chip.signer.issued": (
        "The document was issued on {issued}, outside the dates of the signer's certificate, "
        "{first} to {last}."
    ),
    "chip.csca.dates": (
        "The signer's certificate began on {day}, outside the dates of the state certificate, "
        "{first} to {last}."
    ),
    "chip.mrz.unsound": "The machine zone on the chip does not hold together: {why}",
}
_DOUBT = {
    "chip.sod.missing": "No security object (EF.SOD) came, so the chip cannot be judged.",
    "chip.dg1.missing": "The machine zone of the chip (DG1) did not come.",
    "chip.dg2.missing": (
        "The picture of the chip (DG2) did not come, so nothing ties the chip to a face."
    ),
    "chip.signer.missing": (
        "The security object came without its signer's certificate, so the chip cannot be judged."
    ),
    "chip.state.unknown": (
        "No certificate of this state is held, so the chip cannot be judged ({country})."
    ),
    "chip.csca.missing": (
        "Certificates of {country} are held, but not the one that this signer names, "
        "so the chip cannot be judged."
    ),
    "chip.signature.unknown": (
        "The security object is signed in a way that cannot be checked here: {why}"
    ),
    "chip.chain.unknown": (
        "The signer's certificate is signed in a way that cannot be checked here: {why}"
    ),
    "chip.signer.ended": "The signer's certificate ended on {day}.",
    "chip.signer.revoked_elsewhere": (
        "{country} revoked a certificate of the serial number {serial} under another issuer's "
        "name; it may be this signer's."
    ),
    "chip.signer.kind": "The signer signs documents of kind {kinds}; this one is {kind}.",
    "chip.mrz.misread": (
        "The chip and the printed machine zone differ in: {fields}; the printed one may be "
        "misread. Compare them."
    ),
    "chip.dg11.birth": "The chip gives two dates of birth: {first} in DG1, {second} in DG11.",
}
_LOOK = {
    "chip.signer.short": (
        "The signer's certificate ends on {day}, before the document does on {expiry}."
    ),
    "chip.com.missing": "EF.COM lists {groups}, which the security object does not list.",
    "chip.face.broken": "The face image cannot be taken out of DG2: {why}",
    "chip.details.broken": "The details in {group} cannot be read: {why}",
    "chip.country.unlisted": (
        "Whether the certificate's country {country} stands for {issuer} is not known here."
    ),
    "chip.trailing": "{group} is followed by bytes that belong to nothing; they were left out.",
    "chip.sod.old_kind": "The security object bears the label of an early test of such chips.",
}
_NOTES = {
    "chip.sha1": "SHA-1 is used here ({where}): old, and weak by today's measure.",
    "chip.explicit": "The curve's parameters are written out; they are those of {curve}.",
    "chip.crl.overdue": (
        "The newest revocation list of {country} that is held was to be replaced on {day}: who "
        "was revoked since is not known here."
    ),
    "chip.group.not_read": "Signed, but not read from the chip: {groups}.",
    "chip.file.ignored": "{name} is no file of a chip that is known here; it was left out.",
}

_ERRORS = {
    "chip.der.cut": "The data ends before it should.",
    "chip.der.length": "A length in the data is not possible.",
    "chip.der.deep": "The data is nested too deeply.",
    "chip.der.many": "The data has too many parts.",
    "chip.der.tag": "Tag {expected} was expected, and {found} came.",
    "chip.der.shape": "The data does not have the shape of {what}.",
    "chip.der.trailing": "Bytes follow where the data should end.",
    "chip.large": "{what} has {size} bytes; {limit} is the most that is read.",
    "chip.name.twice": "{group} came twice.",
    "chip.cms.signers": "There should be one signer; there are {count}.",
    "chip.cms.attributes": "The signed attributes are not those that the standard asks for.",
    "chip.cms.digest": "The content is not what was signed: its hash differs.",
    "chip.cms.certificate": "The signer's certificate is not among the certificates.",
    "chip.signature.wrong": "The signature does not fit.",
    "chip.algorithm.unknown": "The algorithm {name} is not known here.",
    "chip.algorithm.weak": "The algorithm or key {name} is too weak to prove anything.",
    "chip.curve.unknown": "The curve's parameters are those of no known curve.",
    "chip.key.broken": "The public key is not valid.",
    "chip.sod.version": "The security object has version {version}.",
    "chip.sod.twice": "The security object lists {group} twice.",
    "chip.sod.hash": "The hash of {group} in the security object has the wrong length.",
    "chip.face.newer": "DG2 holds no face record that is known here.",
    "chip.face.picture": "The face record holds neither a JPEG nor a JPEG 2000 picture.",
    "chip.crl.issuer": "The revocation list is signed by none of the states that are trusted.",
    "chip.crl.part": (
        "This list covers only a part of what its state revoked. Hand in the whole list."
    ),
    "chip.list.kind": "This is no master list of state certificates ({kind}).",
    "chip.list.purpose": "The list's signer may not sign master lists.",
    "chip.list.revoked": "The list's signer was revoked by its state.",
    "chip.list.chain": "The list's signer was signed by no state certificate that came with it.",
    "chip.list.costly": "The list asks for more signatures to be verified than any list does.",
    "chip.list.empty": "The list holds no certificate.",
    "chip.certificate.twice": "The certificate stands in the list more than once.",
    "chip.certificate.authority": "The certificate may not sign other certificates.",
    "chip.certificate.country": "The certificate names no country.",
    "chip.certificate.algorithms": "The certificate names two different signature algorithms.",
    "chip.certificate.own": "The certificate says it signed itself, but that signature is wrong.",
}
"""Why something cannot be read: the sentences of `ChipError`, also used as a finding's `why`."""

CODES: Final[dict[str, str]] = _FAULTS | _GRAVE | _DOUBT | _LOOK | _NOTES | _ERRORS
"""Code → English sentence with `str.format` places for the params."""

WEIGHTS: Final[dict[str, int]] = {
    code: weight
    for group, weight in (
        (_FAULTS, FAULT),
        (_GRAVE, GRAVE),
        (_DOUBT, DOUBT),
        (_LOOK, LOOK),
        (_NOTES, NOTE),
        (_ERRORS, FAULT),
    )
    for code in group
}

UNJUDGED: Final = frozenset(
    {
        "chip.sod.missing",
        "chip.dg1.missing",
        "chip.dg2.missing",
        "chip.signer.missing",
        "chip.state.unknown",
        "chip.csca.missing",
        "chip.signature.unknown",
        "chip.chain.unknown",
    }
)
"""Codes with which nothing is proved either way: neither authentic nor a forgery."""
