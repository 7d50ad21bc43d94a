"""A key service that speaks what is documented of HashiCorp Vault's transit engine, with real AES-GCM: encrypt, decrypt, keys, rotate and
config, batches, associated data, key versions, tokens. It can be sealed, slow, or let nobody in."""

import base64
import json
import os
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NAME, TOKEN = "scriptorium", "s.test-token"


@dataclass
class Transit:
    """One key in one mount, and how often it was asked what."""

    keys: dict[int, bytes] = field(default_factory=lambda: {1: os.urandom(32)})
    least: int = 1
    sealed: bool = False
    slow: float = 0.0
    token: str = TOKEN
    asked: list[str] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)
    server: ThreadingHTTPServer | None = None

    def start(self) -> "Transit":
        handler = type("Handler", (_Handler,), {"transit": self})
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self.server.daemon_threads = True
        threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def stop(self) -> None:
        assert self.server is not None
        self.server.shutdown()
        self.server.server_close()

    @property
    def url(self) -> str:
        assert self.server is not None
        return f"http://127.0.0.1:{self.server.server_port}"

    def answer(self, verb: str, rest: list[str], body: Any) -> tuple[int, Any]:
        with self.lock:
            self.asked.append("/".join([verb, *rest[1:]]))
            if rest[:1] != [NAME]:
                return 404, {"errors": []}
            if verb == "keys":
                return self._keys(rest[1:], body)
            rows = [getattr(self, f"_{verb}")(item) for item in body["batch_input"]]
            self.sizes.append(len(rows))
            status = 400 if any("error" in row for row in rows) else 200
            return status, {"data": {"batch_results": rows}}

    def _keys(self, rest: list[str], body: Any) -> tuple[int, Any]:
        if rest == ["rotate"]:
            self.keys[max(self.keys) + 1] = os.urandom(32)
        elif rest == ["config"]:
            self.least = body["min_decryption_version"]
        made = {str(number): 1700000000 + number for number in self.keys}
        told = {"name": NAME, "type": "aes256-gcm96", "keys": made, "exportable": False}
        told |= {"latest_version": max(self.keys), "min_decryption_version": self.least}
        return 200, {"data": told}

    def _encrypt(self, item: dict[str, Any]) -> dict[str, Any]:
        number = item.get("key_version") or max(self.keys)
        if number not in self.keys:
            return {"error": "cannot encrypt with a version that does not exist"}
        nonce = os.urandom(12)
        data, place = (base64.b64decode(item[name]) for name in ("plaintext", "associated_data"))
        sealed = nonce + AESGCM(self.keys[number]).encrypt(nonce, data, place)
        text = f"vault:v{number}:{base64.b64encode(sealed).decode()}"
        return {"ciphertext": text, "key_version": number}

    def _decrypt(self, item: dict[str, Any]) -> dict[str, Any]:
        try:
            _vault, version, text = item["ciphertext"].split(":")
            number, sealed = int(version.removeprefix("v")), base64.b64decode(text)
            if number < self.least:
                return {"error": "ciphertext version is disallowed by policy (too old)"}
            place = base64.b64decode(item["associated_data"])
            data = AESGCM(self.keys[number]).decrypt(sealed[:12], sealed[12:], place)
        except (ValueError, KeyError, InvalidTag):
            return {"error": "cipher: message authentication failed"}
        return {"plaintext": base64.b64encode(data).decode()}


class _Handler(BaseHTTPRequestHandler):
    transit: Transit
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._answer(None)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self._answer(json.loads(body or b"null"))

    def _answer(self, body: Any) -> None:
        time.sleep(self.transit.slow)
        _empty, _v1, mount, verb, *rest = self.path.split("/")
        if self.transit.sealed:
            status, told = 503, {"errors": ["Vault is sealed"]}
        elif self.headers.get("X-Vault-Token") != self.transit.token:
            status, told = 403, {"errors": ["permission denied"]}
        elif mount != "transit":
            status, told = 404, {"errors": ["no handler for route"]}
        else:
            status, told = self.transit.answer(verb, rest, body)
        text = json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_arguments: Any) -> None:
        pass
