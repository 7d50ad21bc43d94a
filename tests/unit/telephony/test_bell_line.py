"""The bell itself, a process of its own, over a socket: opened with a pass, told within a moment, ended with the session."""

import contextlib
import http.client
import os
import signal
import time
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from tests.postgres import free_port
from tests.served import PATIENCE, Served

SET_UP = """
from django.test import Client
from tests.people import make_person
from runtime.telephony import actions as telephony, sealed
anna, bert = make_person('anna', 'agent'), make_person('bert', 'agent')
provider, _new = telephony.make_provider(code='pbx', title='PBX', by=None)
telephony.add_extension(provider=provider, extension='201', name='anna', by=None)
telephony.add_extension(provider=provider, extension='202', name='bert', by=None)
print(sealed.provider_key(provider.code, provider.serial).hex())
for person in (anna, bert):
    client = Client()
    client.force_login(person)
    print(client.session.session_key)
"""
SOON = 30.0  # seconds; it takes less than one, but the machine may be busy
QUIET = 1.0


class House:
    """The installation, and what its pages and its telephone system do."""

    def __init__(self) -> None:
        self.port = free_port()
        self.served = Served(BELL_PORT=str(self.port), BELL_MINDS="0.5")
        self.origin = self.served.url
        key, *sessions = self.served.set_up(SET_UP).split()
        self.sessions = dict(zip(("anna", "bert"), sessions, strict=True))
        self.key = bytes.fromhex(key)

    def send(self, event: str, call: str, extension: str = "201") -> None:
        from runtime.telephony.management.commands.simulate_call import post

        body = {"event": event, "callId": call, "from": "+32470111222", "user": extension}
        status, _told = post(f"{self.served.url}/telephony/pbx/call/", self.key, body)
        assert status == 200

    def passed(self, name: str) -> str:
        """What the page of this person is given with its question."""
        cookie = f"sessionid={self.sessions[name]}"
        asked = urllib.request.Request(f"{self.served.url}/calls/", headers={"Cookie": cookie})
        with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:
            return str(answer.headers["X-Bell-Pass"])

    def log_out(self, name: str) -> None:
        secret = "s" * 32  # of the form's protection: cookie and header agree
        cookie = f"sessionid={self.sessions[name]}; csrftoken={secret}"
        headers = {"Cookie": cookie, "X-CSRFToken": secret}
        page = f"{self.served.url}/accounts/logout/"
        with urllib.request.urlopen(
            urllib.request.Request(page, b"", headers), timeout=PATIENCE
        ) as answer:
            assert answer.status == 200

    def knock(self, told: str, method: str = "POST", **headers: str) -> http.client.HTTPResponse:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=SOON)
        usual = {"Origin": self.origin, "Content-Type": "text/plain"}
        line.request(method, "/", body=told.encode(), headers=usual | headers)
        return line.getresponse()

    @contextlib.contextmanager
    def line(self, name: str) -> Iterator[Any]:
        answer = self.knock(self.passed(name))
        try:
            assert answer.status == 200
            assert word(answer) == ":"
            yield answer
        finally:
            answer.close()


def word(answer: http.client.HTTPResponse) -> str:
    """The next one of the line; empty where it ended. `TimeoutError` where none comes."""
    told = answer.readline().decode().strip()
    if told:
        answer.readline()
    return told


def silent(answer: Any) -> bool:
    raw = answer.fp.raw._sock
    raw.settimeout(QUIET)
    try:
        return not answer.fp.raw.read(1)
    except TimeoutError:
        return True


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    made = House()
    try:
        made.served.start(worker=False)
        await_bell(made)
        yield made
    finally:
        made.served.stop()


def await_bell(made: House) -> None:
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            assert made.knock("", "GET").status == 405
            return
        except OSError:
            assert time.monotonic() < deadline, made.served.logs["bell"].read_text()
            time.sleep(0.1)


def test_who_is_called_is_told_and_nobody_else(house):
    with house.line("anna") as hers, house.line("bert") as his:
        for event in ("newCall", "answer", "hangup"):
            house.send(event, "c-1")
            assert word(hers) == "data: changed"
        assert silent(his)


def test_a_line_that_is_opened_while_it_rings_is_told_at_once(house):
    house.send("newCall", "c-2", "202")
    with house.line("bert") as his:
        assert word(his) == "data: changed"
    house.send("hangup", "c-2", "202")


def test_only_a_page_of_ours_with_a_pass_is_let_in(house):
    good = house.passed("anna")
    assert house.knock(good, Origin="http://evil.example").status == 403
    assert house.knock(good, Origin=f"http://127.0.0.1:{house.port}").status == 403
    assert house.knock(good, Host="evil.example").status == 403
    assert house.knock("made up").status == 403
    assert house.knock("x" * 5000).status == 413
    answer = house.knock(good)
    assert answer.status == 200
    assert answer.headers["Access-Control-Allow-Origin"] == house.origin
    assert "Access-Control-Allow-Credentials" not in answer.headers
    answer.close()


def test_a_line_ends_soon_after_its_session_and_the_pass_opens_no_other(house):
    told = house.passed("bert")
    with house.line("bert") as his:
        house.log_out("bert")
        assert word(his) == ""
    assert house.knock(told).status == 403


def test_the_bell_ends_at_once_although_lines_are_open_and_tells_nobody_of_anybody(house):
    with house.line("anna") as hers:
        bell = house.served.processes["bell"]
        os.kill(bell.pid, signal.SIGTERM)
        assert bell.wait(timeout=SOON) == 0
        assert word(hers) == ""
    told = house.served.logs["bell"].read_text()
    assert "Traceback" not in told
    assert "Killing" not in told  # granian says so of one that did not end by itself
    assert [each for each in ("anna", "32470111222", house.sessions["anna"]) if each in told] == []
