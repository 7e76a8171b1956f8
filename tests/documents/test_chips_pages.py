"""Pages of the certificates of states: a file, the second person, the distrust."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from safar.control.documents.models import CertificateImport, StateCertificate
from tests import cast
from tests.documents.test_chips_trust import a_list, trusted
from tests.makers.accounts import sign_in
from tests.makers.reference import load_reference

database = pytest.mark.django_db
slow = pytest.mark.slow


@pytest.fixture
def ground(settings):
    settings.SAFAR_REQUIRE_SECOND_FACTOR = False
    load_reference()


def signed_in(who) -> Client:
    client = Client()
    sign_in(client, who)
    return client


def upload(content: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile("list.ml", content or a_list(), "application/octet-stream")


@database
@slow
@pytest.mark.usefixtures("ground")
class TestPages:
    def test_from_the_file_to_the_trust_and_back(self):
        kamila, leila = signed_in(cast.kamila()), signed_in(cast.leila())
        address = reverse("documents:certificate_add")
        seen = kamila.post(address, {"file": upload(), "source": "by hand", "check": "1"})
        assert "Would be put forward" in seen.content.decode()
        assert not CertificateImport.objects.exists()
        kamila.post(address, {"file": upload(), "source": "by hand"})
        run = CertificateImport.objects.get()
        page = reverse("documents:certificate_import", args=[run.pk])
        assert "Trust them" not in kamila.get(page).content.decode()
        assert "Trust them" in leila.get(page).content.decode()
        leila.post(reverse("documents:certificate_trust_all", args=[run.pk]), {"compared": "on"})
        listed = leila.get(reverse("documents:certificates")).content.decode()
        assert "1 certificate is trusted" in listed
        assert "Their chips cannot be judged" in listed
        row = StateCertificate.objects.get(country="KG")
        one = reverse("documents:certificate", args=[row.pk])
        assert "Distrust it" in leila.get(one).content.decode()
        leila.post(reverse("documents:certificate_distrust", args=[row.pk]), {"reason": "stolen"})
        assert "Put it forward once more" in kamila.get(one).content.decode()
        assert "Kyrgyz" in kamila.get(reverse("documents:certificates_of", args=["kg"])).content.decode()  # fmt: skip

    def test_a_wrong_file_is_answered_on_the_form(self):
        kamila = signed_in(cast.kamila())
        answer = kamila.post(
            reverse("documents:certificate_add"),
            {"file": upload(a_list(purposes=())), "source": "by hand"},
        )
        assert answer.status_code == 422
        assert "may not sign master lists" in answer.content.decode()

    def test_others_look_and_decide_nothing(self):
        trusted()
        row = StateCertificate.objects.all()[0]
        bakyt = signed_in(cast.bakyt())
        page = bakyt.get(reverse("documents:certificate", args=[row.pk]))
        assert page.status_code == 200
        assert "Distrust it" not in page.content.decode()
        denied = bakyt.post(reverse("documents:certificate_distrust", args=[row.pk]), {"reason": "x"})  # fmt: skip
        assert denied.status_code == 403
        assert bakyt.get(reverse("documents:certificate_add")).status_code == 403
        assert signed_in(cast.aida()).get(reverse("documents:certificates")).status_code == 403

    def test_states_without_a_certificate_are_said_to_be_so(self):
        page = signed_in(cast.kamila()).get(reverse("documents:certificates")).content.decode()
        assert "No certificate is held yet." in page
        assert "Kyrgyzstan" in page[page.index('id="without"') :]
        trusted(a_list())
        page = signed_in(cast.kamila()).get(reverse("documents:certificates")).content.decode()
        held, without = page.split('id="without"')
        assert "1 certificate is trusted" in held
        assert "Kyrgyzstan" in held
        assert "Kyrgyzstan" not in without
        assert "Kazakhstan" in without
