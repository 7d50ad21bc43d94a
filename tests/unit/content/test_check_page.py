"""The check of a draft: everything wrong with it, where it is, what to do, and how it comes about."""

import json
import re
from typing import Any

from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from builder.checks import kept
from builder.compile import with_ids
from builder.models import Proof
from content.actions import change_page, make_page, translate
from tests.bodies import ask, line, outcome, section, when

YES_AND_NO = when(("well", "eq", True), ("well", "eq", False))


def written(page: Any, *sections: Any, outcomes: Any = None) -> Any:
    """A draft with these sections alone, saved and not published."""
    draft = page.get_latest_revision_as_object()
    ends = draft.outcomes.get_prep_value() if outcomes is None else outcomes
    body, ends = with_ids(list(sections), list(ends), page.code)
    draft.body, draft.outcomes = json.dumps(body), json.dumps(ends)
    draft.save_revision()
    return page


def faulty(page: Any) -> Any:
    return written(
        page,
        section(
            "Start",
            ask("yes_no", "well", "Are you well"),
            ask("text", "never", "Never asked", relevance=YES_AND_NO),
            line("Hello {nobody}"),
        ),
    )


def check(client: Any, page: Any) -> str:
    return str(client.get(reverse("check", args=[page.pk])).content.decode())


def ways(client: Any, page: Any) -> Any:
    return client.get(reverse("check-ways", args=[page.pk])).json()


def test_each_line_says_what_where_and_what_to_do(make: Any, client_of: Any, editor: Any) -> None:
    script, client = faulty(make()), client_of(editor)
    shown = check(client, script)
    edit = reverse("wagtailadmin_pages:edit", args=[script.pk])
    assert re.search(r"Error \([2-9]\)", shown)
    assert "Start › Never asked" in shown
    assert f"{edit}#block-" in shown
    codes = {line["code"] for line in ways(client, script)["lines"]}
    assert {"contradiction", "unknown_reference"} <= codes


def test_every_block_is_told_with_its_way(make: Any, client_of: Any, editor: Any) -> None:
    script, client = faulty(make()), client_of(editor)
    shown = check(client, script)
    assert "Cannot be reached (1)" in shown
    assert "Reached (" in shown


def test_a_witness_says_its_answers_and_gives_its_commands(
    make: Any, client_of: Any, editor: Any
) -> None:
    script, client = make(), client_of(editor)
    ends = [outcome("good", relevance=when(("well", "eq", True)))]
    asked = ask("yes_no", "well", "Are you well", required=True)
    written(script, section("Start", asked), outcomes=ends)
    shown = check(client, script)
    assert "Are you well = No" in shown
    assert "“Good” does not fit" in shown
    dead = next(line for line in ways(client, script)["lines"] if line["code"] == "dead_end")
    assert {"command": "answer", "place": "well", "value": False} in dead["shown"]["commands"]
    assert f"{reverse('wagtailadmin_pages:edit', args=[script.pk])}?play=" in shown


def test_a_contradiction_is_told_once(make: Any, client_of: Any, editor: Any) -> None:
    script, client = faulty(make()), client_of(editor)
    check(client, script)
    lines = ways(client, script)["lines"]
    never = next(line["place"] for line in lines if line["code"] == "contradiction")
    assert [line["code"] for line in lines if line["place"] == never] == ["contradiction"]


def plays(client: Any, page: Any) -> list[Any]:
    """What the links of the check give to the preview."""
    keys = dict.fromkeys(re.findall(r"\?play=([0-9a-f]+)", check(client, page)))
    return [client.get(reverse("check-play", args=[page.pk, key])).json() for key in keys]


def test_a_witness_is_played_in_the_preview(make: Any, client_of: Any, editor: Any) -> None:
    script, client = make(), client_of(editor)
    ends = [outcome("good", relevance=when(("well", "eq", True)))]
    asked = ask("yes_no", "well", "Are you well", required=True)
    written(script, section("Start", asked), outcomes=ends)
    found = plays(client, script)
    dead = next(line for line in ways(client, script)["lines"] if line["code"] == "dead_end")
    run = next(run for run in found if dead["words"] in run["shows"]["words"])
    assert run["commands"] == dead["shown"]["commands"]
    assert run["shows"]["ids"] == [dead["place"]]
    assert run["today"] == ways(client, script)["today"]
    assert {"well", "good"} <= set(run["names"])
    ways_there = [run for run in found if "one way to get here" in run["shows"]["words"]]
    assert len(ways_there) == 3  # the section, the question, the outcome


def test_what_the_check_does_not_say_any_more_is_not_played(
    make: Any, client_of: Any, editor: Any, agent: Any
) -> None:
    script, client = make(), client_of(editor)
    key = re.findall(r"\?play=([0-9a-f]+)", check(client, script))[0]
    address = reverse("check-play", args=[script.pk, key])
    assert client.get(address).status_code == 200
    assert client_of(agent).get(address).status_code in (302, 403)
    written(script, section("Start", ask("text", "other")))
    assert client.get(address).status_code == 404


def test_the_same_draft_is_proved_once(make: Any, client_of: Any, editor: Any) -> None:
    script, client = faulty(make()), client_of(editor)
    check(client, script)
    check(client, script)
    assert Proof.objects.filter(state="done").count() == 1


def test_what_takes_longer_goes_to_the_worker_and_may_be_stopped(
    make: Any,
    client_of: Any,
    editor: Any,
    monkeypatch: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    monkeypatch.setattr(kept, "SMALL", 0)
    script, client = faulty(make()), client_of(editor)
    with django_capture_on_commit_callbacks(execute=True):
        shown = check(client, script)
    assert "data-check-progress" in shown
    assert DBTaskResult.objects.ready().filter(task_path__endswith="prove_draft").count() == 1
    address = reverse("check-progress", args=[script.pk])
    assert client.get(address).json()["ended"] is False
    client.post(reverse("check-stop", args=[script.pk]))
    assert client.get(address).json()["ended"] is True
    kept.carry_out(Proof.objects.get().pk)
    assert Proof.objects.get().told == {}
    assert "You stopped the check" in check(client, script)
    client.post(reverse("check", args=[script.pk]))
    kept.carry_out(Proof.objects.get().pk)
    assert "Cannot be reached (1)" in check(client, script)


def test_a_stale_translation_is_told_in_the_draft(make: Any, client_of: Any, editor: Any) -> None:
    script = make([section("Start", ask("text", "one", "One"), name="start")])
    texts = {"start": {"title": "Début"}, "one": {"label": "Une"}, "done": {"label": "Fini"}}
    translate(page=script, language="fr", title="Petit", texts=texts, by=editor)
    reworded = [section("Start", ask("text", "one", "The first"), name="start")]
    change_page(page=script, by=editor, body=reworded)
    shown = check(client_of(editor), script)
    assert "“The first” has a translation of an earlier text (fr)." in shown
    assert "Start › The first" in shown


def test_who_may_not_edit_a_page_does_not_see_its_check(
    make: Any, client_of: Any, trainer: Any, agent: Any
) -> None:
    script = make()
    for name in ("check", "check-progress", "check-ways"):
        for person in (trainer, agent):
            answer = client_of(person).get(reverse(name, args=[script.pk]))
            assert answer.status_code in (302, 403)


def test_a_page_without_sections_says_so(home: Any, client_of: Any, editor: Any) -> None:
    empty = make_page(
        kind="script", title="Empty", code="empty", body=[], outcomes=[], publish=False
    )
    shown = check(client_of(editor), empty)
    assert "The page has no questions or texts yet." in shown
    assert "Add a section with a question." in shown


def test_a_version_keeps_how_many_findings_there_were(
    make: Any, client_of: Any, editor: Any
) -> None:
    from builder.models import Version

    script, client = make(), client_of(editor)
    written(script, section("Start", ask("yes_no", "well", "Are you well")))
    check(client, script)
    script.get_latest_revision().publish(user=editor)
    kept_with_it = Version.objects.order_by("-number")[0].evidence["check"]
    assert (kept_with_it["error"], kept_with_it["warning"], kept_with_it["whole"]) == (0, 0, True)
