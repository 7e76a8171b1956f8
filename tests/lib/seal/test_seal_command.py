"""Does `safar seal` seal, show and judge, and say by its exit status whether all is sound?"""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from safar.lib.seal import barcode, decode, issuing, sign, vds_nc
from safar.lib.seal.command import seal
from tests.lib.seal.making import SEALED, SINCE, TODAY, UNTIL, csca, signer, visa, zone


def run(*arguments: str, given: bytes | str = b"") -> Result:
    return CliRunner().invoke(seal, arguments, input=given)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Key, certificate and authority in files."""
    path = tmp_path_factory.mktemp("pki")
    key = issuing.new_key()
    certificate = issuing.issue_signer(
        csca(),
        name="VC",
        serial=0x2B,
        public_key=key.public_key(),
        valid_from=SINCE,
        valid_until=UNTIL,
    )
    plain = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (path / "key.pem").write_bytes(plain)
    (path / "signer.der").write_bytes(certificate.der)
    (path / "signer.pem").write_bytes(
        x509.load_der_x509_certificate(certificate.der).public_bytes(Encoding.PEM)
    )
    (path / "csca.der").write_bytes(csca().certificate.der)
    return path


def described(**other: object) -> str:
    usual: dict[str, object] = {
        "zone": zone(),
        "passport_number": "L898902C3",
        "stay": 90,
        "entries": 2,
        "issued_on": "2026-11-01",
        "signed_on": "2026-11-01",
        "visa_type": "T1",
    }
    return json.dumps(usual | other)


def sealed(folder: Path) -> bytes:
    return run(
        "sign", "--key", str(folder / "key.pem"), "--certificate", str(folder / "signer.pem"),
        given=described(),
    ).stdout_bytes  # fmt: skip


def trust(folder: Path, signers: str = "signer.pem") -> list[str]:
    return [
        "--signers", str(folder / signers), "--authority", str(folder / "csca.der"),
        "--on", str(TODAY),
    ]  # fmt: skip


def test_a_visa_is_sealed_shown_and_sound(folder: Path) -> None:
    data = sealed(folder)
    shown = run("decode", "--json", given=data)
    assert shown.exit_code == 0
    found = json.loads(shown.stdout)
    assert (found["kind"], found["signer_id"], found["reference"]) == ("5D01", "KGVC", "2B")
    assert found["fields"]["stay"] == {"days": 90, "months": 0, "years": 0}
    judged = run("verify", "--json", *trust(folder), given=data)
    assert judged.exit_code == 0
    assert json.loads(judged.stdout)["code"] == "seal.sound"
    assert run("verify", *trust(folder, "signer.der"), given=data).exit_code == 0


def test_one_changed_byte_exits_with_1(folder: Path) -> None:
    data = bytearray(sealed(folder))
    data[-1] ^= 1
    judged = run("verify", "--json", *trust(folder), given=bytes(data))
    assert judged.exit_code == 1
    assert json.loads(judged.stdout) | {"seal": None, "params": None} == {
        "sound": False,
        "code": "seal.altered",
        "weight": 100,
        "sentence": "What the seal says was altered, or it is a forgery.",
        "params": None,
        "problem": None,
        "signature_right": False,
        "seal": None,
    }
    assert "altered" in run("verify", *trust(folder), given=bytes(data)).output


def test_hex_goes_in_and_out(folder: Path) -> None:
    keys = ["--key", str(folder / "key.pem"), "--certificate", str(folder / "signer.pem")]
    text = run("sign", "--hex", *keys, given=described()).stdout
    assert decode(bytes.fromhex(text)).text("passport_number") == "L898902C3"
    assert run("verify", "--hex", *trust(folder), given=text).exit_code == 0
    as_json = json.loads(run("sign", "--json", *keys, given=described()).stdout)
    assert len(as_json["hex"]) == 2 * as_json["bytes"]


def test_a_picture_of_the_code_may_be_given(folder: Path) -> None:
    picture = barcode.png(barcode.matrix(sealed(folder)))
    assert run("verify", *trust(folder), given=picture).exit_code == 0
    blank = barcode.png(((False,) * 20,) * 20)
    answer = run("verify", "--json", *trust(folder), given=blank)
    assert (answer.exit_code, json.loads(answer.stdout)["code"]) == (1, "image.codes")


def test_a_json_seal_is_told_from_the_other_kind(folder: Path) -> None:
    mine, certificate = signer()
    data = vds_nc.sign({"n": "Ё"}, mine, certificate, type="icao.visa", signed_on=SEALED)
    shown = run("decode", given=data)
    assert shown.exit_code == 0
    assert "Ё" in shown.stdout
    authority = ["--authority", str(folder / "csca.der"), "--on", str(TODAY)]
    assert run("verify", *authority, given=data).exit_code == 0
    assert run("verify", "--on", str(TODAY), given=data).exit_code == 1


def test_a_revocation_is_named_by_signer_and_day(folder: Path) -> None:
    data = sealed(folder)
    later = run("verify", "--json", *trust(folder), "--revoked", "KGVC:2b=2026-11-10", given=data)
    assert (later.exit_code, json.loads(later.stdout)["code"]) == (0, "seal.revoked_later")
    before = run("verify", "--json", *trust(folder), "--revoked", "KGVC:2B=2026-10-10", given=data)
    assert (before.exit_code, json.loads(before.stdout)["code"]) == (1, "seal.revoked")


def test_nobody_is_trusted_unless_named(folder: Path) -> None:
    answer = run("verify", "--json", given=sealed(folder))
    assert (answer.exit_code, json.loads(answer.stdout)["code"]) == (1, "seal.unknown_signer")


@pytest.mark.parametrize(
    "arguments",
    [
        ["sign"],
        ["verify", "--on", "yesterday"],
        ["verify", "--revoked", "KGVC"],
        ["verify", "--signers", "/nowhere.pem"],
        ["decode", "--hex"],
        ["nothing"],
    ],
)
def test_wrong_usage_exits_with_2(arguments: list[str]) -> None:
    assert run(*arguments, given="no hex").exit_code == 2


def test_a_key_comes_from_a_file_or_from_a_device_and_not_from_both(folder: Path) -> None:
    certificate = ["--certificate", str(folder / "signer.pem")]
    key = ["--key", str(folder / "key.pem")]
    device = ["--module", "/nowhere.so", "--token", "t", "--label", "l"]
    pin = ["--pin-file", str(folder / "key.pem")]
    assert run("sign", *certificate, given=described()).exit_code == 2
    assert run("sign", *certificate, *device, given=described()).exit_code == 2
    assert run("sign", *certificate, *key, *device, *pin, given=described()).exit_code == 2
    answer = run("sign", "--json", *certificate, *device, *pin, given=described())
    assert (answer.exit_code, json.loads(answer.stdout)["code"]) == (1, "key.module")


@pytest.mark.parametrize(
    "other",
    [
        {"stay": "90"},
        {"stay": {"weeks": 1}},
        {"stay": True},
        {"entries": "2"},
        {"zone": "V<KGZ"},
        {"zone": [1, 2]},
        {"passport_number": None},
        {"signed_on": "2026-13-01"},
        {"colour": "red"},
        {"visa_type": ""},
    ],
)
def test_a_visa_that_is_described_wrongly_is_not_sealed(
    folder: Path, other: dict[str, object]
) -> None:
    keys = ["--key", str(folder / "key.pem"), "--certificate", str(folder / "signer.pem")]
    answer = run("sign", "--json", *keys, given=described(**other))
    assert (answer.exit_code, json.loads(answer.stdout)["code"]) == (1, "seal.cannot_write")


@pytest.mark.parametrize(
    "given", [b"", b"\xdc", b"{", b"\x89PNG", bytes(100_000), b"\xff\xd8\xff\xe0"]
)
def test_any_input_ends_in_a_sentence(folder: Path, given: bytes) -> None:
    for verb in (["decode"], ["verify", *trust(folder)]):
        for form in ([], ["--json"]):
            answer = run(*verb, *form, given=given)
            assert answer.exit_code == 1, answer.output
            assert isinstance(answer.exception, SystemExit)
            assert answer.output.strip()


def test_the_key_file_of_another_kind_is_refused(folder: Path) -> None:
    keys = ["--key", str(folder / "csca.der"), "--certificate", str(folder / "signer.pem")]
    answer = run("sign", "--json", *keys, given=described())
    assert (answer.exit_code, json.loads(answer.stdout)["code"]) == (1, "key.unreadable")


def test_the_same_visa_is_sealed_by_the_library_and_by_the_command(folder: Path) -> None:
    mine = decode(sign(visa(), signer()[0]))
    assert decode(sealed(folder)).features == mine.features
