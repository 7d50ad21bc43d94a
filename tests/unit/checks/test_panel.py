"""The check of a page: what is of the house's, what nobody uses, and what takes too long or cannot be read."""

import json
from typing import Any

import pytest
from django.utils import timezone

from builder.checks import kept, readers
from builder.checks.panel import Panel, panel
from builder.models import App, Proof
from content.actions import make_page
from tests.bodies import DONE, ask, outcome, section
from tests.unit.workshop import home, make

__all__ = ["home", "make"]  # fixtures


def draft(*sections: Any, outcomes: Any = DONE, **more: Any) -> Any:
    options = {"kind": "script", "title": "Draft", "code": "draft", "publish": False, **more}
    return make_page(body=list(sections), outcomes=outcomes, **options)


def codes(found: Panel) -> set[str]:
    return {line.code for line in found.lines}


def test_a_clean_page_has_nothing(home: Any) -> None:
    found = panel(draft(section("Start", ask("yes_no", "well"))))
    assert (found.lines, found.is_whole) == ((), True)
    assert found.counts == {"error": 0, "warning": 0, "hint": 0}


def test_a_page_of_which_nothing_is_left_is_told_and_never_fails(home: Any) -> None:
    page = draft(section("Start", ask("yes_no", "well")))
    for body in (
        [],
        [{"type": "nothing_we_know", "value": {}, "id": "x"}],
        [{"type": "section", "value": {}, "id": "y"}],
    ):
        page.body = json.dumps(body)
        assert "empty" in codes(panel(page))


def test_an_effect_that_names_what_is_not_there(home: Any) -> None:
    effect = {"type": "grant_skill", "value": {"skill": "no_such_skill", "days": 30}}
    page = draft(section("Start", ask("yes_no", "well")), outcomes=[outcome("done", effect)])
    assert "unknown_code" in codes(panel(page))


def test_what_no_feed_uses_is_told_where_there_is_a_feed(
    home: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = draft(section("Start", ask("text", "sent"), ask("text", "kept")))
    assert panel(page).lines == ()
    monkeypatch.setitem(readers._bound, "feeds", lambda _code: ["sent"])
    assert [(line.code, line.severity) for line in panel(page).lines] == [("unused", "hint")]
    assert "“Kept”" in panel(page).lines[0].words


def test_a_feed_and_a_document_say_what_they_read(make: Any) -> None:
    from exports.feeds.models import Feed, Institute

    make()
    app = App.objects.get(code="small")
    assert readers.read_of("small") is None
    institute = Institute.objects.create(code="health", title="Health")
    columns = [{"column": "A", "source": "address.town"}, {"column": "P", "source": "_person"}]
    Feed.objects.create(code="f", title="F", institute=institute, app=app, columns=columns)
    assert readers.read_of("small") == {"address"}


def with_choices(count: int) -> Any:
    choices = [{"name": f"c{number}", "label": f"Choice {number}"} for number in range(count)]
    return draft(section("Start", ask("choose_from_list", "place", choices=choices)))


def test_ten_thousand_choices_are_checked(home: Any) -> None:
    assert panel(with_choices(10_000)).lines == ()


def test_more_choices_than_a_list_may_have_are_refused_in_words(home: Any) -> None:
    (line,) = panel(with_choices(20_001)).lines
    assert (line.code, line.severity) == ("settings", "error")
    assert "list of choices" in line.words


def test_a_draft_whose_worker_was_lost_is_begun_anew(
    home: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "SMALL", 0)
    page = draft(section("Start", ask("yes_no", "well")))
    panel(page)
    Proof.objects.update(state="running", seen_at=timezone.now() - 2 * kept.LOST)
    assert panel(page).proof.state == "waiting"  # type: ignore[union-attr]


def test_what_fails_is_told_and_may_be_tried_again(
    home: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "SMALL", 0)
    page = draft(section("Start", ask("yes_no", "well")))
    Proof.objects.filter(pk=panel(page).proof.pk).update(definition="{")  # type: ignore[union-attr]
    kept.carry_out(Proof.objects.get().pk)
    assert panel(page).proof.state == "failed"  # type: ignore[union-attr]
    assert panel(page, again=True).proof.state == "waiting"  # type: ignore[union-attr]
    kept.carry_out(Proof.objects.get().pk)
    assert panel(page).is_whole


def test_no_more_are_kept_than_are_wanted(home: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_KEPT", 2)
    page = draft(section("Start", ask("yes_no", "well")))
    for title in ("One", "Two", "Three", "Four"):
        page.title = title
        panel(page)
    assert Proof.objects.count() == 2
