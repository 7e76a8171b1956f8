"""A developer's machine and the demo: loopback only, made-up data, no second factor."""

import hashlib

from safar.config.settings.base import *
from safar.config.settings.base import ROOT, SAFAR_DATA

SAFAR_DEMO = True
SAFAR_CASE_KEY_FROM_SECRET = True
SAFAR_SEAL_KEY_IN_FILE = True
SAFAR_PASSPORT_KEY_IN_FILE = True
# The demo sends nobody anything: mails are files that a visitor can read.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = SAFAR_DATA / "mail"
SAFAR_MAIL_FROM = "visas@example.org"
SAFAR_REQUIRE_SECOND_FACTOR = False
# Stable between runs, different between checkouts; a real installation names its own.
SECRET_KEY = hashlib.sha256(f"development {ROOT}".encode()).hexdigest()
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = None  # type: ignore[assignment]  # files are served from where they stand
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
