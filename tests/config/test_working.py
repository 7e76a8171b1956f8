"""Background work: what is queued in a transaction is queued with it, or not at all."""

import os
import subprocess
import sys

import pytest
from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from safar.config import working

pytestmark = pytest.mark.django_db


def queued():
    return ProcrastinateJob.objects.filter(task_name="config.months").count()


def test_what_is_queued_goes_with_the_transaction():
    with transaction.atomic():
        app.configure_task("config.months").defer(timestamp=0)
    assert queued() == 1


def test_what_is_rolled_back_was_never_queued():
    with transaction.atomic():
        app.configure_task("config.months").defer(timestamp=0)
        transaction.set_rollback(True)
    assert queued() == 0


def test_every_task_is_known_by_its_app_s_name():
    own = [name for name in app.tasks if not name.startswith("builtin:")]
    assert "config.months" in own
    assert all("." in name for name in own)


def test_the_worker_ends_when_its_server_is_gone():
    """The server's process is a shell that ends at once; nobody else stops the worker."""
    body = f"from safar.config.working import _end_with; _end_with({os.getpid()})"
    child = f"import subprocess,sys; subprocess.Popen([sys.executable,'-c',{body!r}]).wait()"
    done = subprocess.run([sys.executable, "-c", child], timeout=30, check=False)
    assert done.returncode == 0
    assert working.SILENT > working.ENDS_WITHIN
