"""The settings of the screens, from where the data lies and from the environment.

Settings that follow from measurements have their reason in `docs/decisions/0021-the-screens.md`.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.conf import settings

from regard.core.errors import DefinitionRefused
from regard.register.database import database_of, file_settings

ACCOUNTS = "accounts.sqlite3"
"""The file of a data folder that holds accounts, sessions and long work."""

SECRET = "secret-key"  # noqa: S105 - the name of the file that holds it
DAY = 24 * 60 * 60  # seconds
MOST_MB = 200  # megabytes of one file that somebody sends
IDLE = 30 * 60  # seconds without a request after which a session ends
LONGEST = DAY // 2  # seconds after which a session ends at the latest
PROVIDER = "provider"  # by which OpenID Connect's one provider is known within the site


def configure(home: Path, env: Mapping[str, str] | None = None) -> None:
    """Settle the settings for the data of a folder; once in a process.

    Args:
        home: The data folder (`REGARD_HOME`).
        env: The environment; this process's own by default.
    """
    if not settings.configured:
        settings.configure(**settings_of(home, os.environ if env is None else env))


def settings_of(home: Path, env: Mapping[str, str]) -> dict[str, Any]:
    """What the screens are set to: safe by default, loosened only for loopback."""
    hosts = [one for one in env.get("REGARD_HOSTS", "").split(",") if one]
    return {
        "REGARD_HOME": home,
        "REGARD_DEMO": env.get("REGARD_DEMO", "") == "1",
        "SECRET_KEY": secret_key(home, env),
        "DEBUG": False,
        "ALLOWED_HOSTS": hosts or ["127.0.0.1", "localhost", "[::1]", "testserver"],
        "ROOT_URLCONF": "regard.web.urls",
        "WSGI_APPLICATION": "regard.web.wsgi.application",
        "INSTALLED_APPS": APPS,
        "MIDDLEWARE": MIDDLEWARE,
        "DATABASES": {"default": _accounts(home, env.get("DATABASE_URL", ""))},
        "DATABASE_ROUTERS": ["regard.web.databases.Apart"],
        "DEFAULT_AUTO_FIELD": "django.db.models.BigAutoField",
        "TEMPLATES": TEMPLATES,
        "FORM_RENDERER": "regard.web.forms.Renderer",
        "AUTH_USER_MODEL": "web.Account",
        "USE_TZ": True,
        "TIME_ZONE": "Europe/London",
        "LANGUAGE_CODE": "en-gb",
        "LANGUAGES": [("en-gb", "English"), ("cy", "Cymraeg")],
        "LOCALE_PATHS": [Path(__file__).parent / "locale"],
        "USE_I18N": True,
        "STATIC_URL": "/static/",
        "STATIC_ROOT": None,  # files are served from where the packages keep them
        "WHITENOISE_USE_FINDERS": True,
        **_sessions(https=bool(hosts)),
        **_headers(https=bool(hosts)),
        **SIGNING_IN,
        **_by_provider(env),
        "REGARD_PROXIES": _proxies(env, https=bool(hosts)),
        **UPLOADS,
        "REGARD_UPLOAD_MB": int(env.get("REGARD_UPLOAD_MB") or MOST_MB),
        "TASKS": {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}},
        "LOGGING": LOGGING,
    }


def secret_key(home: Path, env: Mapping[str, str]) -> str:
    """The key that signs sessions: of `REGARD_SECRET_KEY`, else of a file made on first use."""
    if given := env.get("REGARD_SECRET_KEY"):
        return given
    file = home / SECRET
    if not file.is_file():
        home.mkdir(parents=True, exist_ok=True)
        made = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(made, "w", encoding="ascii") as out:
            out.write(secrets.token_urlsafe(50))
    return file.read_text(encoding="ascii")


def _by_provider(env: Mapping[str, str]) -> dict[str, Any]:
    """Signing in by OpenID Connect, if a provider is named."""
    issuer = env.get("REGARD_OIDC_ISSUER", "").rstrip("/")
    if not issuer:
        return {"SOCIALACCOUNT_PROVIDERS": {}}
    address = urlsplit(issuer)
    loopback = address.scheme == "http" and address.hostname in ("127.0.0.1", "localhost", "::1")
    if address.scheme != "https" and not loopback:
        raise DefinitionRefused(
            f"REGARD_OIDC_ISSUER is {issuer}", expected="an address that begins with https://"
        )
    return {"SOCIALACCOUNT_PROVIDERS": provider_settings(issuer, env)}


def provider_settings(issuer: str, env: Mapping[str, str]) -> dict[str, Any]:
    """What the sign-in by OpenID Connect is told of the provider.

    Args:
        issuer: The provider's address, as its own configuration names it.
        env: `REGARD_OIDC_CLIENT_ID`, `REGARD_OIDC_CLIENT_SECRET` or the file named by
            `REGARD_OIDC_CLIENT_SECRET_FILE`, and `REGARD_OIDC_CLAIM`.

    Raises:
        DefinitionRefused: the client has no id or no secret.
    """
    file = env.get("REGARD_OIDC_CLIENT_SECRET_FILE", "")
    secret = Path(file).read_text("utf-8").strip() if file else env.get("REGARD_OIDC_CLIENT_SECRET")
    client = env.get("REGARD_OIDC_CLIENT_ID", "")
    if not client or not secret:
        raise DefinitionRefused(
            f"REGARD_OIDC_ISSUER is {issuer}, and the client's id or secret is not set",
            expected="REGARD_OIDC_CLIENT_ID, and REGARD_OIDC_CLIENT_SECRET or "
            "REGARD_OIDC_CLIENT_SECRET_FILE",
        )
    app = {
        "provider_id": PROVIDER,
        "name": issuer,
        "client_id": client,
        "secret": secret,
        "settings": {
            "server_url": issuer,
            "claim": env.get("REGARD_OIDC_CLAIM") or "preferred_username",
            "oauth_pkce_enabled": True,
        },
    }
    return {"openid_connect": {"APPS": [app]}}


def _proxies(env: Mapping[str, str], *, https: bool) -> int:
    """How many proxies stand before the site: one where it is served by https, else none."""
    given = env.get("REGARD_PROXIES", "")
    if given and not given.isdecimal():
        raise DefinitionRefused(f"REGARD_PROXIES is {given}", expected="a number such as 1")
    return int(given) if given else int(https)


def _accounts(home: Path, url: str) -> dict[str, Any]:
    # Beside the register and not in it: a session that is written must not wait for an act, and a
    # backup of the evidence holds no password. A server keeps both.
    return database_of(url) if url else file_settings(home / ACCOUNTS)


APPS = [
    "regard.register",
    "regard.web",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "csp",
    # Used as libraries, behind pages of our own: one-time codes and OpenID Connect.
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
]

MIDDLEWARE = [
    # What says something of every answer stands before what answers by itself, such as a file.
    "regard.web.headers.Headers",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "regard.web.languages.Languages",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "regard.web.signing.sessions.Sessions",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "regard.web.guard.Guard",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "regard.web.frame.frame",
            ],
            "builtins": ["regard.web.templatetags.regard"],
        },
    }
]

SIGNING_IN: dict[str, Any] = {
    "AUTHENTICATION_BACKENDS": ["django.contrib.auth.backends.ModelBackend"],
    "LOGIN_URL": "/sign-in",
    "LOGIN_REDIRECT_URL": "/",
    "PASSWORD_HASHERS": ["regard.web.signing.hashing.Argon2id"],
    "AUTH_PASSWORD_VALIDATORS": [
        {
            "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
            "OPTIONS": {"min_length": 12},
        },
        {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
        {
            "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
            "OPTIONS": {"user_attributes": ("username",)},
        },
    ],
    "MFA_ADAPTER": "regard.web.signing.second_factor.Adapter",
    "MFA_TOTP_ISSUER": "Regard",
    "MFA_TOTP_TOLERANCE": 1,  # periods of 30 s by which a telephone's clock may be off
    "ACCOUNT_SIGNUP_FIELDS": ["username*"],  # nobody signs up; the packages check what they share
    "ACCOUNT_EMAIL_VERIFICATION": "none",
    "ACCOUNT_USER_MODEL_EMAIL_FIELD": None,
    "SOCIALACCOUNT_ADAPTER": "regard.web.signing.openid.Accounts",
    "SOCIALACCOUNT_LOGIN_ON_GET": True,  # a form is sent to no other site, a link may lead there
    "SOCIALACCOUNT_STORE_TOKENS": False,
}

UPLOADS: dict[str, Any] = {
    "DATA_UPLOAD_MAX_MEMORY_SIZE": 2 * 1024 * 1024,  # bytes of a form without its files
    "DATA_UPLOAD_MAX_NUMBER_FIELDS": 3_000,
    "DATA_UPLOAD_MAX_NUMBER_FILES": 50,
    "FILE_UPLOAD_HANDLERS": ["regard.web.background.uploads.Straight"],
}

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["out"], "level": "WARNING"},
    # A page that is not found or refused is no fault: what was refused is told to who asked.
    "loggers": {"django.request": {"level": "ERROR"}, "regard.accounts": {"level": "INFO"}},
}


def _sessions(*, https: bool) -> dict[str, Any]:
    return {
        "SESSION_COOKIE_NAME": "__Host-session" if https else "regard-session",
        "SESSION_COOKIE_AGE": IDLE,
        "SESSION_SAVE_EVERY_REQUEST": False,  # `sessions.Sessions` says when
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": https,
        "CSRF_COOKIE_NAME": "__Host-csrf" if https else "regard-csrf",
        "CSRF_COOKIE_SECURE": https,
        "CSRF_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_FAILURE_VIEW": "regard.web.refusing.without_token",
    }


def _headers(*, https: bool) -> dict[str, Any]:
    return {
        "CONTENT_SECURITY_POLICY": {
            "DIRECTIVES": {
                "default-src": [NONE],
                "script-src": [SELF],
                "style-src": [SELF],
                "img-src": [SELF, "data:"],
                "font-src": [SELF],
                "connect-src": [SELF],
                "form-action": [SELF],
                "base-uri": [NONE],
                "object-src": [NONE],
                "frame-ancestors": [NONE],
            }
        },
        "X_FRAME_OPTIONS": "DENY",
        "SECURE_CONTENT_TYPE_NOSNIFF": True,
        "SECURE_REFERRER_POLICY": "same-origin",
        "SECURE_CROSS_ORIGIN_OPENER_POLICY": "same-origin",
        "SECURE_HSTS_SECONDS": 365 * DAY if https else 0,
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": https,
        "SECURE_HSTS_PRELOAD": https,
        "SECURE_SSL_REDIRECT": https,
        "SECURE_PROXY_SSL_HEADER": ("HTTP_X_FORWARDED_PROTO", "https") if https else None,
    }
