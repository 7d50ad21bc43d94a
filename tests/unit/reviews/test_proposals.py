"""From a proposal to the version that has it."""

from typing import Any

import pytest
from django.urls import reverse

from builder.models import App, Version
from content.models import Proposal
from content.proposals import actions
from content.proposals.places import places_of
from tests.unit.reviews.drafting import fresh


def told(answer: Any) -> str:
    return answer.content.decode()


def post(client: Any, **more: str) -> Any:
    given = {"change": "Say hello first", "why": "People hang up.", **more}
    return client.post(reverse("propose") + "?app=small", given, follow=True)


def test_an_agent_proposes_at_a_block_and_sees_what_became_of_it(
    make: Any, agent: Any, editor: Any, client_of: Any
) -> None:
    script = make()
    block = {words: each for each, words in places_of(App.objects.get(), "en")}
    place = "Start › Reached the person"
    client = client_of(agent)
    assert "small" in told(client.get(reverse("propose")))
    assert place in told(client.get(reverse("propose") + "?app=small"))
    assert "Say hello first" in told(post(client, block=block[place]))
    row = Proposal.objects.get()
    assert (row.place, row.by, row.state) == (place, agent, "new")
    where = reverse("proposal", args=[row.pk])
    given = {"state": "accepted", "priority": "2", "reason": "Good."}
    assert client.post(where, given).status_code == 403
    client_of(editor).post(where, given)
    drafted = fresh(script).get_latest_revision_as_object()
    assert drafted.version_note == f"#{row.pk}: Say hello first"
    assert "accepted" in told(client.get(reverse("proposals")))
    drafted.title = "Small, kinder"
    drafted.save_revision(user=editor).publish(user=editor)
    row.refresh_from_db()
    assert (row.state, row.version) == ("done", 2)
    assert [each.state for each in row.history.order_by("history_date")] == [
        "new",
        "accepted",
        "done",
    ]
    assert Version.objects.order_by("-number")[0].note == f"#{row.pk}: Say hello first"


def test_refusing_says_why(make: Any, agent: Any, editor: Any, client_of: Any) -> None:
    make()
    post(client_of(agent))
    row = Proposal.objects.get()
    where = reverse("proposal", args=[row.pk])
    given = {"state": "refused", "priority": "3", "reason": " "}
    assert "Say why" in told(client_of(editor).post(where, given))
    client_of(editor).post(where, {**given, "reason": "The law asks it so."})
    assert "The law asks it so." in told(client_of(agent).get(reverse("proposals")))


def test_what_is_not_in_the_next_version_stays_accepted(
    make: Any, agent: Any, editor: Any
) -> None:
    script = make()
    row = actions.propose(app=App.objects.get(), block="", place="", change="x", why="y", by=agent)
    actions.decide(proposal=row, state="accepted", priority=3, reason="", page=script, by=editor)
    drafted = fresh(script).get_latest_revision_as_object()
    drafted.version_note, drafted.title = "Something else", "Other"
    drafted.save_revision(user=editor).publish(user=editor)
    row.refresh_from_db()
    assert row.state == "accepted"


def test_a_full_note_is_told(make: Any, agent: Any, editor: Any) -> None:
    script = make()
    drafted = script.get_latest_revision_as_object()
    drafted.version_note = "n" * 500
    drafted.save_revision(user=editor)
    row = actions.propose(app=App.objects.get(), block="", place="", change="x", why="y", by=agent)
    for page, code in ((fresh(script), "full"), (None, "gone")):
        with pytest.raises(actions.NotDecided) as why:
            actions.decide(
                proposal=row, state="accepted", priority=3, reason="", page=page, by=editor
            )
        assert why.value.code == code
    assert Proposal.objects.get().state == "new"


def test_the_committee_filters_and_others_see_their_own(
    make: Any, agent: Any, supervisor: Any, editor: Any, client_of: Any
) -> None:
    make()
    post(client_of(agent))
    post(client_of(supervisor), change="Shorter, please")
    mine = told(client_of(agent).get(reverse("proposals")))
    assert "Say hello first" in mine
    assert "Shorter, please" not in mine
    row = Proposal.objects.get(by=supervisor)
    assert client_of(agent).get(reverse("proposal", args=[row.pk])).status_code == 403
    Proposal.objects.filter(pk=row.pk).update(priority=1)
    everything = told(client_of(editor).get(reverse("proposals")))
    assert everything.index("Shorter, please") < everything.index("Say hello first")
    urgent = told(client_of(editor).get(reverse("proposals") + "?priority=1&state=new&app=small"))
    assert "Say hello first" not in urgent
    assert "Proposals to decide" in told(client_of(editor).get(reverse("wagtailadmin_home")))


@pytest.mark.parametrize("given", [{"change": ""}, {"block": "nothing"}, {"why": "x" * 3000}])
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    make: Any, agent: Any, client_of: Any, given: dict[str, str]
) -> None:
    make()
    answer = post(client_of(agent), **given)
    assert "Say hello first" in told(answer) or "People hang up." in told(answer)
    assert not Proposal.objects.exists()
