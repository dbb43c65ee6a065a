"""An OpenID Connect provider on loopback: discovery, keys, authorisation with PKCE, tokens."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "regard", "of the provider's tests alone"  # noqa: S105


def new_key() -> rsa.RSAPrivateKey:
    """A key to sign with."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Provider:
    """What a provider says, and what it was asked.

    Attributes:
        issuer: Its address.
        claims: What it says of whoever signs in there.
        told: What it says at its userinfo address; the claims if None.
        key: What it signs with; its keys address always has the one it began with.
        refuses: An error it gives back in place of a code.
        audience: For which client its tokens are.
        kid: How its tokens name the key that they are signed with; its own is `one`.
        codes: What it was asked at each code it gave.
        asked: The paths it was asked for.
    """

    issuer: str
    claims: dict[str, Any]
    told: dict[str, Any] | None = None
    key: rsa.RSAPrivateKey = field(default_factory=new_key)
    refuses: str = ""
    audience: str = CLIENT
    kid: str = "one"
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.published = self.key.public_key()

    def configuration(self) -> dict[str, Any]:
        """What its discovery address says."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorise",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
            "code_challenge_methods_supported": ["S256"],
        }

    def keys(self) -> dict[str, Any]:
        """Its public key."""
        held = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.published))
        return {"keys": [{**held, "kid": "one", "alg": "RS256", "use": "sig"}]}

    def authorised(self, query: dict[str, str]) -> str:
        """Where a browser is sent back to."""
        back = {"state": query["state"]}
        if self.refuses:
            back["error"] = self.refuses
        else:
            back["code"] = secrets.token_urlsafe(8)
            self.codes[back["code"]] = query
        return f"{query['redirect_uri']}?{urlencode(back)}"

    def token(self, form: dict[str, str]) -> dict[str, Any] | None:
        """Tokens for a code; None if the client, the code or its verifier is wrong."""
        query = self.codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            query is None
            or query.get("code_challenge_method") != "S256"
            or query.get("code_challenge") != challenge
            or form.get("client_id") != CLIENT
            or form.get("client_secret") != SECRET
        ):
            return None
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": self.audience, "iat": now, "exp": now + 60}
        signed = jwt.encode(
            {**claims, **self.claims},
            self.key,
            algorithm="RS256",
            headers={"kid": self.kid} if self.kid else {},
        )
        return {"access_token": "good", "token_type": "Bearer", "id_token": signed}


@contextmanager
def running(**claims: Any) -> Iterator[Provider]:
    """A provider for as long as the block lasts."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Asked)
    provider = Provider(f"http://127.0.0.1:{server.server_port}", claims)
    server.provider = provider  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Asked(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        provider, address = self._provider(), urlsplit(self.path)
        query = {name: one[0] for name, one in parse_qs(address.query).items()}
        if address.path == "/authorise":
            self.send_response(302)
            self.send_header("Location", provider.authorised(query))
            self.end_headers()
        elif address.path == "/.well-known/openid-configuration":
            self._said(provider.configuration())
        elif address.path == "/keys":
            self._said(provider.keys())
        elif address.path == "/userinfo" and self.headers["Authorization"] == "Bearer good":
            self._said(provider.claims if provider.told is None else provider.told)
        else:
            self._said({"error": "unknown"}, 404)

    def do_POST(self) -> None:
        provider = self._provider()
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: one[0] for name, one in parse_qs(body).items()}
        found = provider.token(form)
        self._said(found or {"error": "invalid_grant"}, 200 if found else 400)

    def log_message(self, *args: Any) -> None:
        """Say nothing on the console of the tests."""

    def _provider(self) -> Provider:
        provider: Provider = self.server.provider  # type: ignore[attr-defined]
        provider.asked.append(urlsplit(self.path).path)
        return provider

    def _said(self, what: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(what).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
