"""The pages of making in a browser's eyes: queue, job, control, counter, document."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from safar.core.models import AuditEntry
from tests.makers import accounts
from tests.makers import passports as make
from tests.makers import passports_made as papers

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _keys():
    papers.fresh_keys()
    yield
    papers.forget_keys()


def browser(name: str, role: str, at: str = make.HOME):
    client = Client()
    accounts.sign_in_with_app(client, make.officer(name, role, at))
    return client


def text(client, name: str, *keys) -> str:
    answer = client.get(reverse(f"passports:{name}", args=keys))
    assert answer.status_code == 200, answer.content[:300]
    return str(answer.content.decode())


def test_from_the_queue_to_the_counter_by_four_people():
    papers.stocked()
    application = make.approved()
    operator, control = browser("Ulan", "passport_operator"), browser("Nazgul", "passport_quality")
    clerk = browser("Burul", "passport_clerk")
    queue = text(operator, "queue")
    assert application.number in queue
    assert application.surname not in queue  # lists carry numbers
    answer = operator.post(reverse("passports:take", args=[make.HOME]))
    job = application.jobs.get()
    assert answer.url == reverse("passports:job", args=[job.pk])
    assert application.surname in text(operator, "job", job.pk)
    pdf = operator.get(reverse("passports:job_pdf", args=[job.pk]))
    assert pdf.content.startswith(b"%PDF")
    packed = operator.get(reverse("passports:job_chip", args=[job.pk]))
    with zipfile.ZipFile(io.BytesIO(packed.content)) as folder:
        files = {name.rpartition("/")[2]: folder.read(name) for name in folder.namelist()}
    assert files == job.passport.chip.files
    operator.post(reverse("passports:job_printed", args=[job.pk]))
    url = reverse("passports:control", args=[job.pk])
    assert operator.get(url).status_code == 403
    assert "Compare" in text(control, "control", job.pk)
    wrong = control.post(url, {"zone": "PPKGZ", "looked": "on", "chip": uploads(files)})
    assert wrong.status_code == 422
    assert "no machine zone" in wrong.content.decode()
    right = {"zone": job.passport.zone, "looked": "on", "chip": uploads(files)}
    assert control.post(url, right).status_code == 302
    document = papers.again(job.passport)
    counter = text(clerk, "counter")
    assert document.number in counter
    assert application.surname not in counter
    page = text(clerk, "passport", document.pk)
    assert "Give it out" in page
    typed = {
        "receiver": "holder", "receiver_name": "AIGUL", "document_shown": "ID 1", "signed": "on",
    }  # fmt: skip
    clerk.post(reverse("passports:deliver", args=[document.pk]), typed)
    assert papers.again(document).status == "delivered"
    receipt = clerk.get(reverse("passports:receipt", args=[document.pk]))
    assert receipt.content.startswith(b"%PDF")
    opened = AuditEntry.objects.filter(action__startswith="passports.read").count()
    assert opened >= 6


def uploads(files: dict[str, bytes]) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(name, data) for name, data in files.items()]


def test_a_cancelled_document_says_so_and_another_withdraws_it():
    papers.stocked()
    document = papers.delivered()
    clerk, officer = browser("Burul", "passport_clerk"), browser("Sabyr", "passport_officer")
    url = reverse("passports:cancel", args=[document.pk])
    assert clerk.post(url, {"ground": "lost", "reason": ""}).status_code == 422
    clerk.post(url, {"ground": "lost", "reason": "Lost on a bus"})
    page = text(clerk, "passport", document.pk)
    assert "Every booth stops it." in page
    assert "Withdraw the cancellation" not in page
    assert "Withdraw the cancellation" in text(officer, "passport", document.pk)
    ended = document.cancellations.get()
    back = reverse("passports:cancellation_withdraw", args=[ended.pk])
    assert clerk.post(back, {"reason": "Found"}).status_code == 403
    officer.post(back, {"reason": "Found in a coat"})
    assert papers.again(document).status == "delivered"


def test_another_offices_documents_are_not_there():
    papers.stocked()
    document = papers.delivered()
    far = browser("Far", "passport_clerk", make.ABROAD)
    for name in ("passport", "receipt", "passport_face"):
        assert far.get(reverse(f"passports:{name}", args=[document.pk])).status_code == 404
    assert document.number not in text(far, "counter")
    found = far.post(reverse("passports:counter"), {"words": document.number})
    assert "No document of your offices" in found.content.decode()
    operator = browser("Far operator", "passport_operator", make.ABROAD)
    assert operator.get(reverse("passports:job", args=[document.job.pk])).status_code == 404
