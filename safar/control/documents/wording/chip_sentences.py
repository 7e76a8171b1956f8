"""What is found in a chip, and why a file cannot be read: the sentences of `safar.lib.chip`."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

FINDINGS: Final[dict[str, Any]] = {
    "chip.sod.broken": _("The security object (EF.SOD) cannot be read: {why}"),
    "chip.sod.kind": _("What is signed is no security object of a travel document ({kind})."),
    "chip.sod.signature": _("The signature of the security object is wrong: {why}"),
    "chip.group.hash": _("{group} is not what was signed: its hash differs."),
    "chip.group.unlisted": _("{group} is on the chip, but the security object does not list it."),
    "chip.group.broken": _("{group} cannot be read: {why}"),
    "chip.signer.purpose": _("The signer’s certificate is for another purpose ({purpose})."),
    "chip.signer.revoked": _("The signer’s certificate {serial} of {country} was revoked."),
    "chip.chain.wrong": _(
        "The signer names the state certificate “{subject}”, which is held, but was not signed by it."
    ),
    "chip.csca.distrusted": _("The state certificate “{subject}” is no longer trusted: {reason}"),
    "chip.csca.revoked": _("The state certificate “{subject}” was revoked."),
    "chip.country.differs": _(
        "The document says it was issued by {issuer}; the certificate belongs to {country}."
    ),
    "chip.mrz.differs": _("The chip and the printed machine zone differ in: {fields}."),
    "chip.signer.early": _("The signer’s certificate is valid only from {day}."),
    "chip.signer.usage": _(
        "The document was issued on {issued}, but the signer’s key was in use from {first} to {last}."
    ),
    "chip.signer.issued": _(
        "The document was issued on {issued}, outside the dates of the signer’s certificate, {first} to {last}."
    ),
    "chip.csca.dates": _(
        "The signer’s certificate began on {day}, outside the dates of the state certificate, {first} to {last}."
    ),
    "chip.mrz.unsound": _("The machine zone on the chip does not hold together: {why}"),
    "chip.sod.missing": _("No security object (EF.SOD) came, so the chip cannot be judged."),
    "chip.dg1.missing": _("The machine zone of the chip (DG1) did not come."),
    "chip.signer.missing": _(
        "The security object came without its signer’s certificate, so the chip cannot be judged."
    ),
    "chip.state.unknown": _(
        "No certificate of this state is held, so the chip cannot be judged ({country})."
    ),
    "chip.csca.missing": _(
        "Certificates of {country} are held, but not the one that this signer names, so the chip cannot be judged."
    ),
    "chip.signature.unknown": _(
        "The security object is signed in a way that cannot be checked here: {why}"
    ),
    "chip.chain.unknown": _(
        "The signer’s certificate is signed in a way that cannot be checked here: {why}"
    ),
    "chip.signer.ended": _("The signer’s certificate ended on {day}."),
    "chip.signer.kind": _("The signer signs documents of kind {kinds}; this one is {kind}."),
    "chip.mrz.misread": _(
        "The chip and the printed machine zone differ in: {fields}; the printed one may be misread. Compare them."
    ),
    "chip.dg11.birth": _("The chip gives two dates of birth: {first} in DG1, {second} in DG11."),
    "chip.signer.short": _(
        "The signer’s certificate ends on {day}, before the document does on {expiry}."
    ),
    "chip.com.missing": _("EF.COM lists {groups}, which the security object does not list."),
    "chip.face.broken": _("The face image cannot be taken out of DG2: {why}"),
    "chip.details.broken": _("The details in {group} cannot be read: {why}"),
    "chip.country.unlisted": _(
        "Whether the certificate’s country {country} stands for {issuer} is not known here."
    ),
    "chip.trailing": _("{group} is followed by bytes that belong to nothing; they were left out."),
    "chip.sod.old_kind": _("The security object bears the label of an early test of such chips."),
    "chip.sha1": _("SHA-1 is used here ({where}): old, and weak by today’s measure."),
    "chip.explicit": _("The curve’s parameters are written out; they are those of {curve}."),
    "chip.dg2.missing": _(
        "The picture of the chip (DG2) did not come, so nothing ties the chip to a face."
    ),
    "chip.group.not_read": _("Signed, but not read from the chip: {groups}."),
    "chip.file.ignored": _("{name} is no file of a chip that is known here; it was left out."),
    "chip.crl.overdue": _(
        "The newest revocation list of {country} that is held was to be replaced on {day}: who was revoked since is not known here."
    ),
    "chip.signer.revoked_elsewhere": _(
        "{country} revoked a certificate of the serial number {serial} under another issuer’s name; it may be this signer’s."
    ),
}
ERRORS: Final[dict[str, Any]] = {
    "chip.der.cut": _("The data ends before it should."),
    "chip.der.length": _("A length in the data is not possible."),
    "chip.der.deep": _("The data is nested too deeply."),
    "chip.der.many": _("The data has too many parts."),
    "chip.der.tag": _("Tag {expected} was expected, and {found} came."),
    "chip.der.shape": _("The data does not have the shape of {what}."),
    "chip.der.trailing": _("Bytes follow where the data should end."),
    "chip.large": _("{what} has {size} bytes; {limit} is the most that is read."),
    "chip.name.twice": _("{group} came twice."),
    "chip.cms.signers": _("There should be one signer; there are {count}."),
    "chip.cms.attributes": _("The signed attributes are not those that the standard asks for."),
    "chip.cms.digest": _("The content is not what was signed: its hash differs."),
    "chip.cms.certificate": _("The signer’s certificate is not among the certificates."),
    "chip.signature.wrong": _("The signature does not fit."),
    "chip.algorithm.unknown": _("The algorithm {name} is not known here."),
    "chip.algorithm.weak": _("The algorithm or key {name} is too weak to prove anything."),
    "chip.curve.unknown": _("The curve’s parameters are those of no known curve."),
    "chip.key.broken": _("The public key is not valid."),
    "chip.sod.version": _("The security object has version {version}."),
    "chip.sod.twice": _("The security object lists {group} twice."),
    "chip.sod.hash": _("The hash of {group} in the security object has the wrong length."),
    "chip.face.newer": _("DG2 holds no face record that is known here."),
    "chip.face.picture": _("The face record holds neither a JPEG nor a JPEG 2000 picture."),
    "chip.crl.issuer": _("The revocation list is signed by none of the states that are trusted."),
    "chip.crl.part": _(
        "This list covers only a part of what its state revoked. Hand in the whole list."
    ),
    "chip.list.kind": _("This is no master list of state certificates ({kind})."),
    "chip.list.purpose": _("The list’s signer may not sign master lists."),
    "chip.list.revoked": _("The list’s signer was revoked by its state."),
    "chip.list.chain": _("The list’s signer was signed by no state certificate that came with it."),
    "chip.list.costly": _("The list asks for more signatures to be verified than any list does."),
    "chip.list.empty": _("The list holds no certificate."),
    "chip.certificate.twice": _("The certificate stands in the list more than once."),
    "chip.certificate.authority": _("The certificate may not sign other certificates."),
    "chip.certificate.country": _("The certificate names no country."),
    "chip.certificate.algorithms": _("The certificate names two different signature algorithms."),
    "chip.certificate.own": _(
        "The certificate says it signed itself, but that signature is wrong."
    ),
}
