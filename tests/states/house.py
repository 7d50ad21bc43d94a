"""The installation that the states are walked in: the demo, agents of their own for each chapter, a telephone system, a public form."""

import tempfile
import time
from collections.abc import Callable
from typing import Any

from tests.forked import Forked
from tests.people import PASSWORD

WIDE, NARROW = (1440, 900), (320, 700)
# One for each chapter: they do not get into each other's way (an agent holds one call at a time).
AGENTS = {"amina": "Amina Lambert", "bruno": "Bruno Claes", "chloe": "Chloé Dubois", "dirk": "Dirk Maes", "elif": "Elif Aydin",
          "femke": "Femke Peeters", "gwen": "Gwen Jacobs"}  # fmt: skip
STAFF = {"sonia": ("Sonia Peeters", "supervisor"), "adam": ("Adam Willems", "admin")}
CALLER = "+32470111222"
SET_UP = f"""
from datetime import timedelta
from django.utils import timezone
from runtime.parties.actions import find_or_create
from runtime.people.actions import create_person
from runtime.queues import actions as queues
from runtime.queues.actions import skills
from runtime.queues.models import Campaign, Policy, Queue, Skill
from runtime.telephony import actions as telephony
from tests.states.scripts import desk, registration
from tests.unit.fill.calls import publish
from tests.unit.selfservice.conftest import opened_to_public

people = {{}}
for name, full in {AGENTS!r}.items():
    first, last = full.split(" ", 1)
    people[name] = create_person(by=None, username=name, email=name + "@example.org", password={PASSWORD!r}, roles=["agent"],
        first_name=first, last_name=last)
    if name != "gwen":
        skills.grant_skill(person=people[name].user, skill=Skill.objects.get(code="tracing"), days=90)
for name, (full, role) in {STAFF!r}.items():
    first, last = full.split(" ", 1)
    create_person(by=None, username=name, email=name + "@example.org", password={PASSWORD!r}, roles=[role], first_name=first, last_name=last)
always = {{"window": {{"days": [1, 2, 3, 4, 5, 6, 7], "from": "00:00", "until": "23:59"}}}}
Policy.objects.update(rules=always)
publish(desk(), code="vaccination_desk")
opened_to_public(publish(registration(), code="registration"), en={{"before": "It takes about three minutes.\\n\\nHave your identity card at hand.",
    "after": "We call you within two days."}})

def waits(code, title, rules, *persons):
    policy = Policy.objects.create(code=code, title=title, rules=rules)
    queue = Queue.objects.create(code=code, title=title, policy=policy)
    campaign = Campaign.objects.create(code=code, title=title, queue=queue, app=Campaign.objects.get(code="index-calls").app)
    for facts in persons:
        party, _new = find_or_create(facts=facts, by=None, purpose="import")
        queues.create_item(campaign=campaign, party=party, by=None)

bo = {{"given_name": "Bo", "family_name": "Maes", "birth_date": "1985-07-30", "phone": "+32470333444", "address": "Nieuwstraat 12, 9031 Gent"}}
minor = bo | {{"given_name": "Lou", "birth_date": (timezone.localdate() - timedelta(days=4000)).isoformat(), "phone": "+32470333445"}}
waits("verified", "Results to tell", always | {{"verification": {{}}}}, bo, minor)
waits("back", "Who calls back", always, {{"given_name": "Nele", "family_name": "Goossens", "birth_date": "1979-02-11", "phone": "{CALLER}"}})
provider, _new = telephony.make_provider(code="pbx", title="Telephone exchange", by=None)
telephony.add_extension(provider=provider, extension="201", name="elif", by=None)
telephony.add_extension(provider=provider, extension="202", name="amina", by=None)
"""
LOADED = "from runtime.queues.models import ImportJob; print(ImportJob.objects.get().state)"


class House:
    """`page_of("amina")`: her browser, signed in, always the same one; `run(code)` a program; `rings(..)` her telephone."""

    def __init__(self, browser: Any) -> None:
        self.browser = browser
        self.lists = tempfile.TemporaryDirectory()
        self.served = Forked(DEMO="1", INBOX_DIR=self.lists.name)
        self.pages: dict[str, Any] = {}
        self.noted: dict[str, Any] = {}  # what one state hands to the next

    def open(self) -> "House":
        self.served.manage("setup_content")
        self.served.manage("demo", "--citizens", "12")
        self.run(SET_UP)
        self.key = bytes.fromhex(self.served.manage("telephony_provider", "pbx").split()[-1])
        self.served.start()
        self.until(lambda: self.run(LOADED) == "done")
        return self

    def until(self, true: Callable[[], bool]) -> None:
        """The worker gets there, or what comes next says that it did not."""
        deadline = time.monotonic() + 60
        while not true() and time.monotonic() < deadline:
            time.sleep(0.3)

    def close(self) -> None:
        for page in self.pages.values():
            page.context.close()
        self.served.stop()
        self.lists.cleanup()

    @property
    def url(self) -> str:
        return self.served.url

    def run(self, code: str) -> str:
        return self.served.manage("shell", "-v0", "-c", code).strip()

    def visitor(self, name: str, **options: Any) -> Any:
        """A browser of somebody without an account."""
        if name not in self.pages:
            size = {"width": WIDE[0], "height": WIDE[1]}
            context = self.browser.new_context(viewport=size, locale="en-GB", **options)
            context.set_default_timeout(15_000)
            self.pages[name] = context.new_page()
        return self.pages[name]

    def page_of(self, name: str) -> Any:
        if name not in self.pages:
            page = self.visitor(name)
            self.sign_in(page, name)
        return self.pages[name]

    def sign_in(self, page: Any, name: str) -> None:
        page.goto(f"{self.url}/accounts/login/")
        page.fill("input[name=login]", name)
        page.fill("input[name=password]", PASSWORD)
        page.click("main form button[type=submit]")
        page.wait_for_url(lambda address: "/login" not in address)

    def rings(
        self, event: str, caller: str = CALLER, extension: str = "201", call: str = "c-1"
    ) -> None:
        from runtime.telephony.management.commands.simulate_call import post

        told = {
            "event": event,
            "callId": call,
            "from": caller,
            "to": "+3225550000",
            "user": extension,
        }
        status, _text = post(f"{self.url}/telephony/pbx/call/", self.key, told)
        assert status == 200, (event, status)


Come = Callable[[House], Any]
