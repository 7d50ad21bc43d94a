"""What a purpose lets be seen: bound to its occasion, and veiled above the clearance."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from runtime.audit.models import AccessLog
from runtime.queues import actions as queues
from runtime.queues.models import WorkItem
from runtime.telephony.models import Call

pytestmark = pytest.mark.django_db
SEALED = "Shelter-9"


def read(client: Any, record: Any, **posted: str) -> Any:
    return client.post(reverse("record", args=[record.pk]), {"purpose": "document", **posted})


def test_an_agent_reads_what_the_clearance_allows_and_asks_for_what_is_sensitive(
    client: Any, record: Any
) -> None:
    page = read(client, record).text
    assert [word in page for word in ("Bakery", "Ghent", "Measles", SEALED)] == [True, True, False, False]  # fmt: skip
    page = read(client, record, unveil="1").text
    assert [word in page for word in ("Bakery", "Ghent", "Measles", SEALED)] == [True, True, True, False]  # fmt: skip
    assert "above your clearance" in page
    assert "Show them" not in page


def test_a_supervisor_asks_for_what_is_sealed(
    client_of: Any, supervisor: Any, record: Any
) -> None:
    client = client_of(supervisor, headers={"accept-language": "en"})
    assert SEALED not in read(client, record).text
    page = read(client, record, unveil="1").text
    assert page.count(SEALED) == 2  # the answer, and what follows from it
    assert "above your clearance" not in page


@pytest.mark.parametrize("unveil", ["", "1"])
def test_an_auditors_replay_shows_nothing_sensitive(
    client_of: Any, auditor: Any, record: Any, unveil: str
) -> None:
    client = client_of(auditor, headers={"accept-language": "en"})
    posted = {"purpose": "quality", "unveil": unveil}
    answer = client.post(reverse("replay", args=[record.pk]), posted)
    end = answer["Location"].rsplit("/", 2)[0] + "/9999/"
    page = client.get(end).text
    assert "Bakery" in page
    assert "Measles" not in page
    assert SEALED not in page


@pytest.mark.parametrize("purpose", ["quality", "call_order", "break_glass", "call", "curiosity"])
def test_an_agent_may_not_state_what_is_not_theirs(
    client: Any, agent: Any, record: Any, purpose: str
) -> None:
    assert read(client, record, purpose=purpose).status_code == 400
    assert client.post(reverse("find"), {"purpose": purpose}).status_code == 400
    assert not AccessLog.objects.filter(by=agent).exists()


def test_a_work_item_in_hand_opens_its_own_person_and_nobody_else(
    client: Any, agent: Any, bea: Any, karel: Any, queue: Any, item: Any
) -> None:
    item(party=bea)
    assert "about to call" not in client.get(reverse("find")).text
    claimed = queues.claim(queue=queue, by=agent, now=timezone.now())
    assert "about to call" in client.get(reverse("find")).text
    client.post(reverse("find"), {"purpose": "call_order"})
    assert "Bea Maes" in client.post(reverse("party", args=[bea.pk])).text
    refused = client.post(reverse("party", args=[karel.pk]))
    assert refused.status_code == 403
    assert "Not for this purpose" in refused.text
    assert "Karel" not in refused.text
    assert not AccessLog.objects.filter(by=agent, subject=karel.pk).exists()
    queues.release(item=WorkItem.objects.get(pk=claimed.item), by=agent, now=timezone.now())
    assert client.post(reverse("party", args=[bea.pk]))["Location"] == reverse("find")


def test_a_purpose_ends_after_half_an_hour(client: Any, bea: Any) -> None:
    client.post(reverse("find"), {"purpose": "document"})
    assert client.post(reverse("party", args=[bea.pk])).status_code == 200
    session = client.session
    session["find_purpose_since"]["at"] = (timezone.now() - timedelta(minutes=31)).isoformat()
    session.save()
    assert client.post(reverse("party", args=[bea.pk]))["Location"] == reverse("find")
    assert "Why are you looking" in client.post(reverse("find"), {"text": "maes"}).text


def test_that_the_person_is_on_the_line_ends_when_they_hang_up(
    client: Any, agent: Any, bea: Any, provider: Any
) -> None:
    now = timezone.now()
    call = Call.objects.create(provider=provider, reference="1", agent=agent, rang_at=now)
    client.post(reverse("find"), {"purpose": "calls_back"})
    session = client.session
    session["line"] = {"occasion": str(call.pk), "at": now.isoformat()}
    session.save()
    assert client.post(reverse("party", args=[bea.pk])).status_code == 200
    Call.objects.update(hung_up_at=now)
    assert client.post(reverse("party", args=[bea.pk]))["Location"] == reverse("find")


def test_a_record_about_somebody_is_not_begun_without_a_purpose(
    client: Any, bea: Any, record: Any
) -> None:
    address = reverse("start", args=["clear"])
    assert client.post(address, {"party": str(bea.pk)})["Location"] == reverse("find")
    client.post(reverse("find"), {"purpose": "document"})
    assert client.post(address, {"party": str(bea.pk)})["Location"].startswith("/record/")
