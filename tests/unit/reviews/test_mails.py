"""Mails to reviewers, sent over SMTP to a server of our own: once each, in their language, again when the server was away."""

import email
import socketserver
import threading
from collections.abc import Iterator
from datetime import timedelta
from email.header import decode_header, make_header
from typing import Any

import pytest
from django.utils import timezone

from content.models import Notice, ReviewState
from content.reviews import mails
from tests.unit.reviews.drafting import act, new_draft, submit


class Post(socketserver.StreamRequestHandler):
    """Enough of SMTP to take a mail."""

    def handle(self) -> None:
        self.say("220 here")
        while line := self.rfile.readline().decode().strip():
            word = line.split(" ")[0].upper()
            if word == "QUIT":
                return self.say("221 bye")
            if word == "DATA":
                self.say("354 go on")
                self.server.got.append(self.body())  # type: ignore[attr-defined]
            self.say("250 fine")
        return None

    def body(self) -> bytes:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line)
        return b"".join(lines)

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@pytest.fixture
def post(settings: Any) -> Iterator[list[bytes]]:
    """What arrived."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Post) as server:
        server.got = []  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.server_address[1]
        yield server.got  # type: ignore[attr-defined]
        server.shutdown()


def read(raw: bytes) -> tuple[str, str, str]:
    mail = email.message_from_bytes(raw)
    subject = str(make_header(decode_header(mail["Subject"])))
    return mail["To"], subject, mail.get_payload(decode=True).decode()


def test_each_reviewer_is_asked_once_in_their_language(
    task: Any, board: Any, editor: Any, post: list[bytes]
) -> None:
    board[0].person.language = "fr"
    board[0].person.save()
    page = submit(new_draft(editor), editor)
    for _ in range(2):
        mails.send_due(timezone.now())
    told = {to: (subject, text) for to, subject, text in map(read, post)}
    assert len(post) == 3
    assert told["rosa@example.org"][0] == "Merci de relire : Small"
    subject, text = told["ruben@example.org"]
    assert subject == "Please review: Small"
    assert f"/admin/review/{page.pk}/" in text


def test_who_has_approved_is_not_reminded_and_the_others_are(
    task: Any, board: Any, editor: Any, post: list[bytes]
) -> None:
    task.days = 5
    task.save()
    page = submit(new_draft(editor), editor)
    now = timezone.now()
    mails.send_due(now)
    act(page, board[0])
    del post[:]
    mails.send_due(now + timedelta(days=4, hours=12))
    assert {read(raw)[1] for raw in post} == {"Review due soon: Small"}
    assert len(post) == 2
    del post[:]
    for days in (6, 6, 7, 9):
        mails.send_due(now + timedelta(days=days))
    assert [read(raw)[1] for raw in post] == ["Overdue review: Small"] * 4
    assert Notice.objects.filter(kind__startswith="late").count() == 4


def test_a_server_that_is_away_is_tried_again(
    task: Any, board: Any, editor: Any, post: list[bytes], settings: Any
) -> None:
    submit(new_draft(editor), editor)
    there = settings.EMAIL_PORT
    settings.EMAIL_PORT = 1
    mails.send_due(timezone.now())
    assert Notice.objects.count() == 0
    settings.EMAIL_PORT = there
    mails.send_due(timezone.now())
    assert len(post) == 3


def test_the_worker_sends(task: Any, board: Any, editor: Any, post: list[bytes]) -> None:
    from runtime.outbox import sweeps

    submit(new_draft(editor), editor)
    sweeps.run_due(timezone.now(), everything=True)
    assert len(post) == 3
    assert ReviewState.objects.count() == 1
