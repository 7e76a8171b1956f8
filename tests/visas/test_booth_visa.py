"""The booth reads a visa: what is sound opens the way once, everything else is caught."""

import base64
from datetime import timedelta

import pytest
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone

from safar.control.blanks.actions import stock
from safar.control.border.actions import deciding
from safar.control.border.actions.deciding import CrossingDetails
from safar.control.border.models import Crossing, Inspection
from safar.control.border.wording.findings import tell
from safar.control.visas.actions import certificates
from safar.control.visas.choices.issued import EndingGround, VisaForm
from safar.control.visas.models import VisaUse
from safar.control.visas.seals import signing
from safar.core.errors import InvalidMove
from safar.core.node import uuid7
from safar.lib import mrz, seal
from tests import cast
from tests.makers import border
from tests.makers import visas as applications
from tests.makers import visas_issued as make
from tests.makers.accounts import actor

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _keys():
    make.fresh_keys()
    yield
    make.forget_keys()


@pytest.fixture
def booth():
    return border.sign_on(cast.aida())


def test_a_sound_visa_opens_the_way_and_is_used_with_the_crossing(booth):
    visa = make.issued()
    seen = make.shown(booth, make.passport_of(visa), visa)
    codes = {row["code"] for row in seen.findings}
    assert "visa.sound" in codes
    assert "entry.visa_needed" not in codes
    assert seen.verdict == "clear"
    assert seen.permitted_until == timezone.localdate() + timedelta(days=19)
    crossing = border.admit(seen)
    use = VisaUse.objects.get()
    assert (use.visa, use.nth, use.crossing_id) == (visa, 1, crossing.pk)
    assert crossing.permitted_until == seen.permitted_until


def test_without_its_visa_the_same_traveller_is_not_clear(booth):
    visa = make.issued()
    seen = border.inspect(booth, make.passport_of(visa))
    assert seen.verdict == "check"
    assert seen.visa is None


def test_a_single_entry_is_used_once(booth):
    visa = make.issued()
    border.admit(make.shown(booth, make.passport_of(visa), visa))
    with border.clock(timezone.now() + timedelta(minutes=20)):
        again = make.shown(booth, make.passport_of(visa), visa)
    assert make.codes(again) == {"visa.used_up"}
    assert again.verdict == "hold"


def test_two_entries_are_used_twice_and_no_third_time(booth):
    visa = make.issued(entries="2")
    for minutes in (0, 20):
        with border.clock(timezone.now() + timedelta(minutes=minutes)):
            seen = make.shown(booth, make.passport_of(visa), visa)
            assert "visa.sound" in make.codes(seen)
            border.admit(seen)
    with border.clock(timezone.now() + timedelta(minutes=60)):
        assert make.codes(make.shown(booth, make.passport_of(visa), visa)) == {"visa.used_up"}


def test_a_refused_or_referred_traveller_has_not_used_her_visa(booth):
    visa = make.issued()
    border.refer(make.shown(booth, make.passport_of(visa), visa))
    assert not VisaUse.objects.exists()


def test_the_photocopy_on_another_passport_is_caught(booth):
    visa = make.issued()
    thief = make.passport_of(visa, number="U99999999", surname="SOKOLOVA", given_names="ANNA")
    assert make.codes(make.shown(booth, thief, visa)) == {"visa.copied"}
    renewed = make.passport_of(visa, number="U99999999")
    assert make.codes(make.shown(booth, renewed, visa)) == {"visa.wrong_holder"}
    same_number = make.passport_of(visa, surname="SOKOLOVA", given_names="ANNA")
    assert make.codes(make.shown(booth, same_number, visa)) == {"visa.wrong_holder"}
    older = make.passport_of(visa, birth="1960-01-01")
    assert make.codes(make.shown(booth, older, visa)) == {"visa.wrong_holder"}


def test_whatever_stands_against_a_visa_leaves_nobody_clear(booth):
    """No finding asks for a visa beside the one on what is wrong with hers."""
    visa = make.issued(first=timezone.localdate() + timedelta(days=5))
    seen = make.shown(booth, make.passport_of(visa), visa)
    codes = [row["code"] for row in seen.findings]
    assert not [code for code in codes if code.endswith("visa_needed")]
    assert seen.verdict == "check"
    assert seen.permitted_until is None


def test_an_altered_seal_is_caught(booth):
    visa = make.issued()
    read = seal.decode(bytes(visa.seal))
    forged = seal.rebuild(read, features={3: b"\x09"})
    seen = make.shown(booth, make.passport_of(visa), forged)
    assert make.codes(seen) == {"visa.altered"}
    assert seen.verdict == "hold"


def test_a_revoked_and_an_annulled_visa_are_caught_at_once(booth):
    visa = make.issued()
    make.revoked(visa)
    seen = make.shown(booth, make.passport_of(visa), visa)
    assert make.codes(seen) == {"visa.revoked"}
    said = tell(next(row for row in seen.findings if row["code"] == "visa.revoked"))
    assert "no longer met" in said.sentence


def test_a_visa_that_is_revoked_between_scan_and_enter_admits_nobody(booth):
    visa = make.issued()
    seen = make.shown(booth, make.passport_of(visa), visa)
    make.revoked(visa)
    with pytest.raises(InvalidMove, match="ended meanwhile"):
        border.admit(seen)
    assert not Crossing.objects.exists()
    assert not VisaUse.objects.exists()


def test_not_yet_and_no_longer_valid(booth):
    today = timezone.localdate()
    visa = make.issued(first=today + timedelta(days=5), last=today + timedelta(days=40))
    assert make.codes(make.shown(booth, make.passport_of(visa), visa)) == {"visa.not_yet"}
    with border.clock(timezone.now() + timedelta(days=50)):
        later = make.shown(booth, make.passport_of(visa), visa)
    assert "visa.expired" in make.codes(later)


def test_a_stolen_blank_is_caught(booth):
    visa = make.issued()
    stock.lose_blanks(
        applications.clerk(), visa.consulate, numbers=["KG000007"], reason="broken into"
    )
    key, _held = signing.signer(timezone.now().date())
    read = seal.decode(bytes(visa.seal))
    zone = [read.zone[0], f"KG000007<{mrz.check_digit('KG000007<')}" + read.zone[1][10:]]
    inside = seal.Visa(
        zone=[zone[0], zone[1].ljust(36, "<")], passport_number=visa.document_number,
        stay=seal.Stay(days=20), entries=1, issued_on=timezone.now().date(),
        signed_on=timezone.now().date(),
    )  # fmt: skip
    forged = seal.sign(inside, key)  # as somebody inside would, with the right key
    seen = make.shown(booth, make.passport_of(visa), forged)
    assert {"visa.stolen_blank", "visa.not_in_register"} <= make.codes(seen)


def test_a_visa_sealed_anew_with_the_right_key_differs_from_the_register(booth):
    visa = make.issued()
    key, _held = signing.signer(timezone.now().date())
    forged = seal.rebuild(seal.decode(bytes(visa.seal)), features={3: b"\x09"}, signer=key)
    assert make.codes(make.shown(booth, make.passport_of(visa), forged)) == {"visa.differs"}


def test_the_printed_lines_alone_prove_nothing(booth):
    visa = make.issued()
    client = make.signed_on(booth)
    make.scan(client, "\n".join(border.zone_of(make.passport_of(visa))))
    before = Inspection.objects.latest("inspected_at")
    make.scan(client, visa.zone, inspection=before.pk)
    seen = Inspection.objects.latest("inspected_at")
    assert make.codes(seen) == {"visa.seal_not_read"}
    assert seen.verdict == "check"


def test_a_visa_whose_code_cannot_be_read_is_used_once_all_the_same(booth):
    visa = make.issued()
    border.admit(make.lines_shown(booth, make.passport_of(visa), visa))  # with a reason
    assert VisaUse.objects.get().visa == visa
    with border.clock(timezone.now() + timedelta(minutes=20)):
        again = make.shown(booth, make.passport_of(visa), visa)
    assert make.codes(again) == {"visa.used_up"}


def test_who_passes_with_a_reason_before_her_visa_begins_has_not_used_it(booth):
    visa = make.issued(first=timezone.localdate() + timedelta(days=5))
    border.admit(make.lines_shown(booth, make.passport_of(visa), visa))
    assert not VisaUse.objects.exists()


def test_the_printed_lines_on_another_passport_are_caught_by_the_register(booth):
    visa = make.issued()
    renewed = make.passport_of(visa, number="U99999999")
    assert "visa.wrong_holder" in make.codes(make.lines_shown(booth, renewed, visa))
    thief = make.passport_of(visa, number="U99999999", surname="SOKOLOVA", given_names="ANNA")
    assert "visa.copied" in make.codes(make.lines_shown(booth, thief, visa))


def test_the_seal_of_another_sticker_is_caught_by_the_printed_lines(booth):
    visa = make.issued()
    other = make.issued(document={"document_number": "U44109827"})
    client = make.signed_on(booth)
    make.scan(client, "\n".join(border.zone_of(make.passport_of(visa))))
    make.scan(client, other.zone, inspection=Inspection.objects.latest("inspected_at").pk)
    make.scan(
        client, bytes(visa.seal).hex(), inspection=Inspection.objects.latest("inspected_at").pk
    )
    assert "visa.other_zone" in make.codes(Inspection.objects.latest("inspected_at"))


def test_the_reader_types_passport_then_visa_into_the_same_field(booth):
    visa = make.issued()
    client = make.signed_on(booth)
    page = make.scan(client, "\n".join(border.zone_of(make.passport_of(visa)))).content.decode()
    before = Inspection.objects.latest("inspected_at")
    assert f'name="inspection" value="{before.pk}"' in page
    for text in (
        bytes(visa.seal).hex(),
        bytes(visa.seal).hex().upper(),
        base64.b64encode(bytes(visa.seal)).decode(),
    ):
        page = make.scan(client, text, inspection=before.pk).content.decode()
        seen = Inspection.objects.latest("inspected_at")
        assert "visa.sound" in make.codes(seen), text[:8]
        assert "1 entry left" in page
    client.post(reverse("border:admit", args=[seen.pk]), {"key": str(uuid7())})
    assert VisaUse.objects.count() == 1


def test_an_e_visa_is_read_too(booth):
    visa = make.issued(form=VisaForm.E_VISA)
    client = make.signed_on(booth)
    make.scan(client, "\n".join(border.zone_of(make.passport_of(visa))))
    before = Inspection.objects.latest("inspected_at")
    make.scan(client, bytes(visa.seal).decode(), inspection=before.pk)
    assert "visa.sound" in make.codes(Inspection.objects.latest("inspected_at"))


@override_settings(SAFAR_VISA_REGISTER="list")
@pytest.mark.parametrize(
    ("types", "decline", "said"),
    [
        (("V",), False, "visa.sound"),  # the control: a new key of the same authority
        (("V",), True, "visa.unknown_signer"),
        (("P",), False, "visa.unknown_signer"),
    ],
)
def test_an_e_visa_is_believed_of_no_declined_signer_nor_one_of_passports(
    booth, types, decline, said
):
    visa = make.issued(form=VisaForm.E_VISA)
    key, certificate = make.another_signer(types=types)
    if decline:
        proposed = certificates.propose_certificate(make.seal_keeper(), None, der=certificate.der)
        certificates.decline_certificate(make.seal_keeper("Uulzhan"), proposed)
    forged = make.sealed_by(key, certificate, visa)
    assert said in make.codes(make.shown(booth, make.passport_of(visa), forged))


def test_a_visa_without_a_passport_asks_for_the_passport(booth):
    visa = make.issued()
    client = make.signed_on(booth)
    page = make.scan(client, bytes(visa.seal).hex()).content.decode()
    assert "Scan the passport first" in page
    assert not Inspection.objects.exists()


@pytest.mark.parametrize("text", ["DC03" + "00" * 200, "DC03" * 40, "3AMA" * 40, '{"sig":1}'])
def test_a_broken_seal_is_a_finding_and_no_error(booth, text):
    visa = make.issued()
    client = make.signed_on(booth)
    make.scan(client, "\n".join(border.zone_of(make.passport_of(visa))))
    before = Inspection.objects.latest("inspected_at")
    assert make.scan(client, text, inspection=before.pk).status_code == 200
    assert make.codes(Inspection.objects.latest("inspected_at")) == {"visa.unreadable"}


def test_on_the_way_out_a_used_visa_is_no_matter():
    visa = make.issued()
    border.admit(make.shown(border.sign_on(cast.aida()), make.passport_of(visa), visa))
    with border.clock(timezone.now() + timedelta(days=3)):
        out = border.sign_on(cast.aida(), direction="exit")
        seen = make.shown(out, make.passport_of(visa), visa)
    assert make.codes(seen) == {"visa.sound"}


def test_the_days_of_a_visa_for_many_entries_are_counted_over_all_of_them():
    visa = make.issued(entries="2", days=10)
    passport = make.passport_of(visa)
    border.admit(make.shown(border.sign_on(cast.aida()), passport, visa))
    border.crossed(cast.aida(), passport, "exit", when=timezone.now() + timedelta(days=6))
    with border.clock(timezone.now() + timedelta(days=8)):
        seen = make.shown(border.sign_on(cast.aida()), passport, visa)
    assert "visa.sound" in make.codes(seen)
    assert seen.permitted_until == timezone.localdate() + timedelta(days=8 + 2)  # 7 of 10 used


@pytest.mark.parametrize("by", ["its code", "its lines"])
def test_a_day_on_which_she_leaves_and_comes_back_counts_once(by):
    """Three days: in on the first, out and in again on the third, no fourth day."""
    visa = make.issued(entries="M", days=3, kind_id="B", inviter="A firm")
    passport, show = make.passport_of(visa), make.shown if by == "its code" else make.lines_shown
    border.admit(make.shown(border.sign_on(cast.aida()), passport, visa))
    border.crossed(cast.aida(), passport, "exit", when=timezone.now() + timedelta(days=2))
    with border.clock(timezone.now() + timedelta(days=2, hours=1)):
        seen = make.shown(border.sign_on(cast.aida()), passport, visa)
        assert seen.permitted_until == timezone.localdate()
        border.admit(seen)
        border.crossed(cast.aida(), passport, "exit")
    with border.clock(timezone.now() + timedelta(days=3)):
        assert "visa.days_used" in make.codes(show(border.sign_on(cast.aida()), passport, visa))


def test_the_same_decision_twice_uses_one_entry(booth):
    visa = make.issued()
    seen, key = make.shown(booth, make.passport_of(visa), visa), uuid7()
    for _press in range(2):
        deciding.admit(actor(cast.aida()), seen, key=key, details=CrossingDetails())
    assert VisaUse.objects.count() == 1


@override_settings(SAFAR_VISA_REGISTER="list")
def test_a_post_that_is_cut_off_uses_its_list_and_says_how_old_it_is(booth):
    visa = make.issued()
    seen = make.shown(booth, make.passport_of(visa), visa)
    assert make.codes(seen) == {"visa.sound", "visa.no_list"}
    assert seen.verdict == "check"
    make.imported(make.exported())
    seen = make.shown(booth, make.passport_of(visa), visa)
    assert make.codes(seen) == {"visa.sound", "visa.by_list"}
    make.revoked(visa)
    assert "visa.sound" in make.codes(make.shown(booth, make.passport_of(visa), visa))
    make.imported(make.exported())
    with border.clock(timezone.now() + timedelta(hours=1)):
        late = make.shown(booth, make.passport_of(visa), visa)
    assert make.codes(late) == {"visa.revoked", "visa.by_list"}


@override_settings(SAFAR_VISA_REGISTER="list", SAFAR_VISA_LIST_HOURS=6)
@pytest.mark.parametrize(("hours", "said"), [(5, "visa.by_list"), (6, "visa.list_old")])
def test_a_list_is_old_from_as_many_hours_on_as_the_ministry_says(booth, hours, said):
    visa = make.issued()
    make.imported(make.exported())
    with border.clock(timezone.now() + timedelta(hours=hours)):
        assert said in make.codes(make.shown(booth, make.passport_of(visa), visa))


def test_a_ground_is_told_for_every_ending():
    for ground in EndingGround.values:
        params = {"number": "X", "on": "", "ground": ground}
        assert tell({"code": "visa.annulled", "params": params}).sentence
