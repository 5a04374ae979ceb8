"""Django's settings, read from the environment and from the node's own folder.

LEGATION_NODE   the node's folder; without it a node in memory (tests, tools)
LEGATION_HOSTS  more names under which browsers reach this desk, separated by commas
LEGATION_PROXIES addresses of proxies before it (with LEGATION_HTTPS: 127.0.0.1 and ::1)
LEGATION_LOG    INFO (a line a request) or WARNING (faults only)
LEGATION_HTTPS  "1" where a proxy speaks TLS to the browsers: cookies only over TLS, and HSTS
"""

import hashlib
import json
import os
import secrets
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from legation.line.databases import FILE, sqlite
from legation.ui.clocks import clock_of

PACKAGE = Path(__file__).resolve().parent
NODE_HOME = Path(os.environ["LEGATION_NODE"]) if os.environ.get("LEGATION_NODE") else None


def _node() -> dict[str, Any]:
    """Return what node.json says; nothing where there is none that can be read.

    Whoever opens the node then refuses it with a sentence (`about_node`).
    """
    if NODE_HOME is None:
        return {}
    try:
        found = json.loads((NODE_HOME / "node.json").read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _secret() -> str:
    """Return the node's own secret; a throwaway one where there is no node."""
    if NODE_HOME is not None and (NODE_HOME / "secret.txt").is_file():
        return (NODE_HOME / "secret.txt").read_text(encoding="utf-8").strip()
    return secrets.token_urlsafe(48)


def _digest_of_static() -> str:
    """Return 12 hex over every static file: the folder's address changes when one changes."""
    digest = hashlib.sha256()
    for path in sorted((PACKAGE / "ui" / "static").rglob("*")):
        if path.is_file():
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


NODE = _node()
PARTY = str(NODE.get("party", "XX"))
HTTPS = os.environ.get("LEGATION_HTTPS") == "1"
# From these addresses alone a proxy's word on who asked, and how, is believed.
PROXIES = frozenset(
    one.strip()
    for one in os.environ.get("LEGATION_PROXIES", "127.0.0.1,::1" if HTTPS else "").split(",")
    if one.strip()
)

SECRET_KEY = _secret()
DEBUG = False
HOSTS = [host for host in os.environ.get("LEGATION_HOSTS", "").split(",") if host]
ALLOWED_HOSTS = ["localhost", ".localhost", "127.0.0.1", "[::1]", *HOSTS]
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in HOSTS]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "legation.ui",  # before allauth: its pages are ours
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "legation.line",
    "legation.search",
    "legation.officers",
    "legation.notices",
    "legation.notices.drafting",
    "legation.missions",
    "legation.missions.persons",
    "legation.missions.snapshots",
    "legation.desk",
]

MIDDLEWARE = [
    "legation.web.logs.LogRequests",
    "legation.web.proxies.BelieveProxies",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "legation.web.middleware.BoundBodies",
    "legation.web.middleware.CompressWords",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "legation.web.middleware.OpenNode",
    "legation.web.sessions.RememberSession",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "legation.web.middleware.AnswerRefusals",
]

ROOT_URLCONF = "legation.web.urls"
WSGI_APPLICATION = "legation.web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "legation.desk.shell.shell",
            ],
        },
    }
]

DATABASES: dict[str, dict[str, Any]] = {
    # A thread keeps its connection: opening one costs as much as half a page.
    "default": {**sqlite(NODE_HOME / FILE if NODE_HOME else ":memory:"), "CONN_MAX_AGE": None}
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Sign-in. Who somebody is; what they may do is legation.officers.permissions.
AUTH_USER_MODEL = "officers.Officer"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:today"
ACCOUNT_ADAPTER = "legation.officers.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PRESERVE_USERNAME_CASING = True
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "10/m/ip,5/5m/key",
    "recovery": "10/m/ip",
}
# Who waits is kept here. Django's own cache keeps 300 names: a few hundred attempts for others,
# from as many addresses, and one that waits is free again.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}
# A passkey proves who holds it (PIN, finger, face), so it stands beside the password or for both.
MFA_ADAPTER = "legation.officers.adapters.PasskeyAdapter"
MFA_SUPPORTED_TYPES = ["webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_FORMS = {
    "add_webauthn": "legation.officers.forms.AddPasskeyForm",
    "edit_webauthn": "legation.officers.forms.EditPasskeyForm",
}

# Cookies ignore ports: two desks on one machine must not overwrite each other's.
_COOKIE = f"legation_{PARTY.lower()}_"
SESSION_COOKIE_NAME = _COOKIE + "session"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_NAME = _COOKIE + "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "legation.web.errors.no_csrf"
LANGUAGE_COOKIE_NAME = _COOKIE + "language"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# What a page may load: this node's own files, nothing else, from anywhere, ever.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None

STATIC_URL = f"/static/{_digest_of_static()}/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 31_536_000

LANGUAGE_CODE = "en"
# As each names itself; what nobody has checked says so.
LANGUAGES = [("en", "English"), ("ru", "Русский"), ("tr", "Türkçe (denetlenmedi, unchecked)")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
# Instants are kept in UTC and shown on the clock of the party's own capital, with its name.
TIME_ZONE = clock_of(PARTY).zone

DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "legation.web.logs.WithoutContent"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "legation.requests": {"level": os.environ.get("LEGATION_LOG", "INFO")},
        # Django would send these to its own handler besides, with the address in them.
        "django": {"handlers": [], "propagate": True, "level": "WARNING"},
        # What is refused has its line already.
        "django.request": {"level": "ERROR"},
        "django.security.DisallowedHost": {"level": "CRITICAL"},
    },
}
