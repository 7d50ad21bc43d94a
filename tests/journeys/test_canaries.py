"""Three hundred words that nobody else uses go through the whole house: imported, typed, typed while the line is gone, searched,
filled in by a citizen, sent as files, told by the telephone, in posts that fail, exported, printed. None lies in clear in any file.
"""

import json
import random
import string
from collections.abc import Callable, Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.definitions import data, outcome, question, section
from tests.journeys.walks import all_saved, end_call, wait_for
from tests.killable import Killable
from tests.marking import controls
from tests.people import PASSWORD
from tests.sendable import photo
from tests.traces import found_in, unread

STEM = "Qvijzül"  # each word begins so: where it is not, in no way of writing, none of them is
STEMS = (STEM, STEM.lower(), STEM.upper(), "Qvijzul", "qvijzul", "QVIJZUL", "470998")
CONTROL = "Kwikzilver-Controle"
TYPED, OFFLINE, SEARCHED, FILLED, FAILED, FILES, TOLD = 60, 20, 48, 30, 40, 5, 15
PEOPLE = 60
WAYS = ("exact", "name", "number", "words")
NAMES = [f"asked_{number}" for number in range(TYPED + OFFLINE)]
FIELDS = [f"field_{number}" for number in range(FILLED)]
SET_UP = """
import json
from tests.journeys import test_canaries as canaries
from tests.people import make_person
from tests.unit.fill.calls import publish
from tests.unit.selfservice.conftest import opened_to_public
from runtime.queues.models import Campaign, Policy, Queue
from runtime.telephony import actions as telephony
for name in ('agent', 'supervisor', 'data_officer', 'admin'):
    make_person(name, name)
app = publish(canaries.script('script'), code='canaries').app
opened_to_public(publish(canaries.public(), code='arrival'))
rules = {'window': {'days': [0, 1, 2, 3, 4, 5, 6], 'from': '00:00', 'until': '23:59'}}
queue = Queue.objects.create(code='calls', title='Calls', policy=Policy.objects.create(code='usual', title='Usual', rules=rules))
Campaign.objects.create(code='spring', title='Spring', queue=queue, app=app)
provider, _new = telephony.make_provider(code='pbx', title='PBX', by=None)
telephony.add_extension(provider=provider, extension='201', name='agent', by=None)
"""
STATE = """
import json
from runtime.audit.models import AccessLog
from runtime.outbox.models import Effect
from runtime.parties.models import Party
from runtime.queues.models import ImportJob
from runtime.records.models import Record
from runtime.records.store import open_record
from runtime.search.models import SearchEntry
from runtime.telephony.models import Call
job = ImportJob.objects.first()
print(json.dumps({
    'job': [job.state, job.done, job.bad],
    'answers': [len(open_record(one, by=None, purpose='test').state['answers']) for one in Record.objects.order_by('created_at')],
    'searches': AccessLog.objects.filter(deed='search').count(),
    'calls': Call.objects.count(),
    'entries': [SearchEntry.objects.filter(record=None).count(), SearchEntry.objects.exclude(record=None).count()],
    'waiting': Effect.objects.exclude(state='done').count(),
}))
"""
NO_LOG = (
    "from django.db import connection; connection.cursor().execute('ALTER TABLE {} RENAME TO {}')"
)


def script(kind: str) -> dict[str, Any]:
    """Eighty questions that take any text, some of them searchable, and a file."""
    asked = [
        question(name, label=name, **({"searchable": way} if way else {}))
        for name, way in zip_longest(NAMES, WAYS)
    ]
    names = [
        question(name, label=name, fact=name) for name in ("given_name", "family_name", "phone")
    ]
    first = section("first", *names, question("letter", "file", label="letter"))
    return data(first, section("rest", *asked), kind=kind, outcomes=[outcome("done")])


def public() -> dict[str, Any]:
    fields = [question(name, label=name) for name in FIELDS]
    return data(section("only", *fields), kind="form", outcomes=[outcome("done")])


class Canaries:
    """Hands out words of one stem, each once, and counts them."""

    def __init__(self) -> None:
        self.chance = random.Random("canaries")
        self.given: list[str] = []

    def word(self) -> str:
        self.given.append(
            STEM + "".join(self.chance.choices(string.ascii_lowercase, k=7)).capitalize()
        )
        return self.given[-1]

    def words(self, count: int) -> list[str]:
        return [self.word() for _number in range(count)]


@pytest.fixture
def canaries() -> Canaries:
    return Canaries()


@pytest.fixture
def killable(browser: Any, tmp_path: Path) -> Iterator[Killable]:
    made = Killable(browser.browser_type, tmp_path / "profile")
    yield made
    made.kill()


def state(served: Any) -> dict[str, Any]:
    return json.loads(served.manage("shell", "-v0", "-c", STATE))


def post(page: Any, address: str, body: Any, **headers: str) -> int:
    """A post from the page's own session; its status."""
    token = next(c["value"] for c in page.context.cookies() if "csrftoken" in c["name"])
    sent = page.request.post(
        address, headers={"X-CSRFToken": token, "Referer": address, **headers}, **body
    )
    return int(sent.status)


def test_three_hundred_words_go_through_the_house_and_none_lies_in_clear(
    served: Any,
    killable: Killable,
    new_page: Callable[..., Any],
    sign_in: Callable[..., None],
    canaries: Canaries,
) -> None:
    served.set_up(SET_UP)
    imported(served, new_page(), sign_in, canaries)
    page = killable.start()
    sign_in(page, served.url, "agent", PASSWORD)
    searched(served, page, canaries)
    record = typed(served, page, canaries)
    failed(served, page, canaries)
    page = typed_while_the_line_is_gone(served, killable, page, record, sign_in, canaries)
    end_call(page, "done")
    filled_in(served, new_page(), canaries)
    told(served, canaries)
    exported(served, new_page(), sign_in)
    wait_for(lambda: state(served)["waiting"] == 0)

    assert len(canaries.given) == len(set(canaries.given)) >= 300
    found = state(served)
    assert found["job"] == ["done", PEOPLE, 0]
    assert found["answers"] == [
        TYPED + OFFLINE + len(("given", "family", "phone", "letter")),
        FILLED,
    ]
    assert found["searches"] >= SEARCHED
    assert found["entries"] == [PEOPLE, 1]
    assert found["calls"] >= TOLD * 2 // 3
    served.mark(CONTROL)
    nothing_in_clear(served)
    for name in list(served.processes):
        served.kill(name)  # what a process leaves when it is shot
    nothing_in_clear(served)
    killable.kill()
    assert sorted(set(found_in(killable.written(), STEMS))) == []


def nothing_in_clear(served: Any) -> None:
    files = served.written()
    assert unread(files, controls(CONTROL)) == []
    assert sorted(set(found_in(files, STEMS))) == []


def imported(served: Any, page: Any, sign_in: Any, canaries: Canaries) -> None:
    """A list of people, and one that is refused."""
    sign_in(page, served.url, "supervisor", PASSWORD)
    rows = [
        ",".join((canaries.word(), canaries.word(), f"0470998{number:03}"))
        for number in range(PEOPLE)
    ]
    text = "\n".join(["given_name,family_name,phone", *rows])
    page.goto(f"{served.url}/campaign/spring/load/")
    bad = {
        "name": f"{canaries.word()}.csv",
        "mimeType": "text/csv",
        "buffer": f"{canaries.word()}\0".encode(),
    }
    page.set_input_files("input[type=file]", bad)
    page.get_by_role("button", name="Read the file").click()
    expect(page.locator(".message.error")).to_be_visible()
    good = {"name": f"{canaries.word()}.csv", "mimeType": "text/csv", "buffer": text.encode()}
    page.set_input_files("input[type=file]", good)
    page.get_by_role("button", name="Read the file").click()
    page.wait_for_url("**/import/*/")
    page.get_by_role("button", name="Load the list").click()
    wait_for(lambda: state(served)["job"][0] == "done")


def searched(served: Any, page: Any, canaries: Canaries) -> None:
    """Words that find somebody, and words that find nobody; as one types, and not."""
    address = f"{served.url}/find/"
    assert post(page, address, {"form": {"purpose": "correction"}}) == 200
    for number in range(SEARCHED):
        headers = {"X-Fragment": "hits"} if number % 2 else {}
        words = canaries.word() if number % 3 else canaries.given[number]
        assert post(page, address, {"form": {"text": words}}, **headers) == 200


def typed(served: Any, page: Any, canaries: Canaries) -> str:
    """A call of sixty answers, and files; the address of its record."""
    page.goto(f"{served.url}/")
    page.click("form[action='/queue/calls/claim/'] button")
    page.wait_for_selector("html[data-screen=ready]")
    for number, word in enumerate(canaries.words(FILES)):
        file = {"name": f"{word}.jpg", "mimeType": "image/jpeg", "buffer": photo((300, 200))}
        page.locator("[data-place=letter] input[type=file]").set_input_files(file)
        expect(page.locator("[data-place=letter] .kept")).to_contain_text(word)
        if number < FILES - 1:
            page.locator("[data-place=letter] .kept button").first.click()
    page.click("[data-go=next]")
    for name in NAMES[:TYPED]:
        page.fill(f"[id='q:{name}']", canaries.word())
    page.keyboard.press("Tab")
    all_saved(page)
    return str(page.url)


def typed_while_the_line_is_gone(
    served: Any, killable: Killable, page: Any, record: str, sign_in: Any, canaries: Canaries
) -> Any:
    """Twenty answers wait in the browser, which is killed; they arrive when its person is back, on the first page."""
    killable.context.set_offline(True)
    for name in NAMES[TYPED:]:
        page.fill(f"[id='q:{name}']", canaries.word())
    page.keyboard.press("Tab")
    expect(page.locator("[data-saved]")).to_contain_text(f"{OFFLINE} answers")
    expect(page.locator("[data-saved]")).to_contain_text("kept sealed in this browser")
    killable.kill()
    assert sorted(set(found_in(killable.written(), STEMS))) == []
    page = killable.start()
    killable.context.clear_cookies()
    sign_in(page, served.url, "agent", PASSWORD)
    told = f"{OFFLINE} answers that had not been sent are saved now"
    expect(page.locator("[data-arriving]")).to_contain_text(told)
    page.goto(record)
    page.wait_for_selector("html[data-screen=ready]")
    expect(page.locator(f"[id='q:{NAMES[-1]}']")).to_have_value(canaries.given[-1])
    return page


def failed(served: Any, page: Any, canaries: Canaries) -> None:
    """Posts that are refused, are garbage, find nothing; and such as fail in the middle, for the log cannot be written."""
    record = page.url.rstrip("/")
    seen = set()
    for number, word in enumerate(canaries.words(FAILED - 10)):
        events = [{"id": word, "seen": word, "event": {"event": "answered", "value": word}}]
        seen |= {
            post(page, f"{record}/save/", {"data": json.dumps({"events": events})}),
            post(page, f"{record}/save/", {"data": word}, Authorization=word),
            post(page, f"{record}/finish/", {"form": {"outcome": word}}),
            post(page, f"{served.url}/verify/", {"form": {"code": word}}),
        }
        if number < 8:  # more would shut out our own people, too
            form = {"login": word, "password": word}
            seen.add(post(page, f"{served.url}/accounts/login/", {"form": form}))
    rename = NO_LOG.format("audit_accesslog", "audit_away")
    served.manage("shell", "-v0", "-c", rename)
    try:
        failures = {
            post(page, f"{served.url}/find/", {"form": {"text": word}})
            for word in canaries.words(10)
        }
    finally:
        served.manage("shell", "-v0", "-c", NO_LOG.format("audit_away", "audit_accesslog"))
    assert failures <= {500, 503}
    assert failures
    assert not {500, 503} & seen, seen
    assert {400, 403} & seen, seen


def filled_in(served: Any, page: Any, canaries: Canaries) -> None:
    """By a citizen without an account."""
    page.goto(f"{served.url}/form/arrival/")
    page.get_by_role("button", name="Begin").click()
    page.wait_for_selector("html[data-form=ready]")
    for name in FIELDS:
        page.fill(f"[id='q:{name}']", canaries.word())
    page.get_by_role("button", name="Next").or_(
        page.get_by_role("button", name="Check your answers")
    ).first.click()
    page.wait_for_load_state()
    page.get_by_role("button", name="Send").first.click()
    page.wait_for_url("**/done/")


def told(served: Any, canaries: Canaries) -> None:
    """By the telephone system: numbers, and words where numbers should be."""
    from runtime.telephony.management.commands.simulate_call import post as send

    key = bytes.fromhex(served.manage("telephony_provider", "pbx").split()[-1])
    for number in range(TOLD):
        call = {"callId": f"call-{number}", "to": "+3225550000", "user": "201"}
        caller = canaries.word() if number % 3 == 0 else f"+32470998{number:03}"
        for event in ("newCall", "hangup"):
            send(
                f"{served.url}/telephony/pbx/call/", key, {"event": event, "from": caller, **call}
            )


def exported(served: Any, page: Any, sign_in: Any) -> None:
    """The table of the version, with everything that was answered."""
    sign_in(page, served.url, "data_officer", PASSWORD)
    page.goto(f"{served.url}/exports/")
    offer = page.locator("form.card").filter(has=page.get_by_role("button", name="Records (CSV)"))
    for number in range(offer.count()):
        one = offer.nth(number)
        one.get_by_label("Purpose").select_option(label="Statistics and reporting")
        with page.expect_download() as download:
            one.get_by_role("button", name="Records (CSV)").click()
        download.value.path().unlink()
