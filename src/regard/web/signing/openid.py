"""Signing in by OpenID Connect: who the provider says it is must be an account that exists.

The way there and back is django-allauth's, with PKCE and a state. Nobody is signed up, nothing of
the provider is kept, and the signature of what it says is always checked.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from regard.web.models import Account
from regard.web.settings import PROVIDER
from regard.web.signing.guessing import is_first

Answer = Callable[[HttpRequest, Account | None], HttpResponseBase]
"""What is answered to whom the provider names; None if it names no account that may sign in."""

_ANSWER = "regard_answer"
TOKEN_REMEMBERED = timedelta(days=1)  # for which a provider's token is remembered at most


def is_set_up() -> bool:
    """Whether a provider is named."""
    return bool(settings.SOCIALACCOUNT_PROVIDERS)  # type: ignore[misc]


def leave(request: HttpRequest, answer: Answer) -> HttpResponseBase:
    """Send a browser to the provider."""
    setattr(request, _ANSWER, answer)
    return OAuth2LoginView.adapter_view(_Exchange(request, PROVIDER))(request)


def returned(request: HttpRequest, answer: Answer) -> HttpResponseBase:
    """Take in what the provider says of who came back."""
    setattr(request, _ANSWER, answer)
    return OAuth2CallbackView.adapter_view(_Exchange(request, PROVIDER))(request)


class _Exchange(OpenIDConnectOAuth2Adapter):
    """What is asked of the provider on the way there and back."""

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        return request.build_absolute_uri(reverse("sign-in.returned"))

    def _decode_id_token(self, app: Any, id_token: str) -> dict[str, Any]:
        # allauth leaves the signature out where the token came straight from the provider.
        try:
            found = dict(
                jwtkit.verify_and_decode(
                    credential=id_token,
                    keys_url=self.openid_config["jwks_uri"],
                    issuer=self.openid_config["issuer"],
                    audience=app.client_id,
                    lookup_kid=jwtkit.lookup_kid_jwk,
                )
            )
            _must_be_new(found)
            return found
        except (KeyError, TypeError, ValueError) as reason:  # a token or a key of no known form
            raise OAuth2Error(f"the token of the provider cannot be read: {reason!r}") from reason


def _must_be_new(found: dict[str, Any]) -> None:
    """Refuse a token that was used before: allauth remembers its own process alone."""
    if found.get("jti") is None:
        return
    until = min(datetime.fromtimestamp(int(found["exp"]), UTC), timezone.now() + TOKEN_REMEMBERED)
    if not is_first(until, "token", str(found["iss"]), str(found["jti"])):
        raise OAuth2Error(f"the token {found['jti']!r} was used already")


class _Provider(OpenIDConnectProvider):
    """The one provider of this site."""

    oauth2_adapter_class = _Exchange


class Accounts(DefaultSocialAccountAdapter):
    """Finds the account that a provider names, and answers for it; makes none."""

    def get_provider(
        self, request: HttpRequest, provider: str, client_id: str | None = None
    ) -> _Provider:
        """The one that is set up."""
        return _Provider(request, app=self.get_app(request, provider, client_id))

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Answer before allauth would sign anybody in or up."""
        said = sociallogin.account.extra_data
        raise ImmediateHttpResponse(_answered(request, _named(_claims(said))))

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Exception | None = None,
        extra_context: Any = None,
    ) -> None:
        """Answer as to one whom the provider does not know."""
        raise ImmediateHttpResponse(_answered(request, None))


def _answered(request: HttpRequest, account: Account | None) -> Any:
    return getattr(request, _ANSWER)(request, account)


def _claims(said: dict[str, Any]) -> dict[str, Any]:
    """What the provider signed, with what it tells of the same subject."""
    signed, told = said.get("id_token") or {}, said.get("userinfo") or {}
    if not signed or (told and told.get("sub") != signed.get("sub")):
        return {}
    return {**told, **signed}


def _named(claims: dict[str, Any]) -> Account | None:
    [app] = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]  # type: ignore[misc]
    name = claims.get(app["settings"]["claim"])
    if not isinstance(name, str) or not name:
        return None
    return Account.objects.filter(username=name, is_active=True).first()
