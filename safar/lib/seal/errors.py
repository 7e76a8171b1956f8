"""What can be wrong with a seal, a certificate or a key: a code, a sentence, and its weight."""

from typing import Final

CODES: Final = {
    # what the bytes are
    "seal.empty": "There is nothing to read.",
    "seal.too_long": "This is longer than any barcode can hold.",
    "seal.not_a_seal": "This is no digital seal: it does not begin as one.",
    "seal.version": "This seal is of version {version}, which is not known.",
    "seal.truncated": "The seal ends too early: a part of it is missing.",
    "seal.bad_text": "A text in the seal is not written as it must be.",
    "seal.bad_date": "A date in the seal does not exist.",
    "seal.bad_header": "The head of the seal is not written as it must be.",
    "seal.bad_length": "A length in the seal is not written as it must be.",
    "seal.no_signature": "The seal carries no signature.",
    "seal.after_signature": "Something follows the signature, which no signature covers.",
    "seal.repeated": "The field {tag} stands in the seal more than once.",
    "seal.bad_value": "The field {name} of the seal cannot be read.",
    "seal.bad_json": "This is no digital seal: it is not written as JSON of the expected form.",
    # what is to be written
    "seal.cannot_write": "This cannot be put into a seal: {reason}",
    # certificates
    "certificate.broken": "This is no readable certificate.",
    "certificate.curve": "The key of this certificate is of a kind that seals do not use.",
    "certificate.parameters": "The curve of this certificate is not the one it claims to be.",
    "certificate.untrusted": "No trusted state authority stands behind this certificate.",
    "certificate.chain": "The signature of the state authority on this certificate is wrong.",
    "certificate.issuer_period": "The certificate was issued outside the time of the authority.",
    "certificate.not_authority": "The certificate of the authority may not sign certificates.",
    "certificate.duplicate": "Two different certificates bear the same reference.",
    # keys
    "key.unreadable": "The key file cannot be read: {reason}",
    "key.module": "The library of the key device cannot be loaded: {reason}",
    "key.token": "The key device with the label “{token}” is not there.",
    "key.pin": "The PIN of the key device is wrong.",
    "key.locked": "The key device is locked: its administrator must open it.",
    "key.absent": "The key device holds no key with the label “{key}”.",
    "key.device": "The key device did not do what was asked: {reason}",
    # pictures
    "image.empty": "There is no picture.",
    "image.bytes": "The picture is larger than {limit} MB.",
    "image.pixels": "The picture has more than {limit} million points.",
    "image.scans": "The picture is told again and again. Save it as a plain JPEG or PNG.",
    "image.broken": "The picture cannot be read.",
    "image.codes": "There must be one seal in the picture; {count} were found.",
    "image.kind": "Pictures must be PNG, JPEG or WebP.",
}


class SealError(Exception):
    """Anything that is wrong with what came in; never shown as a traceback.

    `code` is a key of CODES, `params` fill its sentence, `sentence` is its English.
    """

    def __init__(self, code: str, **params: str | int) -> None:
        self.code = code
        self.params = params
        self.sentence = CODES[code].format_map(params)
        super().__init__(self.sentence)
