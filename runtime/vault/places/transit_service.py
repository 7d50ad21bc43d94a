"""Talking with a key service that speaks HashiCorp Vault's transit interface: batches, timeouts, and what may go wrong in words.

The token is read anew when its file changes, since who runs the service renews it. Every call ends in time; after one that found nobody
the next ones fail at once for two seconds, so that a service that is away does not hold up every request.
"""

import base64
import http.client
import json
import ssl
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from runtime.vault.errors import (
    SERVICE_AWAY,
    SERVICE_DENIED,
    SERVICE_NO_KEY,
    SERVICE_ODD,
    SERVICE_SEALED,
    KeyMissing,
    Service,
)

SECONDS = 3.0
BREATHER = 2.0
MOST_AT_ONCE = 250
LONGEST_ANSWER = 4 * 1024 * 1024
LOOPBACK = ("127.0.0.1", "::1", "localhost")
PROBLEMS = {401: SERVICE_DENIED, 403: SERVICE_DENIED, 404: SERVICE_NO_KEY}


class Refused(Exception):
    """The service understood and did not do it: what was sent was not made by this key."""


@dataclass
class TransitService:
    """One key of one service."""

    away_until: float = 0.0
    lines: threading.local = field(default_factory=threading.local)

    @property
    def name(self) -> Service:
        return Service(f"{settings.TRANSIT['MOUNT']}/{settings.TRANSIT['KEY']}")

    def latest(self) -> int:
        """The number of the newest key."""
        return int(self._key()["latest_version"])

    def rotate(self) -> None:
        self._ask("POST", f"keys/{settings.TRANSIT['KEY']}/rotate", {})

    def forget_below(self, number: int) -> None:
        """Keys below `number` open nothing any more."""
        address = f"keys/{settings.TRANSIT['KEY']}/config"
        self._ask("POST", address, {"min_decryption_version": number})

    def encrypt(self, number: int, items: list[tuple[bytes, bytes]]) -> list[bytes]:
        told = [
            {"plaintext": _text(data), "associated_data": _text(place), "key_version": number}
            for data, place in items
        ]
        return [row["ciphertext"].encode("ascii") for row in self._batch("encrypt", told)]

    def decrypt(self, items: list[tuple[bytes, bytes]]) -> list[bytes]:
        """Raises `Refused` if one of them does not open."""
        told = [
            {"ciphertext": sealed.decode("ascii", "replace"), "associated_data": _text(place)}
            for sealed, place in items
        ]
        return [base64.b64decode(row["plaintext"]) for row in self._batch("decrypt", told)]

    def problem(self, words: str) -> KeyMissing:
        return KeyMissing.at(self.name, words)

    def _key(self) -> dict[str, Any]:
        return self._data(self._ask("GET", f"keys/{settings.TRANSIT['KEY']}", None))

    def _batch(self, verb: str, told: list[dict[str, Any]]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for first in range(0, len(told), MOST_AT_ONCE):
            some = told[first : first + MOST_AT_ONCE]
            answer = self._ask("POST", f"{verb}/{settings.TRANSIT['KEY']}", {"batch_input": some})
            rows = self._data(answer).get("batch_results") or []
            if len(rows) != len(some):
                raise self.problem(SERVICE_ODD)
            found += rows
        if any(row.get("error") for row in found):
            raise Refused
        return found

    def _data(self, answer: Any) -> dict[str, Any]:
        if not isinstance(answer, dict) or not isinstance(answer.get("data"), dict):
            raise self.problem(SERVICE_ODD)
        return dict(answer["data"])

    def _ask(self, method: str, address: str, body: Any) -> Any:
        if time.monotonic() < self.away_until:
            raise self.problem(SERVICE_AWAY)
        try:
            status, told = self._send(method, address, body)
        except (OSError, http.client.HTTPException):
            self.away_until = time.monotonic() + BREATHER
            raise self.problem(SERVICE_AWAY) from None
        if status in PROBLEMS:
            raise self.problem(PROBLEMS[status])
        if status == 400:
            raise Refused
        if status not in (200, 204):
            raise self.problem(SERVICE_SEALED)
        try:
            return json.loads(told) if told else None
        except ValueError:
            raise self.problem(SERVICE_ODD) from None

    def _send(self, method: str, address: str, body: Any) -> tuple[int, bytes]:
        """On the line that this thread keeps; one that the service had closed meanwhile is opened anew, once."""
        kept = getattr(self.lines, "line", None)
        try:
            return self._on(kept or self._line(), method, address, body)
        except (OSError, http.client.HTTPException):
            self.lines.line = None
            if kept is None:
                raise
        return self._on(self._line(), method, address, body)

    def _on(
        self, line: http.client.HTTPConnection, method: str, address: str, body: Any
    ) -> tuple[int, bytes]:
        path = f"/v1/{settings.TRANSIT['MOUNT']}/{address}"
        told = None if body is None else json.dumps(body).encode()
        line.request(method, path, told, _headers(self))
        answer = line.getresponse()
        found = answer.read(LONGEST_ANSWER)
        self.lines.line = line
        return answer.status, found

    def _line(self) -> http.client.HTTPConnection:
        address = urlsplit(settings.TRANSIT["URL"])
        host = address.hostname or ""
        if address.scheme == "https":
            trusted = ssl.create_default_context(cafile=settings.TRANSIT["CA"] or None)
            return http.client.HTTPSConnection(
                host, address.port, timeout=SECONDS, context=trusted
            )
        if address.scheme == "http" and host in LOOPBACK:
            return http.client.HTTPConnection(host, address.port, timeout=SECONDS)
        raise ImproperlyConfigured(
            "TRANSIT_URL must be an https address (http only on this machine): keys travel there."
        )


def _headers(service: TransitService) -> dict[str, str]:
    file = settings.TRANSIT["TOKEN_FILE"]
    try:
        token = Path(file).read_text("ascii").strip() if file else settings.TRANSIT["TOKEN"]
    except (OSError, ValueError):
        token = ""
    if not token:
        raise service.problem(SERVICE_DENIED)
    named = {"X-Vault-Namespace": settings.TRANSIT["NAMESPACE"]}
    return {
        "X-Vault-Token": token,
        "X-Vault-Request": "true",
        "Content-Type": "application/json",
        **{name: value for name, value in named.items() if value},
    }


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
