"""What a post holds that is cut off: signed, whole, never older than what it had."""

from datetime import timedelta

import pytest
from django.test import override_settings
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safar.control.blanks.actions import stock
from safar.control.visas.actions import certificates
from safar.control.visas.choices.issued import CertificateKind, VisaForm
from safar.control.visas.files import status_list
from safar.control.visas.models import ListedNumber, SignerCertificate, VisaListVersion
from safar.control.visas.seals import keys, signing
from safar.core.errors import InvalidMove, NotAllowed, RuleBroken
from safar.core.record import writing
from safar.lib.seal.issuing import file_signer
from tests import cast
from tests.makers import border
from tests.makers import visas as applications
from tests.makers import visas_issued as make

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _keys():
    make.fresh_keys()
    yield
    make.forget_keys()


def listed() -> dict[str, str]:
    return dict(ListedNumber.objects.values_list("number", "listed_as"))


def test_the_list_names_what_must_not_pass_and_nothing_else():
    make.stocked()
    sound = make.issued()
    revoked = make.revoked(make.issued())
    used = make.issued()
    border.admit(make.shown(border.sign_on(cast.aida()), make.passport_of(used), used))
    stock.lose_blanks(applications.clerk(), sound.consulate, numbers=["KG000015"], reason="stolen")
    make.imported(make.exported())
    assert listed() == {revoked.number: "revoked", used.number: "used_up", "KG000015": "blank"}


def test_a_list_that_was_changed_by_one_sign_is_refused():
    make.revoked(make.issued())
    data = make.exported()
    for at in (5, len(data) // 2, len(data) - 5):
        torn = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        with pytest.raises(RuleBroken):
            make.imported(torn)
    make.imported(data)  # the control: untouched it is taken


def test_a_list_that_a_stranger_signed_is_refused():
    make.issued()
    data = make.exported()
    with writing("visas"):
        SignerCertificate.objects.filter(kind="authority").update(kind="signer")
    signing.forget()
    with pytest.raises(RuleBroken, match="Nobody whom this post trusts"):
        make.imported(data)


@pytest.mark.parametrize(("state", "types"), [("UZ", ("V",)), ("KG", ("P",))])
def test_a_signer_that_is_trusted_for_other_papers_makes_no_list(state, types):
    """Another state's visas are read here, and this state's passports: neither key makes lists."""
    make.revoked(make.issued())
    make.imported(make.exported())
    before = listed()
    key, certificate = make.another_signer(state=state, types=types)
    empty = status_list.StatusList(99, "elsewhere", timezone.now(), [], [])
    with pytest.raises(RuleBroken, match="Nobody whom this post trusts"):
        make.imported(status_list.write(empty, file_signer(key, certificate), certificate.der))
    assert listed() == before != {}
    own, certificate = make.another_signer(state="KG", types=("V",))  # the control
    make.imported(status_list.write(empty, file_signer(own, certificate), certificate.der))
    assert listed() == {}


def test_an_older_list_never_takes_the_place_of_a_newer():
    first, second = make.exported(), make.exported()
    make.imported(second)
    for data in (first, second):
        with pytest.raises(InvalidMove):
            make.imported(data)
    assert VisaListVersion.objects.filter(imported=True).count() == 1


def test_the_list_brings_new_signers_and_revocations():
    make.issued()
    keys.make_keys(timezone.now().date())  # rolled over: the second signer
    data = make.exported()
    second = SignerCertificate.objects.filter(kind=CertificateKind.SIGNER).latest("proposed_at")
    with writing("visas"):
        SignerCertificate.objects.filter(pk=second.pk).delete()
    signing.forget()
    make.imported(data)  # signed by the new key itself, whose certificate comes along
    assert SignerCertificate.objects.filter(sha256=second.sha256, status="trusted").exists()


def test_a_revocation_reaches_the_post_by_the_list():
    visa = make.issued()
    signer = visa.signer
    keys.make_keys(timezone.now().date())
    today = timezone.now().date()
    certificates.revoke_certificate(
        make.HEADQUARTERS, signer, on=today - timedelta(days=1), reason="key was stolen"
    )
    data = make.exported()
    with writing("visas"):  # the post does not know yet
        SignerCertificate.objects.filter(pk=signer.pk).update(
            status="trusted", revoked_on=None, reason=""
        )
    signing.forget()
    make.imported(data)
    signer.refresh_from_db()
    assert (signer.status, signer.revoked_on) == ("revoked", today - timedelta(days=1))
    with override_settings(SAFAR_VISA_REGISTER="list"):
        seen = make.shown(border.sign_on(cast.aida()), make.passport_of(visa), visa)
    assert "visa.signer_revoked" in make.codes(seen)


def test_a_declined_signer_reaches_the_post_by_the_list():
    """Or an e-visa that it sealed would be sound there: its authority stands behind it."""
    visa = make.issued(form=VisaForm.E_VISA)
    key, certificate = make.another_signer()
    junk = make.another_signer(state="UZ")[1]
    for der in (certificate.der, junk.der):
        proposed = certificates.propose_certificate(make.seal_keeper(), None, der=der)
        certificates.decline_certificate(make.seal_keeper("Uulzhan"), proposed)
    data = make.exported()
    with writing("visas"):  # the post does not know of either
        SignerCertificate.objects.filter(status="declined").delete()
        SignerCertificate.objects.filter(country="UZB").delete()
    signing.forget()
    booth = border.sign_on(cast.aida())
    forged = make.sealed_by(key, certificate, visa)
    with override_settings(SAFAR_VISA_REGISTER="list"):
        before = make.shown(booth, make.passport_of(visa), forged)
        assert "visa.sound" in make.codes(before)  # the control
        make.imported(data)
        after = make.shown(booth, make.passport_of(visa), forged)
    assert "visa.signer_revoked" in make.codes(after)
    assert not SignerCertificate.objects.filter(country="UZB").exists()


def test_a_revoked_authority_reaches_the_post_by_the_list():
    """Or whoever holds its key would make signers there, and e-visas with them."""
    visa = make.issued(form=VisaForm.E_VISA)
    key, certificate = make.another_signer()
    authority = SignerCertificate.objects.get(kind="authority", country="KGZ")
    data = make.exported()
    certificates.revoke_certificate(
        make.seal_keeper(), authority, on=timezone.localdate(), reason="The key was stolen"
    )
    with_it = make.exported()
    with writing("visas"):  # the post does not know of it
        SignerCertificate.objects.filter(pk=authority.pk).update(
            status="trusted", revoked_on=None, reason=""
        )
    signing.forget()
    booth = border.sign_on(cast.aida())
    forged = make.sealed_by(key, certificate, visa)
    with override_settings(SAFAR_VISA_REGISTER="list"):
        make.imported(data)
        before = make.shown(booth, make.passport_of(visa), forged)
        assert "visa.sound" in make.codes(before)  # the control
        make.imported(with_it)
        after = make.shown(booth, make.passport_of(visa), forged)
    assert "visa.sound" not in make.codes(after)
    assert after.verdict == "hold"


def test_no_list_makes_a_post_trust_an_authority():
    make.issued()
    before = set(SignerCertificate.objects.filter(kind="authority").values_list("pk", flat=True))
    make.imported(make.exported())
    after = set(SignerCertificate.objects.filter(kind="authority").values_list("pk", flat=True))
    assert before == after


def test_two_people_trust_a_certificate():
    other = make.seal_keeper("Uulzhan")
    der = bytes(SignerCertificate.objects.filter(kind="authority").get().der)
    with writing("visas"):
        SignerCertificate.objects.all().delete()
    one = make.seal_keeper()
    proposed = certificates.propose_certificate(one, None, der=der)
    assert len(signing.known_signers()) == 0
    with pytest.raises(NotAllowed, match="second person"):
        certificates.trust_certificate(one, proposed)
    assert certificates.trust_certificate(other, proposed).status == "trusted"


def test_what_is_no_certificate_is_refused_in_words():
    with pytest.raises(RuleBroken, match="no readable certificate"):
        certificates.propose_certificate(make.seal_keeper(), None, der=b"\x30\x82broken")


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.binary(max_size=300))
def test_no_file_brings_the_import_down(data):
    with pytest.raises(RuleBroken):
        make.imported(data)
