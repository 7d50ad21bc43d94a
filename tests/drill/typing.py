"""An agent types while the line goes, tabs and browsers are killed, sessions expire, the server restarts, a version is released, and the
record is lost to another agent. Afterwards every answer must be in the log once, and none in clear in the browser's profile."""

import json
import random
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Error

from tests.journeys.test_screen import SET_UP
from tests.killable import Killable
from tests.people import PASSWORD
from tests.served import Served
from tests.traces import found_in

SETTING = f"""{SET_UP}
make_person('other', 'agent')
"""
RELEASE = """
from tests.unit.fill.calls import publish, small_call
content = small_call()
content['title'] = {'en': 'A small call, %s', 'fr': 'Un petit appel'}
publish(content, code='small_call')
"""
TAKEN = """
from django.contrib.auth import get_user_model
from runtime.records import actions
from runtime.records.models import Record
record, other = Record.objects.get(pk='%s'), get_user_model().objects.get(username='other')
actions.end_sessions_of(record=record, reason='claimed', but=other)
actions.open_session(record=record, by=other, kind='agent', purpose='call')
"""
LOG = """
import json
from runtime.records.models import Record
from runtime.records.store import open_record
told = {}
for record in Record.objects.all():
    opened = open_record(record, by=None, purpose='drill')
    told[str(record.pk)] = [[each.event.get('value'), each.late] for each in opened.events if each.event['event'] == 'answered']
print(json.dumps(told))
"""
WAITING = """() => new Promise((done) => {
  const asked = indexedDB.open("scriptorium", 1);
  asked.onsuccess = () => {
    const store = asked.result.transaction("unsent").objectStore("unsent").count();
    store.onsuccess = () => (asked.result.close(), done(store.result));
  };
})"""
WORD = "Grünspan"
MOST_ANSWERS = 8


@dataclass
class Run:
    """One record: what was typed at it, and what befell."""

    record: str
    typed: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


@dataclass
class Told:
    """What a drill found."""

    runs: int
    typed: int
    faults: Counter[str]
    late: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    in_clear: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)  # runs that did not come to their end

    def fine(self) -> bool:
        return not (self.lost or self.doubled or self.in_clear or self.broken)

    def lines(self) -> list[str]:
        return [
            f"{self.runs} runs, {self.typed} answers typed, {self.late} of them came late",
            f"faults: {', '.join(f'{name} {times}' for name, times in self.faults.most_common())}",
            *(
                f"{name}: {len(found)} {found[:5] or ''}"
                for name, found in (
                    ("lost", self.lost),
                    ("doubled", self.doubled),
                    ("in clear on the disk", self.in_clear),
                    ("not ended", self.broken),
                )
            ),
        ]


class Drill:
    """An installation, and an agent with a browser of their own."""

    def __init__(self, browser_type: Any, profile: Path, seed: int) -> None:
        self.chance = random.Random(seed)
        self.killable = Killable(browser_type, profile)
        self.served = Served()
        self.runs: list[Run] = []
        self.broken: list[str] = []
        self.in_clear: set[str] = set()
        self.page: Any = None
        self.offline = False

    def play(self, runs: int, seconds: float) -> None:
        """So many runs, or until the time is over."""
        self.served.manage("setup_content")
        self.served.manage("shell", "-v0", "-c", SETTING)
        self.served.start(worker=False)
        self._browse()
        end = time.monotonic() + seconds
        while len(self.runs) < runs and time.monotonic() < end:
            try:
                self._run()
            except Error as problem:
                self.broken.append(f"{self.runs[-1:]}: {problem.message.splitlines()[0]}")
                self._again_from_nothing()
            if len(self.runs) % 10 == 0:
                sys.stderr.write(f"{len(self.runs)} runs, {len(self.broken)} not ended\n")

    def told(self) -> Told:
        """Compares the log with what was typed; the browser is killed for it, so that its files are those of a killed one."""
        self.killable.kill()
        self._search()
        log = json.loads(self.served.manage("shell", "-v0", "-c", LOG))
        told = Told(
            runs=len(self.runs),
            typed=sum(len(run.typed) for run in self.runs),
            faults=Counter(fault for run in self.runs for fault in run.faults),
            in_clear=sorted(self.in_clear),
            broken=self.broken,
        )
        for run in self.runs:
            times = Counter(value for value, _late in log[run.record])
            told.late += sum(late for _value, late in log[run.record])
            told.lost += [f"{value} {run.faults}" for value in run.typed if not times[value]]
            told.doubled += [f"{value} {run.faults}" for value in run.typed if times[value] > 1]
        return told

    def close(self) -> None:
        self.killable.kill()
        self.served.stop()

    # one run -------------------------------------------------------------------

    def _run(self) -> None:
        page = self.page
        page.goto(self.served.url)
        page.click("form[action='/app/small_call/start/'] button")
        page.wait_for_selector("html[data-screen=ready]")
        run = Run(page.url.rstrip("/").rpartition("/")[2])
        self.runs.append(run)
        answers = self.chance.randint(3, MOST_ANSWERS)
        due = sorted(self.chance.choices(range(answers), k=self.chance.randint(1, 3)))
        for number in range(answers):
            if self._at_the_record(run):
                self._type(run, f"{WORD}-{len(self.runs)}-{number}")
            for _ in range(due.count(number)):
                name = self.chance.choice(list(FAULTS))
                run.faults.append(name)
                FAULTS[name](self, run)
        self._end(run)

    def _at_the_record(self, run: Run) -> bool:
        """Whether there is a page to type at: else the agent signs in, and opens the record if it is still theirs."""
        if run.record in self.page.url and self.page.locator("html[data-screen=ready]").count():
            return True
        self._repair()
        self._sign_in(f"{self.served.url}/record/{run.record}/")
        self.page.wait_for_load_state("networkidle")
        return bool(self.page.locator("html[data-screen=ready]").count())

    def _type(self, run: Run, value: str) -> None:
        field_ = self.page.locator("[id='q:given_name']")
        field_.fill("")
        field_.press_sequentially(value)
        if self.chance.random() < 0.5:
            field_.press("Tab")
        else:
            self.page.wait_for_timeout(800)  # a pause in the typing
        self.page.wait_for_timeout(self.chance.choice((20, 100, 500)))
        run.typed.append(value)

    def _end(self, run: Run) -> None:
        """All faults are mended, the person is there again: nothing may be left to be sent."""
        self._repair()
        self._search()
        again = self.page.locator("[data-save-notice]:visible button")
        if again.count():
            tab = self.killable.context.new_page()
            self._sign_in(f"{self.served.url}/", tab)
            tab.close()
            again.click()
        if self.page.locator("[data-saved]").count():
            self.page.evaluate("dispatchEvent(new Event('online'))")
            self.page.wait_for_timeout(300)
        self._sign_in(f"{self.served.url}/")
        end = time.monotonic() + 20
        while self.page.evaluate(WAITING) and time.monotonic() < end:
            self.page.wait_for_timeout(200)

    # faults --------------------------------------------------------------------

    def _line(self, _run: Run) -> None:
        self._line_is(gone=not self.offline)

    def _tab(self, _run: Run) -> None:
        self.page.close(run_before_unload=False)
        self._open_tab()

    def _browser(self, _run: Run) -> None:
        self.killable.kill(signal.SIGKILL)
        self._search()
        self._browse()

    def _session(self, _run: Run) -> None:
        self.killable.context.clear_cookies()

    def _server(self, _run: Run) -> None:
        if "server" in self.served.processes:
            self.served.kill("server")
        if self.chance.random() < 0.5:
            self.served.start(worker=False)

    def _release(self, run: Run) -> None:
        self.served.manage("shell", "-v0", "-c", RELEASE % run.record)

    def _lease(self, run: Run) -> None:
        """The record is given to another agent, as a claim does."""
        self.served.manage("shell", "-v0", "-c", TAKEN % run.record)

    # the ground ----------------------------------------------------------------

    def _browse(self) -> None:
        self.page = self.killable.start()
        self.page.on("dialog", lambda dialog: dialog.accept())
        self.offline = False
        if self.served.processes:
            self._sign_in(f"{self.served.url}/")

    def _open_tab(self) -> None:
        self.page = self.killable.context.new_page()
        self.page.on("dialog", lambda dialog: dialog.accept())

    def _sign_in(self, address: str, page: Any = None) -> None:
        page = page or self.page
        page.goto(address)
        if "/login" in page.url:
            page.fill("input[name=login]", "agent")
            page.fill("input[name=password]", PASSWORD)
            page.click("form[action*=login] button[type=submit]")
            page.wait_for_url(lambda url: "/login" not in url)

    def _line_is(self, *, gone: bool) -> None:
        self.killable.context.set_offline(gone)
        self.offline = gone

    def _repair(self) -> None:
        if self.offline:
            self._line_is(gone=False)
        self._repair_server()

    def _repair_server(self) -> None:
        if "server" not in self.served.processes:
            self.served.start(worker=False)

    def _search(self) -> None:
        for word, file in found_in(self.killable.written(), [WORD]):
            self.in_clear.add(f"{word} in {file}")

    def _again_from_nothing(self) -> None:
        self._repair_server()
        self.killable.kill()
        self._browse()


FAULTS: dict[str, Callable[[Drill, Run], None]] = {
    "line": Drill._line,
    "tab": Drill._tab,
    "browser": Drill._browser,
    "session": Drill._session,
    "server": Drill._server,
    "release": Drill._release,
    "lease": Drill._lease,
}
