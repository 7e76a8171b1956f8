"""The test suite: quick hashing, the second factor required, as in production."""

from safar.config.settings.development import *

SAFAR_REQUIRE_SECOND_FACTOR = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
WHITENOISE_AUTOREFRESH = True
