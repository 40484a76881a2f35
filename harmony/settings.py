"""All of Harmony's settings, each from the environment; `.env.example` explains every one.

With nothing set, Harmony runs embedded: SQLite, a clock thread in the web process, mail on the
console. `DATABASE_URL`, `REDIS_URL`, `EMAIL_URL` and `KEY_DIR` move it to servers, one by one.
"""

import os
import secrets
from contextlib import suppress
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")
# A setting left empty is one not set, as `.env.example` has them.
env.ENVIRON = {name: value for name, value in os.environ.items() if value}

DEMO = env.bool("HARMONY_DEMO", False)
DEBUG = env.bool("DEBUG", False)
# True where the site is reached over https: cookies, redirects and HSTS follow.
SECURE = env.bool("HARMONY_SECURE", False)
# A moment given from outside is honoured only by tests and while the demo party is made.
HONOUR_GIVEN_MOMENTS = env.bool("HARMONY_HONOUR_GIVEN_MOMENTS", False)
# Where the file shares of ballot keys live; one mount for all web and worker processes.
KEY_DIR = Path(env.str("KEY_DIR", str(VAR_DIR / ("demo-keys" if DEMO else "keys"))))


def _kept_secret() -> str:
    """Return the signing secret of an embedded installation, made once and kept in `var/`."""
    path = VAR_DIR / "secret_key"
    VAR_DIR.mkdir(mode=0o700, exist_ok=True)
    if not path.exists():
        # Written whole under another name: several processes may start at once.
        draft = path.with_name(f".secret_key.{secrets.token_hex(8)}")
        with open(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(50))
        with suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()
    return path.read_text()


SECRET_KEY = env.str("SECRET_KEY", "") or _kept_secret()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "harmony.apps.HarmonyConfig",
    "consensus.apps.ConsensusConfig",
    "secretaries.apps.SecretariesConfig",
    "voting.apps.VotingConfig",
    "notices.apps.NoticesConfig",
    "assemblies.apps.AssembliesConfig",
    "record.apps.RecordConfig",
    "commons.apps.CommonsConfig",
    "harmony.apps.HarmonyAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_htmx",
    "template_partials",
    "rules.apps.AutodiscoverRulesConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "harmony.middleware.Common",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "harmony.middleware.SignInFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "harmony.middleware.Reading",
    "harmony.middleware.DueActions",
    "harmony.middleware.CacheAway",
    "harmony.middleware.InWords",
    "harmony.accounts.BadInputAnswers",
]

ROOT_URLCONF = "harmony.urls"
WSGI_APPLICATION = "harmony.wsgi.application"
FORM_RENDERER = "commons.forms.Renderer"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "harmony.context.navigation",
            ],
            "builtins": ["template_partials.templatetags.partials", "commons.templatetags.look"],
        },
    }
]

# --- Database -------------------------------------------------------------------------------
DATABASES = {
    "default": env.db(
        "DATABASE_URL", f"sqlite:///{VAR_DIR / ('demo.sqlite3' if DEMO else 'harmony.sqlite3')}"
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    VAR_DIR.mkdir(mode=0o700, exist_ok=True)
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL: a ballot said to be recorded survives a power cut. Deleted pages are overwritten.
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
        ),
    }
    # A file, since the race tests use several processes; its own for each run.
    DATABASES["default"]["TEST"] = {"NAME": VAR_DIR / f"test-{os.getpid()}.sqlite3"}
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", 60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

# --- Redis, Celery, cache, sessions -----------------------------------------------------------
REDIS_URL = env.str("REDIS_URL", "")
if REDIS_URL:
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
    }
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.db.DatabaseCache",
            "LOCATION": "harmony_cache",
        }
    }
CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = "UTC"
# How often due actions are looked for, in seconds (DESIGN: each minute, and by the page first).
CLOCK_SECONDS = env.int("HARMONY_CLOCK_SECONDS", 20 if DEMO else 60)
CELERY_BEAT_SCHEDULE = {
    "due-actions": {"task": "harmony.tasks.run_due_actions", "schedule": CLOCK_SECONDS},
}
# In memory: a round missed is worth nothing, so none need be remembered.
CELERY_BEAT_SCHEDULER = "celery.beat:Scheduler"
# The clock thread runs in the web process unless Celery beat carries the clock.
CLOCK_THREAD = env.bool("HARMONY_CLOCK_THREAD", not REDIS_URL)
SESSION_ENGINE = "django.contrib.sessions.backends.db"

# --- Mail -------------------------------------------------------------------------------------
vars().update(env.email("EMAIL_URL", default="consolemail://"))
EMAIL_TIMEOUT = env.int("EMAIL_TIMEOUT", 10)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Harmony <harmony@localhost>")
# Who is told of errors and alarms, as `harmony.logs` writes them.
ADMINS = [("", address) for address in env.list("HARMONY_ERROR_MAIL", default=[])]
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_SUBJECT_PREFIX = "Harmony: "

# --- Accounts ---------------------------------------------------------------------------------
AUTH_USER_MODEL = "assemblies.Person"
# The address is unique whatever its letters' case: the constraint one_account_per_address.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = [
    "rules.permissions.ObjectPermissionBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "harmony.accounts.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "harmony.accounts.SignupForm"
ACCOUNT_CHANGE_EMAIL = True  # one address each, kept until the new one is confirmed
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = True  # who mistyped theirs need not begin again
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60  # as long as a code that confirms an address
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Harmony: "
ACCOUNT_USER_DISPLAY = "harmony.accounts.display_name"
ACCOUNT_EMAIL_NOTIFICATIONS = True  # who did not do it themselves must hear of it
ACCOUNT_LOGOUT_ON_GET = False
# Many members share one address: a hall, an office, a telephone company. So the limits that keep
# guessing off count by account, and those by address only stop a flood.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "60/m/ip,5/300s/key",
    "request_login_code": "300/m/ip,3/m/key",
    "reset_password": "60/m/ip,5/m/key",
    "signup": "60/m/ip",
    "confirm_email": "5/3m/key",
}
ACCOUNT_FORMS = {
    "login": "harmony.account_forms.LoginForm",
    "request_login_code": "harmony.account_forms.RequestLoginCodeForm",
    "confirm_login_code": "harmony.account_forms.ConfirmLoginCodeForm",
    "confirm_email_verification_code": "harmony.account_forms.ConfirmEmailForm",
    "change_email": "harmony.account_forms.ChangeEmailForm",
    "signup": "harmony.account_forms.SignupForm",
    "add_email": "harmony.account_forms.AddEmailForm",
    "change_password": "harmony.account_forms.ChangePasswordForm",
    "set_password": "harmony.account_forms.SetPasswordForm",
    "reset_password": "harmony.account_forms.ResetPasswordForm",
    "reset_password_from_key": "harmony.account_forms.ResetPasswordKeyForm",
    "reauthenticate": "harmony.account_forms.ReauthenticateForm",
}
MFA_FORMS = {
    "authenticate": "harmony.account_forms.AuthenticateForm",
    "reauthenticate": "harmony.account_forms.ReauthenticateByCodeForm",
    "activate_totp": "harmony.account_forms.ActivateTOTPForm",
    "add_webauthn": "harmony.account_forms.AddKeyForm",
    "edit_webauthn": "harmony.account_forms.EditKeyForm",
}
MFA_ADAPTER = "harmony.accounts.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO or DEBUG
MFA_TOTP_ISSUER = "Harmony"

# --- Language and time --------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("British English"))]
USE_I18N = True
FORMAT_MODULE_PATH = ["harmony.formats"]
USE_TZ = True
TIME_ZONE = "Europe/London"  # shown; stored in UTC

# --- Static files -------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env.str("STATIC_ROOT", str(VAR_DIR / "static")))
# A deployment collects, hashes and compresses; the embedded default serves files where they lie.
COLLECTED_STATIC = env.bool("HARMONY_COLLECTED_STATIC", SECURE)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if COLLECTED_STATIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not COLLECTED_STATIC
WHITENOISE_ROOT = BASE_DIR / "public"  # what browsers and crawlers look for at the root

# --- Security -----------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SESSION_COOKIE_NAME = "__Host-harmony" if SECURE else "harmony"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "harmony.views.errors.csrf_failed"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Behind a proxy that ends TLS: the header it sets, and how many proxies are trusted.
BEHIND_PROXY = env.bool("HARMONY_BEHIND_PROXY", False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("HARMONY_TRUSTED_PROXIES", int(BEHIND_PROXY))

# --- Logs: no user, no address, no body (BALLOTS: casting leaves no trace) ----------------------
LOG_LEVEL = env.str("LOG_LEVEL", "WARNING")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "harmony.logs.Discreet",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        }
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "plain"},
        "mail": {"class": "harmony.logs.ErrorMail", "formatter": "plain", "level": "ERROR"},
    },
    "root": {"handlers": ["console", "mail"], "level": LOG_LEVEL},
    "loggers": {
        # Without Django's own handlers, whose reports quote the request.
        "django": {"handlers": [], "level": LOG_LEVEL},
        # A refused page is no error; its traceback would name who asked for what.
        "django.request": {"level": "ERROR"},
        # Strangers who ask by another name are no error of ours.
        "django.security.DisallowedHost": {"level": "CRITICAL"},
        "harmony": {"level": "INFO"},
        "voting": {"level": "INFO"},
    },
}
