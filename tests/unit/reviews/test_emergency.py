"""Two people release what waits for its review; it is kept with the version, and reviewed afterwards."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from builder.models import Version
from builder.publish import PublishVetoed
from content.emergency_panels import waiting
from content.models import Emergency
from content.reviews import emergency
from tests.unit.reviews.drafting import fresh, new_draft, submit, write


def refused(veto: Any) -> list[str]:
    return [problem.code for problem in veto.value.problems]


def told(user: Any, later: int = 0) -> list[tuple[str, bool]]:
    rows = waiting(user, timezone.now() + timedelta(days=later))
    return [(row.facts[0].split(",")[0], row.late) for row in rows]


def test_two_people_release_and_the_version_keeps_both(
    task: Any, board: Any, editor: Any, admin: Any
) -> None:
    page = submit(new_draft(editor), editor)
    asked = emergency.ask(page=page, reason="The hotline opens now.", by=editor)
    assert not fresh(page).live
    emergency.confirm(emergency=asked, by=admin)
    page = fresh(page)
    assert (page.live, page.workflow_in_progress) == (True, False)
    kept = Version.objects.get().evidence
    entry = kept["review"][0]
    assert (entry["kind"], entry["asked_by"], entry["confirmed_by"], entry["comment"]) == (
        "emergency",
        "editor",
        "admin",
        "The hotline opens now.",
    )
    assert kept["overrides"][0]["gate"] == "review"


def test_one_person_alone_does_not(task: Any, board: Any, editor: Any, agent: Any) -> None:
    page = new_draft(editor)
    asked = emergency.ask(page=page, reason="Now.", by=editor)
    for person, code in ((editor, "same_person"), (agent, "no_right")):
        with pytest.raises(PublishVetoed) as veto:
            emergency.confirm(emergency=asked, by=person)
        assert refused(veto) == [code]
    with pytest.raises(PublishVetoed) as veto:
        emergency.ask(page=page, reason="Now.", by=agent)
    assert refused(veto) == ["no_right"]
    assert Version.objects.count() == 0


def test_it_needs_a_reason_and_a_need(task: Any, board: Any, editor: Any) -> None:
    page = new_draft(editor)
    with pytest.raises(PublishVetoed) as veto:
        emergency.ask(page=page, reason=" ", by=editor)
    assert refused(veto) == ["no_reason"]
    task.required = False
    task.save()
    with pytest.raises(PublishVetoed) as veto:
        emergency.ask(page=page, reason="Now.", by=editor)
    assert refused(veto) == ["no_need"]


def test_it_is_for_the_draft_that_was_asked_for(
    task: Any, board: Any, editor: Any, admin: Any
) -> None:
    page = new_draft(editor)
    asked = emergency.ask(page=page, reason="Now.", by=editor)
    page = write(page, "Something else", editor)
    with pytest.raises(PublishVetoed) as veto:
        emergency.confirm(emergency=asked, by=admin)
    assert refused(veto) == ["changed"]
    emergency.withdraw(emergency=asked, by=editor)
    with pytest.raises(PublishVetoed) as veto:
        emergency.confirm(emergency=asked, by=admin)
    assert refused(veto) == ["settled"]


def test_it_is_reviewed_afterwards_by_somebody_else(task: Any, board: Any, editor: Any) -> None:
    page = new_draft(editor)
    asked = emergency.ask(page=page, reason="Now.", by=editor)
    assert told(board[0]) == [("a release is asked for", True)]
    assert told(editor) == [("a release is asked for", False)]
    emergency.confirm(emergency=asked, by=board[0])
    assert told(board[0]) == [("waits for its review", False)]
    assert told(board[1]) == [("review afterwards", False)]
    assert told(board[1], later=4) == [("review afterwards", True)]
    for right, comment, by, code in (
        (False, "No.", board[0], "not_yours"),
        (False, "No.", editor, "not_yours"),
        (False, " ", board[1], "no_comment"),
    ):
        with pytest.raises(PublishVetoed) as veto:
            emergency.judge(emergency=asked, right=right, comment=comment, by=by)
        assert refused(veto) == [code]
    emergency.judge(emergency=asked, right=False, comment="The dose is wrong.", by=board[1])
    assert Emergency.objects.get().result == "rejected"
    assert told(editor) == [("rejected afterwards", True)]


def test_the_page_walks_through_it(
    task: Any, board: Any, editor: Any, admin: Any, client_of: Any
) -> None:
    page = new_draft(editor)
    where = reverse("emergency", args=[page.pk])
    client = client_of(editor)
    assert where in client.get(reverse("release", args=[page.pk])).content.decode()
    asked = client.post(where, {"deed": "ask", "reason": "The hotline opens."}, follow=True)
    assert "Somebody else with the right confirms it here." in asked.content.decode()
    row = Emergency.objects.get()
    said = client.post(where, {"deed": "confirm", "emergency": row.pk}, follow=True)
    assert "Somebody else confirms it" in said.content.decode()
    said = client_of(admin).post(where, {"deed": "confirm", "emergency": row.pk}, follow=True)
    assert "to be reviewed afterwards" in said.content.decode()
    said = client_of(board[0]).post(
        where, {"deed": "judge", "emergency": row.pk, "result": "approved"}, follow=True
    )
    assert "Approved afterwards" in said.content.decode()
    for wrong in ({"deed": "x"}, {"deed": "confirm"}, {"deed": "judge", "emergency": "9" * 40}):
        assert client.post(where, wrong).status_code == 404


def test_other_gates_still_stand(
    task: Any, board: Any, editor: Any, admin: Any, monkeypatch: Any
) -> None:
    from builder import gates
    from builder.problems import Problem

    page = new_draft(editor)
    monkeypatch.setattr(gates, "_gates", dict(gates._gates))
    gates.bind(gates.Gate("x", "X", lambda page, definition: [Problem("x", "", "A test fails.")]))
    asked = emergency.ask(page=page, reason="Now.", by=editor)
    with pytest.raises(PublishVetoed):
        emergency.confirm(emergency=asked, by=admin)
    assert Emergency.objects.get().confirmed_at is None
    assert not fresh(page).live
