"""Django settings, read once at start from the environment; every variable is listed in docs/run/settings.md."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from assay.core.env import env_bool, env_int, env_list, env_str, parse_database_url
from assay.core.home import home_path, secret_key
from assay.server.cluster import layout_of

PACKAGE = Path(__file__).resolve().parents[1]
HOME = home_path()

DEBUG = False
IS_DEVELOPMENT = env_bool("ASSAY_DEVELOPMENT", default=False)
"""Mail is shown on a page instead of being sent, and cookies travel without TLS."""

SECRET_KEY = env_str("ASSAY_SECRET_KEY") or secret_key(home=HOME)
SITE_URL = env_str("ASSAY_URL", "http://localhost:8000")
_own_host = urlsplit(SITE_URL).hostname or "127.0.0.1"
ALLOWED_HOSTS = env_list("ASSAY_HOSTS", (_own_host, "127.0.0.1", "localhost", "[::1]"))
CSRF_TRUSTED_ORIGINS = [SITE_URL]
IS_TLS = SITE_URL.startswith("https://")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "procrastinate.contrib.django",
    "assay.core",
    "assay.accounts",
    "assay.audit",
    "assay.messages",
    "assay.competencies",
    "assay.roles",
    "assay.people",
    "assay.applications",
    "assay.evidence",
    "assay.sandbox",
    "assay.sourcing",
    "assay.matching",
    "assay.items",
    "assay.assessments",
    "assay.knowledge",
    "assay.portfolios",
    "assay.interviews",
    "assay.decisions",
    "assay.web",
]

MIDDLEWARE = [
    "assay.web.middleware.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "assay.web.security.SecurityHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "assay.web.middleware.DomainErrorMiddleware",
]

ROOT_URLCONF = "assay.server.urls"
WSGI_APPLICATION = "assay.server.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "assay.web.context.shell",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"],
                )
            ],
        },
    }
]

_database = parse_database_url(env_str("DATABASE_URL") or layout_of(home=HOME).url)
DATABASES: dict[str, Any] = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": _database.name,
        "USER": _database.user,
        "PASSWORD": _database.password,
        "HOST": _database.host,
        "PORT": _database.port,
        "CONN_HEALTH_CHECKS": True,
        "CONN_MAX_AGE": 60,
        "OPTIONS": dict(_database.options),
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
PASSWORD_RESET_TIMEOUT = 4 * 60 * 60
OPEN_ORGANISATIONS = env_bool("ASSAY_OPEN_ORGANISATIONS", default=False)
"""Anybody with an account may make a further organisation in this installation."""

LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "assay.web.account.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key", "reset_password": "20/h/ip,5/h/key"}
MFA_ADAPTER = "assay.web.account.adapters.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Assay"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # an address is confirmed by its invitation
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = IS_DEVELOPMENT

OIDC_ISSUER = env_str("ASSAY_OIDC_ISSUER")
OIDC_TRUSTS_EMAIL = env_bool("ASSAY_OIDC_TRUST_EMAIL", default=False)
"""The provider lets nobody claim an address that is not theirs, though it does not send `email_verified`."""
SOCIALACCOUNT_ADAPTER = "assay.web.account.adapters.IdentityAdapter"
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": []}}
if OIDC_ISSUER:
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"].append(
        {
            "provider_id": "company",
            "name": env_str("ASSAY_OIDC_NAME", "your company account"),
            "client_id": env_str("ASSAY_OIDC_CLIENT_ID"),
            "secret": env_str("ASSAY_OIDC_CLIENT_SECRET"),
            "settings": {"server_url": OIDC_ISSUER},
        }
    )

CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"}}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_TLS
SESSION_COOKIE_NAME = "__Host-assay-session" if IS_TLS else "assay-session"
CSRF_COOKIE_NAME = "__Host-assay-csrf" if IS_TLS else "assay-csrf"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_ENGINE = "django.contrib.sessions.backends.db"
CSRF_COOKIE_HTTPONLY = True  # pages carry the token themselves
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
# Whether a request came by TLS and from which address is settled by the web server, which believes the X-Forwarded
# headers of the proxies in ASSAY_TRUSTED_PROXY only; so no header is believed here.

LANGUAGE_CODE = "en"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STATIC_ROOT = HOME / "static"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = IS_DEVELOPMENT

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 2**20
DATA_UPLOAD_MAX_NUMBER_FILES = 600
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 2**20
MAX_FILE_BYTES = env_int("ASSAY_MAX_FILE_MIB", 25) * 2**20
"""Of one document; larger ones are refused by name and the rest goes on."""

EMAIL_HOST = env_str("ASSAY_SMTP_HOST")
EMAIL_PORT = env_int("ASSAY_SMTP_PORT", 587)
EMAIL_HOST_USER = env_str("ASSAY_SMTP_USER")
EMAIL_HOST_PASSWORD = env_str("ASSAY_SMTP_PASSWORD")
EMAIL_USE_TLS = env_bool("ASSAY_SMTP_TLS", default=True)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env_str("ASSAY_MAIL_FROM", "assay@localhost")

SILENCED_SYSTEM_CHECKS = ["mfa.W001"]
LOGGING_CONFIG = None

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "assay.server.settings")
