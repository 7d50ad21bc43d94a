"""What cannot be published is refused with the reason and the place, and leaves nothing behind."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import ModelLogEntry, PageLogEntry

from builder.models import App, Version
from builder.publish import PublishVetoed, bind_resolver, check
from content.actions import change_page, make_page
from content.models import ScriptPage
from tests.bodies import DONE, SMALL, ask, compute, display, effect, outcome, section, when

assert ModelLogEntry  # both kinds of log exist; pages use their own


def vetoed(make: Any, body: Any, outcomes: Any = DONE) -> list[tuple[str, str]]:
    """(code, name of the block) of each problem."""
    with pytest.raises(PublishVetoed) as veto:
        make(body, outcomes)
    assert not ScriptPage.objects.exists()
    assert not App.objects.exists()
    return [(problem.code, problem.place) for problem in veto.value.problems]


@pytest.mark.parametrize(
    ("items", "code"),
    [
        ([ask("text", "one", relevance=when(("gone", "eq", "x")))], "unknown_reference"),
        (
            [ask("text", "one", relevance=when(("two", "eq", "x"))), ask("text", "two")],
            "forward_reference",
        ),
        ([ask("text", "one"), ask("text", "one")], "duplicate_name"),
        ([ask("choose_one", "one", choices=[])], "no_choices"),
        (
            [ask("integer", "one"), ask("text", "two", relevance=when(("one", "gt", "many")))],
            "condition_value",
        ),
        (
            [ask("integer", "one"), ask("text", "two", relevance=when(("one", "gt", "")))],
            "condition_value",
        ),
        ([compute("date_plus_days", "until", question="", number="7")], "incomplete_calculation"),
        ([ask("integer", "one"), compute("sum", "all", question="one")], "not_repeated"),
    ],
)
def test_a_broken_body_is_vetoed(make: Any, items: Any, code: str) -> None:
    found = vetoed(make, [section("Start", *items)])
    assert code in [problem for problem, _place in found]


def test_the_problem_is_at_its_block(make: Any) -> None:
    second = {
        **ask("text", "two", relevance=when(("gone", "eq", "x"))),
        "id": "8f14e45f-ceea-467f-a8b5-3c1e0e2d7a11",
    }
    found = vetoed(make, [section("Start", ask("text", "one"), second)])
    assert found == [("unknown_reference", second["id"])]


def test_an_empty_page_is_vetoed(make: Any) -> None:
    assert "empty" in [code for code, _place in vetoed(make, [])]


def test_a_changed_page_that_is_vetoed_keeps_its_version_and_stays_live(
    make: Any, editor: Any
) -> None:
    page = make()
    with pytest.raises(PublishVetoed):
        change_page(
            page=page, by=editor, body=[section("Start", ask("choose_one", "one", choices=[]))]
        )
    page = ScriptPage.objects.get(pk=page.pk)
    assert page.live
    assert page.body[0].value["title"] == "Start"
    assert Version.objects.count() == 1


def test_two_pages_cannot_have_one_code(make: Any, home: Any, editor: Any) -> None:
    make()
    page = make_page(
        kind="form", title="Other", code="small_other", body=SMALL, by=editor, publish=False
    )
    page.code = "small"
    revision = page.save_revision()
    with pytest.raises(PublishVetoed) as veto:
        revision.publish(user=editor)
    assert [problem.code for problem in veto.value.problems] == ["code_taken"]


def test_an_effect_must_point_at_something(make: Any) -> None:
    bind_resolver("campaign", lambda code: code == "known")
    people = section(
        "People", ask("text", "who"), name="people", repeat={"on": True, "party": True}
    )
    spawn = effect("spawn_items", campaign="unknown", repeat="people")
    found = vetoed(make, [*SMALL, people], [outcome("done", spawn, complete=True)])
    assert [code for code, _place in found] == ["unknown_code"]
    make(
        [*SMALL, people],
        [outcome("done", effect("spawn_items", campaign="known", repeat="people"))],
    )


def test_a_document_may_only_speak_of_what_is_asked(make: Any, home: Any, editor: Any) -> None:
    make()
    body = [section("Text", display("{reached} on {issued_on}, {nobody_knows}"))]
    with pytest.raises(PublishVetoed) as veto:
        make_page(
            kind="document",
            title="Paper",
            code="paper",
            body=body,
            by=editor,
            settings={"subject_app": "small"},
        )
    assert [(problem.code, problem.params["name"]) for problem in veto.value.problems] == [
        ("unknown_placeholder", "nobody_knows")
    ]


def test_who_issues_a_document_must_ask_what_it_speaks_of(
    make: Any, home: Any, editor: Any
) -> None:
    body = [section("Text", display("{reached}, {mood}, {given_name}"))]
    make_page(
        kind="document",
        title="Paper",
        code="paper",
        body=body,
        by=editor,
        settings={"subject_app": "small"},
    )
    with pytest.raises(PublishVetoed) as veto:
        make(SMALL, [outcome("done", effect("issue_document", document="paper"))])
    assert [problem.params["name"] for problem in veto.value.problems] == ["mood"]


def test_a_schedule_is_checked_when_it_is_made(make: Any, editor: Any) -> None:
    page = make().get_latest_revision_as_object()
    page.body = []
    page.go_live_at = timezone.now() + timedelta(days=1)
    with pytest.raises(PublishVetoed):
        page.save_revision().publish(user=editor)


def test_one_vetoed_page_does_not_stop_the_other_schedules(make: Any, editor: Any) -> None:
    pages = [make(code="bad", title="Bad"), make(code="good", title="Good")]
    for page, title in zip(pages, ("", "Later"), strict=True):
        draft = page.get_latest_revision_as_object()
        draft.body = draft.body if title else []
        draft.title = title or draft.title
        draft.save_revision(user=editor)
        type(draft)._default_manager.filter(pk=draft.pk).update(has_unpublished_changes=True)
        revision = draft.latest_revision
        revision.approved_go_live_at = timezone.now() - timedelta(minutes=len(title) or 9)
        revision.save()
    call_command("publish_scheduled")
    assert ScriptPage.objects.get(code="good").title == "Later"
    assert ScriptPage.objects.get(code="bad").live
    assert PageLogEntry.objects.filter(action="content.veto", page=pages[0].pk).count() == 1
    assert not pages[0].revisions.filter(approved_go_live_at__isnull=False).exists()


def test_problems_speak_in_sentences(make: Any) -> None:
    page = make(publish=False)
    page.body = []
    assert "no questions" in str(PublishVetoed(check(page).vetoes))
