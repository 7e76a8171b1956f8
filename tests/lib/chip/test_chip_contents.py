"""Are zone, security object, dates and files of a chip held against each other?"""

from datetime import date, timedelta
from typing import Any

import pytest

from safar.lib.chip import (
    ChipError,
    ChipVerdict,
    TrustedStates,
    read_certificate,
    verify,
)
from tests.lib.chip.making import (
    FIRST,
    LAST,
    LIST,
    TODAY,
    ZONE,
    State,
    certificate,
    dg1,
    dg2,
    dg11,
    dg12,
    name,
    security_object,
    zone,
)
from tests.lib.chip.making_keys import ec_key, tlv

KYRGYZ = State()
ROOT = read_certificate(KYRGYZ.root())
TRUSTED = TrustedStates([ROOT])
ISSUED = date(2025, 11, 1)


def judge(files: dict[str, bytes], trusted: TrustedStates = TRUSTED, **rest: Any) -> ChipVerdict:
    return verify(files, trusted, **{"on": TODAY} | rest)


def codes(verdict: ChipVerdict) -> set[str]:
    return {found.code for found in verdict.findings}


def signed_by(**rest: Any) -> dict[str, bytes]:
    return KYRGYZ.chip(certificates=[KYRGYZ.signer(**rest)])


def test_the_printed_zone_of_another_is_found() -> None:
    other = zone(surname="Stranger", number="PE0000002")
    verdict = judge(KYRGYZ.chip(), printed=other)
    assert codes(verdict) == {"chip.mrz.differs"}
    assert "number" in str(verdict.findings[0].params["fields"])
    assert verdict.outcome == "refused"


def test_a_printed_zone_that_may_be_misread_is_only_doubtful() -> None:
    misread = [ZONE[0], ZONE[1].replace("PE00", "PE0O", 1)]
    verdict = judge(KYRGYZ.chip(), printed=misread)
    assert codes(verdict) == {"chip.mrz.misread"}
    assert verdict.outcome == "doubtful"


def test_a_chip_whose_own_zone_does_not_hold_together_is_doubtful() -> None:
    lines = [ZONE[0], ZONE[1][:9] + "0" + ZONE[1][10:]]
    verdict = judge(KYRGYZ.chip(groups={1: dg1(lines), 2: dg2()}))
    assert "chip.mrz.unsound" in codes(verdict)
    assert verdict.outcome == "doubtful"


def test_without_its_zone_a_chip_cannot_be_judged() -> None:
    files = KYRGYZ.chip()
    del files["EF.DG1"]
    verdict = judge(files)
    assert "chip.dg1.missing" in codes(verdict)
    assert verdict.outcome == "unjudged"


def test_without_a_security_object_a_chip_cannot_be_judged() -> None:
    files = KYRGYZ.chip()
    del files["EF.SOD"]
    verdict = judge(files)
    assert codes(verdict) == {"chip.sod.missing"}
    assert (verdict.outcome, set(verdict.groups.values())) == ("unjudged", {"unproved"})


def test_without_its_signers_certificate_a_chip_cannot_be_judged() -> None:
    verdict = judge(KYRGYZ.chip(certificates=[KYRGYZ.root()], by_key=True))
    assert codes(verdict) == {"chip.signer.missing"}
    assert verdict.outcome == "unjudged"
    assert set(verdict.groups.values()) == {"unproved"}


def test_a_group_that_the_signer_of_an_unknown_state_signed_is_not_called_signed() -> None:
    files = KYRGYZ.chip()
    assert set(judge(files).groups.values()) == {"signed"}  # the control: its state is trusted
    verdict = judge(files, TrustedStates([]))
    assert codes(verdict) == {"chip.state.unknown"}
    assert (verdict.outcome, set(verdict.groups.values())) == ("unjudged", {"unproved"})


def test_a_signer_may_be_named_by_its_key() -> None:
    assert judge(KYRGYZ.chip(by_key=True)).authentic


def test_something_else_that_a_state_signed_is_no_security_object() -> None:
    groups = {1: dg1(), 2: dg2()}
    files = {**KYRGYZ.chip(), "EF.SOD": KYRGYZ.sod(groups, kind=LIST)}
    assert codes(judge(files)) == {"chip.sod.kind"}
    other = {**KYRGYZ.chip(), "EF.SOD": KYRGYZ.sod(groups, attribute_kind=LIST)}
    (found,) = judge(other).findings
    assert (found.code, found.params["why_code"]) == ("chip.sod.signature", "chip.cms.attributes")


def test_content_that_was_changed_after_signing_is_found() -> None:
    verdict = judge(KYRGYZ.chip(attribute_digest=bytes(32)))
    assert verdict.findings[0].params["why_code"] == "chip.cms.digest"
    assert verdict.outcome == "refused"


@pytest.mark.parametrize(
    ("rest", "facts", "found"),
    [
        ({"first": TODAY + timedelta(1)}, {}, {"chip.signer.early", "chip.signer.issued"}),
        ({"first": TODAY}, {"issued": TODAY}, set()),
        ({"last": TODAY - timedelta(1)}, {}, {"chip.signer.ended"}),
        ({"last": TODAY}, {}, {"chip.signer.short"}),
        ({"last": date(2035, 11, 1)}, {}, set()),
        ({"usage": (FIRST, date(2025, 3, 31))}, {}, {"chip.signer.usage"}),
        ({"usage": (FIRST, ISSUED)}, {}, set()),
        ({"usage": (ISSUED + timedelta(1), LAST)}, {}, {"chip.signer.usage"}),
    ],
)
def test_the_signers_dates_are_held_against_the_documents(
    rest: dict[str, Any], facts: dict[str, Any], found: set[str]
) -> None:
    assert codes(judge(signed_by(**rest), **{"issued": ISSUED} | facts)) == found


def test_the_date_of_issue_comes_from_the_paper_else_from_the_chip() -> None:
    signer = KYRGYZ.signer(usage=(FIRST, date(2025, 3, 31)))
    plain = KYRGYZ.chip(certificates=[signer])
    assert codes(judge(plain)) == set()
    told = KYRGYZ.chip(certificates=[signer], groups={1: dg1(), 2: dg2(), 12: dg12()})
    assert codes(judge(told)) == {"chip.signer.usage"}
    assert codes(judge(told, issued=FIRST)) == set()
    timed = KYRGYZ.chip(certificates=[signer], signed_on=ISSUED)
    assert codes(judge(timed)) == {"chip.signer.usage"}


def test_an_unsigned_date_of_issue_is_not_believed() -> None:
    signer = KYRGYZ.signer(usage=(FIRST, date(2025, 3, 31)))
    early = {1: dg1(), 2: dg2(), 12: dg12(b"20250201")}
    files = KYRGYZ.chip(certificates=[signer], groups=early)
    assert codes(judge(files)) == set()
    files["EF.DG12"] = dg12(b"20251101")
    assert codes(judge(files)) == {"chip.group.hash"}


def test_a_signer_older_or_younger_than_the_states_certificate() -> None:
    root = read_certificate(KYRGYZ.root(last=FIRST - timedelta(1)))
    verdict = judge(KYRGYZ.chip(), TrustedStates([root]))
    assert codes(verdict) == {"chip.csca.dates"}
    assert verdict.outcome == "doubtful"


def test_of_several_certificates_of_one_state_key_the_fitting_one_counts() -> None:
    ended = read_certificate(KYRGYZ.root(last=FIRST - timedelta(1)))
    fitting = read_certificate(KYRGYZ.root())
    for held in ([ended, fitting], [fitting, ended]):
        verdict = judge(KYRGYZ.chip(), TrustedStates(held))
        assert (codes(verdict), verdict.root) == (set(), fitting)


@pytest.mark.parametrize(
    "changes",
    [
        {"purposes": ["2.23.136.1.1.3"]},
        {"purposes": ["1.3.6.1.5.5.7.3.1"]},  # a web server's
        {"purposes": ["1.2.203.7064.1.1.369791.1"]},  # of inspection systems
        {"authority": True},
    ],
)
def test_a_signer_of_something_else_may_not_sign_documents(changes) -> None:
    verdict = judge(signed_by(**changes))
    assert codes(verdict) == {"chip.signer.purpose"}
    assert verdict.outcome == "refused"


def test_a_signer_of_any_purpose_may() -> None:
    assert codes(judge(signed_by(purposes=["2.5.29.37.0"]))) == set()


def test_a_signer_of_other_kinds_of_document() -> None:
    assert codes(judge(signed_by(kinds=["ID", "AC"]))) == {"chip.signer.kind"}
    assert codes(judge(signed_by(kinds=["P<"]))) == set()


def test_a_certificate_with_two_algorithms_signs_nothing() -> None:
    files = signed_by(inner_algorithm=ec_key(0, hash="sha512").algorithm())
    assert codes(judge(files)) == {"chip.signer.missing"}


def test_two_dates_of_birth_on_one_chip() -> None:
    assert codes(judge(KYRGYZ.chip(groups={1: dg1(), 2: dg2(), 11: dg11(b"19900518")}))) == {
        "chip.dg11.birth"
    }
    assert codes(judge(KYRGYZ.chip(groups={1: dg1(), 2: dg2(), 11: dg11(b"19900000")}))) == set()


def test_bytes_after_a_file_are_left_out_and_noted() -> None:
    files = KYRGYZ.chip()
    files["EF.DG1"] += bytes(20)
    verdict = judge(files)
    assert codes(verdict) == {"chip.trailing"}
    assert verdict.authentic


def test_another_files_content_under_a_groups_name_is_refused() -> None:
    files = KYRGYZ.chip()
    files["EF.DG1"], files["EF.DG2"] = files["EF.DG2"], files["EF.DG1"]
    assert "chip.group.broken" in codes(judge(files))
    assert judge(files).outcome == "refused"


@pytest.mark.parametrize(
    "content",
    [
        security_object({1: dg1()}).replace(b"\x02\x01\x00", b"\x02\x01\x07", 1),
        security_object({17: dg1()}),
        tlv(0x30, b"\x02\x01\x00", security_object({1: b""})[7:22], tlv(0x30)),
    ],
)
def test_a_security_object_of_another_shape_is_refused(content: bytes) -> None:
    verdict = judge({**KYRGYZ.chip(), "EF.SOD": KYRGYZ.sod({}, content=content)})
    assert codes(verdict) == {"chip.sod.broken"}
    assert verdict.outcome == "refused"


def test_a_group_listed_twice_is_refused() -> None:
    row = tlv(0x30, b"\x02\x01\x01", tlv(0x04, bytes(32)))
    once = security_object({1: dg1()})
    content = tlv(0x30, once[2:20], tlv(0x30, row, row))
    files = {**KYRGYZ.chip(), "EF.SOD": KYRGYZ.sod({}, content=content)}
    assert judge(files).findings[0].params["why_code"] == "chip.sod.twice"


def test_one_group_in_two_files_is_refused() -> None:
    with pytest.raises(ChipError, match="DG1 came twice"):
        judge({**KYRGYZ.chip(), "dg01.bin": dg1()})


def test_files_that_are_none_of_a_chips_are_left_out_and_noted() -> None:
    verdict = judge({**KYRGYZ.chip(), "readme.txt": b"x"})
    assert codes(verdict) == {"chip.file.ignored"}
    assert verdict.authentic


def test_a_file_that_is_too_large_is_refused() -> None:
    with pytest.raises(ChipError, match="1048576 is the most"):
        judge({"DG2": bytes(1024 * 1024 + 1)})


def test_every_finding_has_a_sentence_for_its_params() -> None:
    other = certificate(
        ec_key(1), ec_key(1), subject=name("KG", "a"), issuer=name("KG", "b"), serial=2**200
    )
    verdict = judge(KYRGYZ.chip(certificates=[other, KYRGYZ.signer()]))
    assert all(found.sentence for found in verdict.findings)
