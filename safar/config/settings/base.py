"""What holds for every installation; `development`, `test` and `production` change the rest."""

import os
from pathlib import Path

from safar.config import database

ROOT = database.ROOT
PACKAGE = Path(__file__).resolve().parents[2]

SAFAR_COUNTRY = os.environ.get("SAFAR_COUNTRY", "KGZ")
SAFAR_NODE = os.environ.get("SAFAR_NODE", "all")  # all | hq | post | mission
SAFAR_NODE_NAME = os.environ.get("SAFAR_NODE_NAME", "central")
SAFAR_DEMO = False
SAFAR_DATA = database.data_folder()
SAFAR_IDLE_MINUTES = 5  # an idle booth locks itself
# The key of the cases' keys; production names a file (assistance/cases/keys.py).
SAFAR_CASE_KEY_FILE = os.environ.get("SAFAR_CASE_KEY_FILE", "")
SAFAR_CASE_KEY_FROM_SECRET = False
# A document that people hand in (10 MB) is never written to the disk before it is sealed.
FILE_UPLOAD_MAX_MEMORY_SIZE = 11 * 1024 * 1024
# Printed on refusals. Only the administration knows them: left empty, the officer writes by hand.
SAFAR_APPEAL_AUTHORITY = os.environ.get("SAFAR_APPEAL_AUTHORITY", "")
SAFAR_APPEAL_DAYS = int(os.environ.get("SAFAR_APPEAL_DAYS", "0"))
# How many proxies of one's own stand before Safar: the public page counts tries by address.
SAFAR_PROXIES = int(os.environ.get("SAFAR_PROXIES", "0"))

DEBUG = False
ALLOWED_HOSTS = os.environ.get("SAFAR_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
SECRET_KEY = os.environ.get("SAFAR_SECRET_KEY", "")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "procrastinate.contrib.django",
    "django_htmx",
    "template_partials",
    "safar.core",
    "safar.ui",
    "safar.reference",
    "safar.accounts",
    "safar.control.travellers",
    "safar.control.offices",
    "safar.control.documents",
    "safar.control.watchlist",
    "safar.control.applications",
    "safar.control.blanks",
    "safar.control.visas",
    "safar.control.passports",
    "safar.control.border",
    "safar.control.stays",
    "safar.assistance.cases",
    "safar.assistance.returns",
    "safar.assistance.movements",
    "safar.insight.statistics",
    "safar.simulation",
    # After Safar's own apps, whose templates stand before theirs.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "safar.ui.guard.Guard",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "safar.accounts.middleware.WhoActs",
    "django.middleware.locale.LocaleMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
    "safar.accounts.middleware.Gate",
    "safar.config.wings.Wing",  # the last: only pages that are served act as a wing
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "safar.ui.context.frame",
                "safar.accounts.context.navigation",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "safar.ui.templatetags.ui",
            ],
        },
    }
]

ROOT_URLCONF = "safar.config.urls"
WSGI_APPLICATION = "safar.config.wsgi.application"
DATABASES = {"default": database.configuration()}
SAFAR_PROPOSAL_DAYS = 14  # a proposal for a list is stale after that
SAFAR_REVIEW_GRACE_DAYS = 30  # an entry whose review is so long overdue screens no more
# Seals of visas. A key in a file (`safar visas make-keys`) is for demonstrations; a state's key
# lives in a device: module, labels of token and key, and a file with the PIN.
SAFAR_SEAL_FOLDER = Path(os.environ.get("SAFAR_SEAL_FOLDER") or SAFAR_DATA / "seal")
SAFAR_SEAL_KEY_IN_FILE = False
SAFAR_SEAL_PKCS11_MODULE = os.environ.get("SAFAR_SEAL_PKCS11_MODULE", "")
SAFAR_SEAL_PKCS11_TOKEN = os.environ.get("SAFAR_SEAL_PKCS11_TOKEN", "")
SAFAR_SEAL_PKCS11_KEY = os.environ.get("SAFAR_SEAL_PKCS11_KEY", "")
SAFAR_SEAL_PKCS11_PIN_FILE = os.environ.get("SAFAR_SEAL_PKCS11_PIN_FILE", "")
# Chips of passports, likewise (`safar passports make-keys`); the signer's certificate lies in the
# folder as document-signer.der.
SAFAR_PASSPORT_FOLDER = Path(os.environ.get("SAFAR_PASSPORT_FOLDER") or SAFAR_DATA / "passports")
SAFAR_PASSPORT_KEY_IN_FILE = False
SAFAR_PASSPORT_PKCS11_MODULE = os.environ.get("SAFAR_PASSPORT_PKCS11_MODULE", "")
SAFAR_PASSPORT_PKCS11_TOKEN = os.environ.get("SAFAR_PASSPORT_PKCS11_TOKEN", "")
SAFAR_PASSPORT_PKCS11_KEY = os.environ.get("SAFAR_PASSPORT_PKCS11_KEY", "")
SAFAR_PASSPORT_PKCS11_PIN_FILE = os.environ.get("SAFAR_PASSPORT_PKCS11_PIN_FILE", "")
# "here": the register of visas is asked; "list": a post that is cut off uses the imported list.
SAFAR_VISA_REGISTER = os.environ.get("SAFAR_VISA_REGISTER", "here")
# Where the printer of stickers stands off, in millimetres (right, down), and a folder with a font
# of the family OCR-B, where there is one.
SAFAR_STICKER_OFFSET_MM = (
    float(os.environ.get("SAFAR_STICKER_RIGHT_MM", "0")),
    float(os.environ.get("SAFAR_STICKER_DOWN_MM", "0")),
)
SAFAR_FONT_FOLDER = os.environ.get("SAFAR_FONT_FOLDER", "")
# What a letter of refusal names of the law (docs/installing.md); without it officers fill it in.
SAFAR_VISA_LETTER_FILE = os.environ.get("SAFAR_VISA_LETTER_FILE", "")
# From this age on the booth warns of the list of visas.
# The folder into which `safar worker` puts a new list every hour, where the register is; and the
# folder from which it takes the list at a post. Empty: by hand.
SAFAR_VISA_LIST_TO = os.environ.get("SAFAR_VISA_LIST_TO", "")
SAFAR_VISA_LIST_FROM = os.environ.get("SAFAR_VISA_LIST_FROM", "")
SAFAR_VISA_LIST_HOURS = int(os.environ.get("SAFAR_VISA_LIST_HOURS", "24"))
# E-mail to applicants: none is sent unless a sender is named.
SAFAR_MAIL_FROM = os.environ.get("SAFAR_MAIL_FROM", "")
SAFAR_PUBLIC_URL = os.environ.get("SAFAR_PUBLIC_URL", "")  # https://…, where applicants apply
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = os.environ.get("SAFAR_MAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("SAFAR_MAIL_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("SAFAR_MAIL_USER", "")
EMAIL_HOST_PASSWORD = (
    Path(_password).read_text("utf-8").strip()
    if (_password := os.environ.get("SAFAR_MAIL_PASSWORD_FILE", ""))
    else ""
)
EMAIL_USE_TLS = os.environ.get("SAFAR_MAIL_TLS", "1") != "0"
EMAIL_TIMEOUT = 20  # seconds
PROCRASTINATE_IMPORT_PATHS = ["safar.config.tasks"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "safar.accounts.backend.ByPassword",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"

ACCOUNT_ADAPTER = "safar.accounts.adapter.SafarAccounts"
ACCOUNT_FORMS = {
    "login": "safar.accounts.forms.SignInForm",
    "change_password": "safar.accounts.forms.OwnPasswordForm",
    "reauthenticate": "safar.accounts.forms.PasswordAgainForm",
}
ACCOUNT_SESSION_REMEMBER = False  # a session ends with the browser, or with the shift
# Passwords are counted by user and device (AXES below), never by address: an airport has one.
# "login_failed" is left for the codes of the second factor.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "5/300s/key"}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
MFA_ADAPTER = "safar.accounts.adapter.SafarSecondFactor"
MFA_FORMS = {
    "authenticate": "safar.accounts.forms.CodeForm",
    "reauthenticate": "safar.accounts.forms.CodeAgain",
    "activate_totp": "safar.accounts.forms.AddAppForm",
}
MFA_TOTP_ISSUER = "Safar"
MFA_TOTP_TOLERANCE = 1  # a step of 30 s to either side: clocks at a post go wrong
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RATE_LIMITS = {"webauthn_login": None}  # there is no secret to guess
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
SAFAR_REQUIRE_SECOND_FACTOR = True

# A whole airport shares one address: lock-out goes by user and device.
SILENCED_SYSTEM_CHECKS = ["axes.W006"]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_HANDLER = "safar.accounts.lockout.ByDevice"  # the device stands in for the user agent
AXES_LOCKOUT_PARAMETERS = [["username", "user_agent"]]
AXES_LOCKOUT_CALLABLE = "safar.accounts.lockout.page"
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

SESSION_ENGINE = "safar.accounts.sessions"
SESSION_COOKIE_AGE = 12 * 60 * 60  # one shift
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "safar.accounts.stale_page.stale"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ru", "Русский"), ("ky", "Кыргызча")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
# What people read; the database keeps UTC. Days of stay go by each post's own zone.
TIME_ZONE = os.environ.get("SAFAR_TIME_ZONE", "Asia/Bishkek")
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = SAFAR_DATA / "static"
SAFAR_INDEX_FOLDER = SAFAR_DATA / "screening"  # of names on lists: memory-mapped, of this machine
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FORM_RENDERER = "safar.ui.forms.Renderer"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}

# A program that compares two portraits (dotted path); "": off. It never decides (passports/faces.py).
SAFAR_FACE_COMPARISON = os.environ.get("SAFAR_FACE_COMPARISON", "")
