"""The first page of the workshop: what waits for whom."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from content.actions import change_page, translate
from content.home import Panel, Row, bind
from content.models import ReviewState
from content.panels import PANELS
from tests.bodies import ask, section
from tests.unit.reviews.drafting import act, fresh, new_draft, submit, write


def rows(code: str, user: Any, now: Any = None) -> list[Row]:
    panel = next(each for each in PANELS if each.code == code)
    return list(panel.find(user, now or timezone.now()))


def page_of(client: Any) -> str:
    return client.get(reverse("wagtailadmin_home")).content.decode()


def test_what_waits_is_told_to_each_in_their_own_words(
    task: Any, board: Any, editor: Any, client_of: Any
) -> None:
    page = new_draft(editor)
    assert [row.title for row in rows("my-drafts", editor)] == ["Small"]
    submit(page, editor)
    assert rows("my-drafts", editor) == []
    act(page, board[0])
    assert "1 of 2 approvals" in rows("submitted", editor)[0].facts
    assert rows("to-review", board[0]) == [], "who has approved waits for the others"
    assert "1 of 2 approvals" in rows("to-review", board[1])[0].facts
    act(page, board[1], "reject", comment="Too long.")
    assert rows("submitted", editor)[0].late
    assert "sent back: Too long." in rows("submitted", editor)[0].facts
    assert reverse("review", args=[page.pk]) in page_of(client_of(editor))


def test_a_late_review_is_told_to_reviewers_and_administrators(
    task: Any, board: Any, editor: Any, admin: Any, client_of: Any
) -> None:
    task.days = 2
    task.save()
    page = submit(new_draft(editor), editor)
    assert not rows("to-review", board[0])[0].late
    later = timezone.now() + timedelta(days=3)
    assert rows("to-review", board[0], later)[0].late
    assert [row.title for row in rows("overdue", admin, later)] == ["Small"]
    ReviewState.objects.update(due_at=timezone.now() - timedelta(hours=1))
    assert "Overdue reviews" in page_of(client_of(admin))
    assert "Overdue" in client_of(board[0]).get(reverse("review", args=[page.pk])).content.decode()


def test_a_translation_older_than_its_source_is_stale(home: Any, editor: Any, make: Any) -> None:
    script = make()
    texts = {"reached": {"label": "Personne jointe"}, "start": {"title": "Début"}}
    translate(page=script, language="fr", title="Petit", texts=texts, by=editor)
    before = {row.facts for row in rows("stale", editor)}
    body = [section("Start", ask("yes_no", "reached", "Is somebody there", required=True))]
    change_page(page=script, by=editor, body=body)
    after = {row.facts for row in rows("stale", editor)}
    assert after != before
    assert any(facts[0] == "FR" and facts[1].startswith("1 stale") for facts in after)


def test_what_goes_live_at_a_date_is_there(home: Any, editor: Any, make: Any) -> None:
    page = write(make(), "Reached", editor).get_latest_revision_as_object()
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision(user=editor)
    fresh(page).get_latest_revision().publish(user=editor)
    assert [row.title for row in rows("to-come", editor)] == ["Small"]


def test_empty_panels_say_what_to_do(
    home: Any, editor: Any, reviewer: Any, client_of: Any
) -> None:
    told = page_of(client_of(editor))
    assert "You have no open draft." in told
    assert "Waiting for your review" not in told
    assert "Nothing waits for your review." in page_of(client_of(reviewer))


def test_whoever_has_something_binds_a_panel(
    home: Any, editor: Any, client_of: Any, monkeypatch: Any
) -> None:
    from content import home as registry

    monkeypatch.setattr(registry, "_panels", {})
    bind(Panel("failing", "Failing tests", lambda user, now: [Row("Case 1", "/x/", ("broken",))]))
    told = page_of(client_of(editor))
    assert "Failing tests" in told
    assert "Case 1" in told


def test_the_live_versions_are_there(home: Any, editor: Any, make: Any) -> None:
    make()
    assert [row.facts[0] for row in rows("apps", editor)] == ["version 1"]


def test_tests_that_fail_are_told(home: Any, editor: Any, make: Any) -> None:
    from content.test_panels import failing
    from content.testing import actions
    from content.testing.following import names_of
    from content.testing.running import drafted
    from content.testing.written import Written

    script = make()
    for name, ready in (("Right", ["done"]), ("Wrong", ["nobody"])):
        written = Written(
            today="2026-03-16",
            language="en",
            names=names_of(drafted(script)),
            expected={"ready": ready},
            commands=[{"command": "answer", "place": "reached", "value": True}],
            name=name,
        )
        actions.keep(page=script, written=written, by=editor)
    assert [row.facts for row in failing(editor, timezone.now())] == [("1 test fails",)]
