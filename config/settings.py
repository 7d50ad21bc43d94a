"""Settings, from the environment. Production refuses what is unsafe (see `config/checks.py`)."""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from config.bell_place import BELL_LINES, BELL_MINDS, BELL_PORT, BELL_URL, PORT  # noqa: F401
from config.content_security import (  # noqa: F401  settings of django-csp and of config/middleware
    CONTENT_SECURITY_POLICY,
    WORKSHOP_SECURITY_POLICY,
)
from config.databases import databases
from config.keyfiles import transit

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(os.environ.get("DATA_DIR", BASE_DIR / "data")).resolve()
KEY_DIR = Path(os.environ.get("KEY_DIR", DATA_DIR.with_name(DATA_DIR.name + "-keys"))).resolve()
PRODUCTION = os.environ.get("PRODUCTION") == "1"
DEBUG = False
DEMO = os.environ.get("DEMO", "0") == "1"  # the demo's accounts may sign in

if KEY_DIR == DATA_DIR or DATA_DIR in KEY_DIR.parents:
    raise ImproperlyConfigured(
        f"KEY_DIR ({KEY_DIR}) lies inside DATA_DIR ({DATA_DIR}): a copy of the data would carry its keys. "
        "Set KEY_DIR to a folder outside."
    )


def _django_key() -> str:
    file = KEY_DIR / "django.key"
    try:
        key = file.read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        key = ""
    if not key:
        raise ImproperlyConfigured(
            f"The key file {file} is missing, empty or may not be read. Put it back from the backup of the keys "
            "(only for a new, empty installation: python manage.py make_keys)."
        )
    return key


if os.environ.get("SCRIPTORIUM_MAKING_KEYS") == "1":
    SECRET_KEY = "only-while-keys-are-made"  # noqa: S105
else:
    SECRET_KEY = _django_key()

# Where the keys of the ring live (runtime/vault/places): files in KEY_DIR, the environment, or a key service;
# two of them while keys move (manage.py move_keys).
KEY_RING = os.environ.get("KEY_RING", "files")
RING_KEYS = os.environ.get("SCRIPTORIUM_KEYS", "")
INDEX_KEY = os.environ.get("SCRIPTORIUM_INDEX_KEY", "")
TRANSIT = transit()  # what is told in TRANSIT_URL, TRANSIT_KEY, TRANSIT_TOKEN_FILE ..
ALLOWED_HOSTS = os.environ.get("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1],testserver").split(",")
INTERNAL_IPS: list[str] = []

INSTALLED_APPS = [
    "config",
    "exports",
    "runtime",
    "runtime.selfservice",
    "runtime.workspace",
    "runtime.api",
    "runtime.telephony",
    "runtime.retention",
    "runtime.glass",
    "runtime.accounts",
    "runtime.effects",
    "runtime.queues",
    "runtime.search",
    "runtime.records",
    "runtime.parties",
    "runtime.outbox",
    "runtime.audit",
    "runtime.people",
    "runtime.vault",
    "content",
    "builder",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail.sites",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "simple_history",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.static_files.StaticFiles",
    "config.middleware.PolicyMiddleware",
    "config.middleware.SheetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "config.middleware.PersonLocaleMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "config.middleware.AccessMiddleware",
    "builder.views.veto.VetoMiddleware",
    "config.errors.SealedMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "config" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.workplace",
            ]
        },
    }
]


DATABASES = databases(DATA_DIR, KEY_DIR)
# The access log's checkpoints: outside the database, and better still on another machine's disk. Another database has another log.
_LOG = f"{DATABASES['default']['ENGINE'].rpartition('.')[2]}-{Path(DATABASES['default']['NAME']).stem}.jsonl"
LOG_CHECKPOINTS = Path(
    os.environ.get("LOG_CHECKPOINTS") or DATA_DIR.with_name(DATA_DIR.name + "-checkpoints") / _LOG
).resolve()
DATABASE_ROUTERS = ["config.routers.KeysRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French")), ("nl", _("Dutch")), ("de", _("German"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = (
    LANGUAGES  # Wagtail knows more, but the house's own texts do not
)
WAGTAIL_I18N_ENABLED = True
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
TIME_ZONE = os.environ.get("TZ_NAME", "Europe/Brussels")
USE_I18N = True
FORMAT_MODULE_PATH = ["config.formats"]
USE_TZ = True

STATIC_URL = "/static/"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "config.static_files.StampedStorage"},
}
STATIC_ROOT = None  # nothing is collected: WhiteNoise serves the files from where they lie
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
STATIC_CACHE = os.environ.get(
    "STATIC_CACHE", BASE_DIR / ".cache" / "static"
)  # what is made of them
MEDIA_ROOT = DATA_DIR / "media"
MEDIA_URL = "/media/"
# Beside the data, not inside: partners fetch their files here.
DELIVERIES_DIR = Path(
    os.environ.get("DELIVERIES_DIR", DATA_DIR.with_name(DATA_DIR.name + "-deliveries"))
).resolve()
# Lists that other programs put down are fetched from folders below it; without it there are none.
INBOX_DIR = Path(_inbox).resolve() if (_inbox := os.environ.get("INBOX_DIR", "")) else None
# Uploads never touch the disk in clear: memory only.
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "config_cache",
    }
}

AUTHENTICATION_BACKENDS = ["config.signed_in.Accounts"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "config.adapters.ClosedAccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = {"login_failed": "10/m/ip,5/5m/key"}
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True  # an address is changed by who knows the password
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TRUSTED_PROXIES", "0"))
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ADAPTER = "config.adapters.SealedMFAAdapter"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
if PRODUCTION:  # the prefix binds a cookie to this very host
    SESSION_COOKIE_NAME = "__Host-session"
    CSRF_COOKIE_NAME = "__Host-csrf"
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    if os.environ.get("TRUSTED_PROXIES", "0") != "0":
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"
CSRF_TRUSTED_ORIGINS = [
    origin for origin in os.environ.get("TRUSTED_ORIGINS", "").split(",") if origin
]
LANGUAGE_COOKIE_NAME = "scriptorium_language"
# Production: the editors' workshop (/admin/) answers on this host name only, never on the agents'.
WORKSHOP_HOST = os.environ.get("WORKSHOP_HOST", "")
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
AMEND_HOURS = int(os.environ.get("AMEND_HOURS", "72"))  # how long who closed a record may amend it

EMAIL_BACKEND = os.environ.get("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
EMAIL_HOST = os.environ.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "scriptorium@localhost")

# Whether a channel may lead to this machine itself, without TLS: for tests, and for trying it out.
CHANNELS_ON_LOOPBACK = os.environ.get("CHANNELS_ON_LOOPBACK") == "1" and not PRODUCTION

# What effects may make of one cause (runtime/effects/bounds.py): steps from it, and work items a day.
EFFECTS_DEEPEST = int(os.environ.get("EFFECTS_DEEPEST", "20"))
EFFECTS_A_DAY = int(os.environ.get("EFFECTS_A_DAY", "500"))

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
# Where workers on many machines are nudged (amqp://..); empty: each `worker` looks by itself, every second.
BROKER_URL = os.environ.get("BROKER_URL", "")

ORGANISATION = os.environ.get(
    "ORGANISATION", "Scriptorium"
)  # who issues documents: their letterhead
WAGTAIL_SITE_NAME = "Scriptorium"
WAGTAILADMIN_BASE_URL = os.environ.get("BASE_URL", "http://127.0.0.1:8000")
WAGTAILADMIN_LOGIN_URL = "/accounts/login/"
WAGTAIL_FRONTEND_LOGIN_URL = "/accounts/login/"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = (
    False  # an address is changed in one place, which asks for the password
)
WAGTAIL_AUTOSAVE_INTERVAL = 5000
WAGTAIL_FINISH_WORKFLOW_ACTION = "content.reviews.releasing.release"
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = (
    True  # a later step's change is seen by the earlier ones
)
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILDOCS_SERVE_METHOD = "serve_view"

SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_data": {"()": "config.logs.NoData"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["no_data"]}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "scriptorium": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
