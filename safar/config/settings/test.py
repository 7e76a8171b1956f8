"""The test suite: quick hashing, the second factor required, as in production."""

import os
import tempfile
from pathlib import Path

from safar.config.settings.development import *

SAFAR_INDEX_FOLDER = Path(tempfile.gettempdir()) / f"safar-test-index-{os.getpid()}"
SAFAR_SEAL_FOLDER = Path(tempfile.gettempdir()) / f"safar-test-seal-{os.getpid()}"
SAFAR_PASSPORT_FOLDER = Path(tempfile.gettempdir()) / f"safar-test-passports-{os.getpid()}"
SAFAR_REQUIRE_SECOND_FACTOR = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True
