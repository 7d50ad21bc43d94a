"""The log of what was caused and why, series, and the pages of channels."""

from typing import Any

import pytest
from django.urls import reverse

from runtime.effects.models import Channel, Series
from runtime.effects.sealed import open_address
from runtime.outbox.models import Effect
from runtime.outbox.tasks import carry_out_all
from runtime.queues.models import WorkItem
from tests.unit.effects.conftest import DAILY, notify, with_effects
from tests.unit.queues.conftest import publish

pytestmark = pytest.mark.django_db

ILL = ["eq", ["answer", "feels_well"], ["value", "bool", False]]
NEW = {
    "title": "Night duty",
    "code": "duty",
    "kind": "service",
    "address": "slack://aaaaaaaaa/bbbbbbbbb/cccccccccccccccccccccccc/#geheim",
    "language": "nl",
    "clearance": "open",
    "open": "on",
}


def english(client_of: Any, user: Any) -> Any:
    return client_of(user, headers={"accept-language": "en"})


def test_the_log_says_which_outcome_of_which_version_and_why(
    client_of: Any, supervisor: Any, end: Any
) -> None:
    version = publish(with_effects(notify("duty", "Somebody is ill.", relevance=ILL)), code="call")
    record = end(version, feels_well=False)
    carry_out_all()
    page = english(client_of, supervisor).get("/effects/log/").content.decode()
    assert "“Done” of call, version 1, effect 1, because" in page
    assert str(record.pk) in page
    assert "There is no such channel." in page
    for query, there in (("state=done", False), (f"record={record.pk}", True), ("state=x", True)):
        found = english(client_of, supervisor).get(f"/effects/log/?{query}").content.decode()
        assert (f'<span class="mono small">{record.pk}</span>' in found) is there


@pytest.mark.parametrize("query", ["record=abc", "record=%00", "state=%00"])
def test_a_filter_that_means_nothing_filters_nothing(
    client_of: Any, admin: Any, query: str
) -> None:
    assert client_of(admin).get(f"/effects/log/?{query}").status_code == 200


def test_the_log_goes_on_where_a_page_ends(client_of: Any, admin: Any, end: Any) -> None:
    version = publish(with_effects(*[notify("duty", "One.")] * 30), code="call")
    end(version)
    end(version)
    first = client_of(admin).get("/effects/log/")
    assert len(first.context["rows"]) == 50
    second = client_of(admin).get("/effects/log/?" + first.context["further"])
    assert len(second.context["rows"]) == 10
    assert client_of(admin).get("/effects/log/?before=never").status_code == 404


def test_a_supervisor_ends_a_series(
    client_of: Any,
    supervisor: Any,
    daily: Any,
    bo: Any,
    end: Any,
) -> None:
    end(with_effects(DAILY), party=bo)
    carry_out_all()
    client, row = english(client_of, supervisor), Series.objects.get()
    assert "3 calls are left" in client.get("/effects/series/").content.decode()
    page = client.post(reverse("series-end", args=[row.pk]), follow=True).content.decode()
    assert "3 calls were withdrawn." in page
    assert set(WorkItem.objects.values_list("state", flat=True)) == {"withdrawn"}
    assert (
        "0 calls"
        in client.post(reverse("series-end", args=[row.pk]), follow=True).content.decode()
    )


def test_an_administrator_keeps_a_channel_whose_address_is_shown_nowhere(
    client_of: Any, admin: Any, supervisor: Any
) -> None:
    client = english(client_of, admin)
    assert "Kept." in client.post("/effects/channels/new/", NEW, follow=True).content.decode()
    row = Channel.objects.get()
    address = "/effects/channel/duty/"
    for page in (client.get(address), client.get("/effects/channels/")):
        assert "geheim" not in page.content.decode()
    face = {"title": "Day duty", "language": "fr", "clearance": "personal", "address": ""}
    client.post(address, face)
    row.refresh_from_db()
    assert (row.title, row.open, row.clearance) == ("Day duty", False, "personal")
    assert open_address(row.pk, bytes(row.sealed)) == NEW["address"]
    assert client_of(supervisor).get("/effects/channels/").status_code == 403
    assert client_of(supervisor).post("/effects/channels/new/", NEW).status_code == 403


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"address": "https://geheim.example/"}, "This service is not among those"),
        ({"address": "jsons://[geheim"}, "This cannot be read as an address."),
        ({"address": ""}, "Write where its messages go."),
        ({"kind": "mail", "address": "geheim"}, "One of these is no mail address."),
        ({"code": "Duty!"}, "A code has small letters, digits and dashes only."),
        ({"clearance": "sealed"}, "Select a valid choice."),
        ({"kind": "fax"}, "Select a valid choice."),
    ],
)
def test_a_channel_that_cannot_be_is_refused_in_words(
    client_of: Any, admin: Any, change: dict[str, str], said: str
) -> None:
    answer = english(client_of, admin).post("/effects/channels/new/", {**NEW, **change})
    assert answer.status_code == 400
    assert said in answer.content.decode()
    assert "geheim" not in answer.content.decode()
    assert not Channel.objects.exists()


def test_a_code_is_taken_once(client_of: Any, admin: Any) -> None:
    client = english(client_of, admin)
    client.post("/effects/channels/new/", NEW)
    again = client.post("/effects/channels/new/", NEW)
    assert "There is a channel of this code." in again.content.decode()
    assert Effect.objects.count() == 0
