"""Django's settings. Every one that an operator may change is listed in docs/settings.md."""

import os
from pathlib import Path

import django_stubs_ext
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from itops import environment, keys
from itops.database.connection import databases

django_stubs_ext.monkeypatch()  # Django's generic classes take their type parameters at run time too

BASE_DIR = Path(__file__).resolve().parent.parent
ITOPS_VAR = environment.folder("ITOPS_VAR", BASE_DIR / "var")
ITOPS_KEY_FILE = environment.folder("ITOPS_KEY_FILE", ITOPS_VAR / "keys" / "secret.key")
ITOPS_DEMONSTRATION = environment.switch("ITOPS_DEMONSTRATION")
ITOPS_HTTPS = environment.switch("ITOPS_HTTPS")
ITOPS_TLS_CERTIFICATE = environment.text("ITOPS_TLS_CERTIFICATE", "")
ITOPS_TLS_KEY = environment.text("ITOPS_TLS_KEY", "")
ITOPS_FILES = ITOPS_VAR / "files"
ITOPS_NEVER_CALL = environment.networks("ITOPS_NEVER_CALL")
ITOPS_WEBHOOK_LOOPBACK = environment.switch("ITOPS_WEBHOOK_LOOPBACK")
ITOPS_LOG_ALGORITHM = environment.choice("ITOPS_LOG_ALGORITHM", "sha256", {"sha256", "sm3"})
ITOPS_UPLOAD_MB = environment.number("ITOPS_UPLOAD_MB", 50, 1, 2000)

DEBUG = environment.switch("ITOPS_DEBUG")
SECRET_KEY = keys.derived_key(ITOPS_KEY_FILE, "django").decode()
ALLOWED_HOSTS = environment.words("ITOPS_ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
ITOPS_TRUSTED_PROXIES = environment.networks("ITOPS_TRUSTED_PROXIES")
CSRF_TRUSTED_ORIGINS = environment.words("ITOPS_TRUSTED_ORIGINS", "")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_tables2",
    "django_filters",
    "rest_framework",
    "procrastinate.contrib.django",
    "itops.database",
    "itops.organisation",
    "itops.files",
    "itops.crud",
    "itops.exchange",
    "itops.audit",
    "itops.extras",
    "itops.notify",
    "itops.jobs",
    "inventory",
    "monitoring",
    "workforce",
    "planning",
    "itops.site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "itops.organisation.middleware.SessionEndMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "itops.organisation.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "itops.organisation.middleware.FirstThingsMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "itops.site.urls"
WSGI_APPLICATION = "itops.site.wsgi.application"

CACHES = {
    "default": {  # the frame's fragments; nothing is kept in it that could grow old
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 2_000},
    }
}

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "itops.site.context.shell",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
        },
    }
]

DATABASES = databases(os.environ, ITOPS_VAR)
DATABASES["default"]["ATOMIC_REQUESTS"] = True  # one transaction an intent, and the actor named in it
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "organisation.User"
AUTHENTICATION_BACKENDS = [
    "itops.organisation.backends.Passwords",
    "itops.organisation.backends.Directory",
]
ITOPS_OIDC_ISSUER = environment.secure_address("ITOPS_OIDC_ISSUER", {"https"})
ITOPS_OIDC_CLIENT_ID = environment.text("ITOPS_OIDC_CLIENT_ID", "")
ITOPS_OIDC_CLIENT_SECRET = environment.text("ITOPS_OIDC_CLIENT_SECRET", "")
ITOPS_OIDC_CLAIM = environment.text("ITOPS_OIDC_CLAIM", "preferred_username")
ITOPS_LDAP_STARTTLS = environment.switch("ITOPS_LDAP_STARTTLS")
ITOPS_LDAP_URL = environment.secure_address(
    "ITOPS_LDAP_URL", {"ldaps", "ldap"} if ITOPS_LDAP_STARTTLS else {"ldaps"}
)
ITOPS_LDAP_BASE = environment.text("ITOPS_LDAP_BASE", "")
ITOPS_LDAP_ATTRIBUTE = environment.text("ITOPS_LDAP_ATTRIBUTE", "uid")
ITOPS_LDAP_BIND_DN = environment.text("ITOPS_LDAP_BIND_DN", "")
ITOPS_LDAP_BIND_PASSWORD = environment.text("ITOPS_LDAP_BIND_PASSWORD", "")
ITOPS_LDAP_CA = environment.text("ITOPS_LDAP_CA", "")
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
ITOPS_PASSWORD_LENGTH = environment.number("ITOPS_PASSWORD_LENGTH", 10, 8, 128)
ITOPS_PASSWORD_DAYS = environment.number("ITOPS_PASSWORD_DAYS", 0, 0, 3650)
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "itops.organisation.passwords.LongEnough",
        "OPTIONS": {"min_length": ITOPS_PASSWORD_LENGTH},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "itops.organisation.passwords.NotTheName"},
]
ITOPS_LOCK_AFTER = environment.number("ITOPS_LOCK_AFTER", 10, 1, 1000)
ITOPS_LOCK_ADDRESS_AFTER = environment.number("ITOPS_LOCK_ADDRESS_AFTER", 100, 1, 100_000)
ITOPS_LOCK_MINUTES = environment.number("ITOPS_LOCK_MINUTES", 10, 1, 1440)
ITOPS_SEPARATE_DUTIES = environment.switch("ITOPS_SEPARATE_DUTIES")
LOGIN_URL = "organisation:sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "organisation:sign_in"
ITOPS_SESSION_HOURS = environment.number("ITOPS_SESSION_HOURS", 12, 1, 720)
ITOPS_SESSION_IDLE_MINUTES = environment.number("ITOPS_SESSION_IDLE_MINUTES", 120, 1, 1440)
SESSION_ENGINE = "itops.organisation.sessions"
SESSION_COOKIE_AGE = ITOPS_SESSION_HOURS * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = ITOPS_HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 30 * 86_400 if ITOPS_HTTPS else 0
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

LANGUAGE_CODE = environment.choice("ITOPS_LANGUAGE", "zh-hans", {"zh-hans", "en"})
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = environment.zone("ITOPS_TIME_ZONE", "Asia/Shanghai")
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = environment.folder("ITOPS_STATIC", BASE_DIR / "var" / "static")
STATICFILES_DIRS = [BASE_DIR / "static"] + [
    folder for folder in [environment.folder("ITOPS_VENDOR", BASE_DIR / "var" / "vendor")] if folder.exists()
]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": ITOPS_FILES},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

FILE_UPLOAD_HANDLERS = [
    "itops.files.uploads.LimitedUploadHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = None  # nothing is discovered: the tasks' modules are listed
PROCRASTINATE_IMPORT_PATHS = [
    "monitoring.jobs",
    "inventory.jobs",
    "itops.organisation.jobs",
    "itops.notify.jobs",
    "workforce.jobs",
    "planning.jobs",
    "itops.site.jobs",
]

DJANGO_TABLES2_TEMPLATE = "components/table.html"
FILTERS_EMPTY_CHOICE_LABEL = _("all")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "apscheduler": {"level": "ERROR"},  # a tick that is still at work is no news
        "procrastinate": {"level": "WARNING"},
    }
    | {name: {"level": "INFO"} for name in ("itops", "inventory", "monitoring", "workforce", "planning")},
}
