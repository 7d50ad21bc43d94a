"""Receivers of what is sent out: a web server and a mail server on this machine that count what they get, by its reference.

Each may be told to refuse, to be slow, or (the web server) to send elsewhere.
"""

import re
import socketserver
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Receiver:
    """What came, by reference; `texts` in their order."""

    def __init__(self, server: Any) -> None:
        self.came: Counter[str] = Counter()
        self.texts: list[str] = []
        self.lock = threading.Lock()
        self.server = server
        self.server.receiver = self
        self.server.daemon_threads = True
        self.port = int(self.server.server_address[1])
        self.delay = 0.0
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def note(self, reference: str, text: str) -> None:
        with self.lock:
            self.came[reference] += 1
            self.texts.append(text)
        time.sleep(self.delay)

    @property
    def again(self) -> int:
        """How many came that had come before."""
        return sum(self.came.values()) - len(self.came)

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


class Web(Receiver):
    """A webhook: its reference is the header Idempotency-Key."""

    def __init__(self) -> None:
        self.status, self.location = 200, ""
        super().__init__(ThreadingHTTPServer(("127.0.0.1", 0), _Hook))


class _Hook(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        server: Any = self.server
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        receiver = server.receiver
        receiver.note(self.headers.get("Idempotency-Key", ""), body.decode())
        self.send_response(receiver.status)
        if receiver.location:
            self.send_header("Location", receiver.location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_POST  # noqa: N815 - what a redirect would ask for

    def log_message(self, *_arguments: Any) -> None:
        """Nothing."""


class Post(Receiver):
    """A mail server: its reference is the Message-ID."""

    def __init__(self) -> None:
        super().__init__(_Server(("127.0.0.1", 0), _Mail))


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True


class _Mail(socketserver.StreamRequestHandler):
    """As much of SMTP as Django speaks."""

    def handle(self) -> None:
        self._say("220 here")
        while line := self.rfile.readline():
            word = line.strip().upper()[:4]
            if word == b"DATA":
                self._say("354 go on")
                self._take()
            elif word == b"QUIT":
                self._say("221 bye")
                return
            self._say("250 fine")

    def _take(self) -> None:
        lines: list[bytes] = []
        while (line := self.rfile.readline()) and line != b".\r\n":
            lines.append(line)
        text = b"".join(lines).decode()
        found = re.search(r"^Message-ID: <([^@>]+)@", text, re.MULTILINE | re.IGNORECASE)
        server: Any = self.server
        server.receiver.note(found[1] if found else "", text)

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())
