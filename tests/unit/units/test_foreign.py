"""Every address with an id, everybody of one unit, things of another: not found, as what is not there is not found.

The addresses come from the URLconf; each stands in one of the tables below, so that a new one without a row fails.
"""

import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from config.access import ROWS
from tests.house.test_access import patterns

pytestmark = pytest.mark.django_db
LATER = timezone.timedelta(hours=1)  # type: ignore[attr-defined]

OF_A_RECORD = [
    "record",
    "record-section",
    "record-token",
    "record-finish",
    "record-continue",
    "record-reopen",
    "record-late",
    "replay",
]
OF_AN_ITEM = [
    "item",
    "item-attempt",
    "item-dispose",
    "item-release",
    "item-invite",
]
OF_A_CAMPAIGN = [
    "campaign",
    "campaign-edit",
    "campaign-close",
    "campaign-open",
    "campaign-load",
    "campaign-figures",
    "campaign-simulations",
]
OF_AN_IMPORT = [
    "import",
    "import-progress",
    "import-stop",
    "import-again",
    "import-columns",
    "import-load",
    "import-left-out",
    "import-forget",
]
OF_A_FORECAST = ["simulation", "simulation-progress", "simulation-stop", "simulation-again"]
OF_A_LIST = [
    "account-list",
    "account-list-go",
    "account-list-stop",
    "account-list-again",
    "account-list-progress",
    "account-list-left",
]
OF_A_DEED = ["bulk", "bulk-progress"]
OF_A_UNIT = ["unit", "unit-move", "unit-off", "unit-on"]
# What all units share: definitions, and what is made of them. What lies in them is filtered (`test_scope`, below).
SHARED = {
    *(
        "projection",
        "long-list",
        "start",
        "records",
        "lesson",
        "versions",
        "version",
        "dictionary",
    ),
    *("version-label", "version-label-off", "comparison", "proposal", "skill-edit"),
    *("export-csv", "export-entries", "export-codebook"),
}
# A person's own, whoever they work with: their frame, a call that rang for them, what they ask who is on the line, a glass they broke.
OWN = {"inside-let-in", "call", "verification", "verification-end", "glass-end", "telephone-told"}
ROLES = ("agent", "supervisor", "data_officer", "auditor")


def with_ids() -> Iterator[tuple[str, dict[str, Any]]]:
    """Each of our addresses that names something and is not for everybody, with the kinds of its holes."""
    for route, name, namespaces, pattern in patterns():
        holes = pattern.pattern.converters
        if route.startswith(("admin/", "accounts/")) or namespaces or name is None or not holes:
            continue
        row = ROWS[name]
        if not row.public and not (row.token and not row.roles):
            yield name, holes


def only_admin(name: str) -> bool:
    return ROWS[name].roles == frozenset({"admin"})


@pytest.fixture
def south(house: Any) -> dict[str, dict[str, Any]]:
    """What stands in the holes of the addresses: things of the South, by the address's name."""
    from exports.documents.models import Document
    from runtime.accounts.models import AccountList
    from runtime.effects.models import Series
    from runtime.glass.models import Break
    from runtime.outbox.models import Effect
    from runtime.parties.actions import find_or_create
    from runtime.parties.models import Bar
    from runtime.queues.bulks import Bulk
    from runtime.queues.kept import Simulation
    from runtime.queues.models import ImportJob, Pair, Spawned

    agent = house.person("their_agent", "south", "agent")
    item, now = house.called("south") and house.begun("south", agent), timezone.now()
    record, party, campaign = item.record, item.party, house.campaigns["south"]
    one = {"campaign": campaign, "by": agent, "created_at": now}
    job = ImportJob.objects.create(**one)
    forecast = Simulation.objects.create(**one, courses=1, begins=now)
    spawned = Spawned.objects.create(record=record, item=item, revision=0, decided_at=now)
    effect = Effect.objects.create(
        effect="notify", key="k", record=record.pk, state="failed", not_before=now,
        created_at=now, failed_at=now,
    )  # fmt: skip
    series = Series.objects.create(
        record=record.pk, campaign=campaign, party=party.pk, days=3, created_at=now
    )
    document = Document.objects.create(
        number="2026-1", code="x", template=record.version, record=record, party=party,
        language="en", sealed=b"", issued_at=now,
    )  # fmt: skip
    glass = Break.objects.create(
        by=agent, epoch=1, party=party.pk, reason=b"", at=now, until=now + LATER
    )
    bar = Bar.objects.create(kind="party", party=party, reason="other", by=agent, created_at=now)
    bulk = Bulk.objects.create(by=agent, deed="hasten", queues=[item.queue_id], created_at=now)
    other = find_or_create(
        facts={"given_name": "Bo", "phone": "+32470999999"}, by=None, purpose="test"
    )
    pair = Pair.objects.create(older=party, newer=other[0], found_at=now)
    accounts = AccountList.objects.create(by=agent, total=1, created_at=now)
    return {
        **{each: {"record": record.pk} for each in OF_A_RECORD},
        "replay-step": {"record": record.pk, "log": 1, "step": 1},
        **{each: {"record": record.pk, "file": uuid.uuid4()} for each in ("file", "file-small")},
        "amendment-seen": {"pk": spawned.pk},
        **{each: {"pk": item.pk} for each in OF_AN_ITEM},
        "claim": {"code": "q-south"},
        "queue-edit": {"code": "q-south"},
        "policy-edit": {"code": "p-south"},
        **{each: {"code": "c-south"} for each in OF_A_CAMPAIGN},
        "campaign-facts": {"code": "c-south", "kind": "attempts"},
        **{each: {"pk": job.pk} for each in OF_AN_IMPORT},
        **{each: {"pk": forecast.pk} for each in OF_A_FORECAST},
        **{each: {"party": party.pk} for each in ("party", "glass", "party-bar")},
        "bar-lift": {"pk": bar.pk},
        "double-decide": {"pk": pair.pk},
        "glass-judged": {"pk": glass.pk},
        **{each: {"pk": effect.pk} for each in ("effect-retry", "effect-give-up")},
        "series-end": {"pk": series.pk},
        **{each: {"pk": document.pk} for each in ("document-pdf", "document-revoke")},
        **{each: {"pk": accounts.pk} for each in OF_A_LIST},
        **{each: {"pk": bulk.pk} for each in OF_A_DEED},
        "bulk-turn": {"pk": bulk.pk, "turn": "stop"},
        **{each: {"code": "south"} for each in OF_A_UNIT},
    }


def absent(holes: dict[str, Any]) -> dict[str, Any]:
    """The same address of what is not there."""
    other = {str: "nothing-here", int: 999_999, uuid.UUID: uuid.uuid4()}
    words = {"kind", "turn", "log", "step"}  # of the address: they do not say whose it is
    return {name: told if name in words else other[type(told)] for name, told in holes.items()}


def said(answer: Any, holes: dict[str, Any]) -> tuple[int, str]:
    """The status and the page, without what differs from answer to answer, and what was asked for."""
    text = answer.content.decode()
    for told in holes.values():
        text = text if isinstance(told, int) else text.replace(str(told), "#")
    text = re.sub(r'(nonce|value|data-nonce)="[A-Za-z0-9_\-+/=]{16,}"', r'\1=""', text)
    return answer.status_code, text


def test_every_address_that_names_something_is_in_a_table(south: Any) -> None:
    names = {name for name, _holes in with_ids()}
    whole = {name for name in names if ROWS[name].whole}
    admins = {name for name in names if only_admin(name)}
    assert names == set(south) | SHARED | OWN | whole | admins
    assert not set(south) & (SHARED | OWN | whole | admins)


@pytest.mark.parametrize("role", ROLES)
def test_what_is_anothers_is_not_there(
    role: str, house: Any, south: dict[str, Any], client_of: Any
) -> None:
    client, wrong = client_of(house.person("mine", "north", role)), []
    for name, holes in south.items():
        if role not in ROWS[name].roles:
            continue
        for method in ("get", "post"):
            nothing = absent(holes)
            theirs = getattr(client, method)(reverse(name, kwargs=holes))
            none = getattr(client, method)(reverse(name, kwargs=nothing))
            if theirs.status_code not in {404, 405} or said(theirs, holes) != said(none, nothing):
                wrong.append((name, method, theirs.status_code, none.status_code))
    assert wrong == []


@pytest.mark.parametrize("role", ROLES)
def test_what_concerns_all_units_is_not_there_for_those_of_one(
    role: str, house: Any, client_of: Any
) -> None:
    client, wrong = client_of(house.person("mine", "north", role)), []
    told = {"code": "call", "number": 1, "sequence": 1, "pk": 1, "party": uuid.uuid4()}
    for name, holes in with_ids():
        if not ROWS[name].whole or role not in ROWS[name].roles:
            continue
        kwargs = {hole: told[hole] for hole in holes}
        statuses = {
            getattr(client, method)(reverse(name, kwargs=kwargs)).status_code
            for method in ("get", "post")
        }
        if statuses != {404}:
            wrong.append((name, statuses))
    assert wrong == []
    for name, row in ROWS.items():
        if row.whole and role in row.roles and name not in dict(with_ids()):
            assert client.get(reverse(name)).status_code == 403, name


def test_nothing_in_the_access_log_tells_that_it_was_there(
    house: Any, south: dict[str, Any], client_of: Any
) -> None:
    from runtime.audit.models import AccessLog

    mine = house.person("mine", "north", "agent", "supervisor", "data_officer")
    client = client_of(mine)
    for name, holes in south.items():
        client.post(reverse(name, kwargs=holes), {"purpose": "quality"})
    assert not AccessLog.objects.filter(by=mine).exists()


@pytest.mark.parametrize(
    ("role", "address"),
    [
        ("agent", "/"), ("supervisor", "/"), ("supervisor", "/campaigns/"), ("supervisor", "/queues/"),
        ("supervisor", "/campaigns/new/"), ("supervisor", "/queues/new/"), ("supervisor", "/policies/new/"),
        ("supervisor", "/amendments/"), ("supervisor", "/effects/"), ("supervisor", "/effects/log/"),
        ("supervisor", "/effects/series/"), ("supervisor", "/documents/"), ("supervisor", "/units/"),
        ("supervisor", "/accounts-list/"), ("supervisor", "/app/call/records/"), ("data_officer", "/exports/"),
        ("supervisor", "/board/"), ("supervisor", "/board/live/"), ("supervisor", "/board/items/?state=all"),
        ("supervisor", "/board/report/"), ("supervisor", "/board/deeds/"), ("data_officer", "/broken-glass/"), ("data_officer", "/documents/"), ("agent", "/find/"),
    ],
)  # fmt: skip
def test_no_list_names_what_is_anothers(
    role: str, address: str, house: Any, south: dict[str, Any], client_of: Any
) -> None:
    """The lists of the North, while the South has one of each."""
    client = client_of(house.person("mine", "north", role))
    answer = client.get(address)
    assert answer.status_code == 200
    page = answer.content.decode()
    ids = {str(told) for holes in south.values() for told in holes.values() if len(str(told)) > 5}
    ids -= {"attempts"}
    assert [one for one in sorted(ids) if one in page] == []
    assert [word for word in ("south", "their_agent", "2026-1<") if word in page] == []


def test_an_export_holds_the_records_of_ones_unit(
    house: Any, south: dict[str, Any], client_of: Any
) -> None:
    own = house.person("own", "north", "agent")
    house.called("north")
    record = house.begun("north", own).record
    officer = house.person("officer", "north", "data_officer")
    from exports.opening import readings
    from exports.purposes import EXPORT

    purpose = EXPORT[0][0]
    for by, many in ((officer, 1), (house.person("all", "", "data_officer"), 2), (None, 2)):
        assert len(list(readings(version=record.version, by=by, purpose=purpose))) == many


def test_a_reference_of_another_units_record_finds_nobody(
    house: Any, south: dict[str, Any], client_of: Any
) -> None:
    from runtime.records.references import reference_of
    from runtime.workspace.find_references import person_of

    reference = reference_of(south["record"]["record"])
    assert person_of(reference, house.person("own", "north", "agent")) is None
    assert person_of(reference, house.person("theirs", "south", "agent")) is not None


def test_who_calls_is_known_by_the_work_of_ones_own_unit(house: Any) -> None:
    from runtime.telephony.places import place_of

    party = house.called("south").party
    assert place_of(party, house.person("own", "north", "agent")).kind == "none"
    assert place_of(party, house.person("theirs", "south", "agent")).kind == "item"
