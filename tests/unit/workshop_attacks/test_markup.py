"""A label with scripts, shown on every screen of the workshop: it is read, and never run."""

import json
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from builder.compile import with_ids
from builder.models import App
from content.actions import translate
from tests.bodies import ask, line, outcome, section, when
from tests.unit.attacks.payloads import PAYLOADS, what_runs

pytestmark = pytest.mark.django_db
SOME = [one for one in PAYLOADS[::5] if "<" in one]
FIRST, SECOND, THIRD = SOME[0], SOME[7], SOME[21]


def body(turn: int) -> list[dict[str, Any]]:
    """Each payload as title, label, hint, choice, message and line; `turn` begins with another one."""
    texts = SOME[turn:] + SOME[:turn]
    choices = [{"name": f"c{n}", "label": text} for n, text in enumerate(texts[:12])]
    never = {"test": {"formula": "yes = no"}, "message": texts[3]}
    items = [
        ask("choose_several", "signs", texts[0], hint=texts[1], choices=choices, constraints=[never]),
        ask("integer", "age", texts[2], relevance=when(("signs", "contains", "c1"))),
        *(ask("text", f"q{n}", text, hint=text) for n, text in enumerate(texts)),
        *(line(text) for text in texts[:9]),
    ]  # fmt: skip
    again = section(texts[5], ask("text", "inner", texts[6]), name="again",
                    repeat={"on": True, "minimum": 0, "maximum": 3, "entry_label": texts[7]})  # fmt: skip
    return [section(texts[4], *items, name="first"), again]


def ends(turn: int) -> list[dict[str, Any]]:
    return [
        outcome("done", label=SOME[turn], complete=True),
        outcome("late", label=SOME[turn + 1]),
    ]


def clean(answer: Any) -> str:
    assert answer.status_code == 200, answer.wsgi_request.path
    told = (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()
    assert what_runs(told) == []
    assert [one for one in SOME if one in told] == []
    return told


@pytest.fixture
def hostile(make: Any, editor: Any, reviewer: Any, agent: Any) -> Any:
    """A published script, its changed draft under review, with a test, a proposal, a translation and shared things."""
    from content.lists.actions import make_list
    from content.models import ScriptTest, SharedSection
    from content.proposals.actions import propose
    from tests.unit.reviews.drafting import fresh, submit

    editor.first_name, editor.last_name = FIRST[:140], SECOND[:140]
    editor.save()
    page = make(body(0), ends(0), title=THIRD, note=FIRST)
    texts = {"first": {"title": SECOND}, "age": {"label": FIRST}}
    translate(page=page, language="fr", title=SECOND, texts=texts, by=editor)
    draft = fresh(page).get_latest_revision_as_object()
    streams = with_ids(body(3), ends(3), "small")
    draft.body, draft.outcomes, draft.title = json.dumps(streams[0]), json.dumps(streams[1]), FIRST
    draft.save_revision(user=editor)
    page, names = fresh(page), {"signs": "x", "age": "y"}
    ScriptTest.objects.create(
        translation_key=page.translation_key, name=FIRST[:100], today="2026-03-01", language="en",
        commands=[{"command": "answer", "place": "q1", "value": SECOND}], names=names,
        expected={"values": {"q1": THIRD, "gone": FIRST}, "path": [SECOND]},
        changed_at=timezone.now(),
    )  # fmt: skip
    app = App.objects.get(code="small")
    propose(app=app, block="", place=FIRST[:100], change=SECOND, why=THIRD, by=agent)
    make_list(title=FIRST[:200], code="towns", by=editor,
              choices=[{"name": "a", "label": {"en": SECOND, "fr": THIRD}}])  # fmt: skip
    SharedSection.objects.create(title=FIRST[:200], code="own", locale=draft.locale)
    return submit(page, editor)


def test_the_reader_sees_them_where_nothing_is_escaped() -> None:
    assert len(SOME) > 30
    assert len([one for one in SOME if what_runs(f"<p title=x>{one}</p>")]) > len(SOME) * 0.8


def test_no_screen_of_a_page_runs_them(
    hostile: Any, reviewer: Any, admin: Any, client_of: Any
) -> None:
    names = (
        "check",
        "flow",
        "compare-draft",
        "translations",
        "release",
        "review",
        "emergency",
        "script-tests",
    )
    addresses = [reverse(name, args=[hostile.pk]) for name in names]
    addresses += [f"{reverse(name, args=[hostile.pk])}?{query}" for name, query in (
        ("script-tests", "suggest=1"), ("compare-draft", "as=words"))]  # fmt: skip
    addresses += [reverse(f"wagtailadmin_pages:{name}", args=[hostile.pk]) for name in (
        "edit", "history", "workflow_history", "view_draft")]  # fmt: skip
    addresses.append(reverse("restore-version", args=["small", 1]))
    told = [clean(client_of(reviewer).get(address)) for address in addresses]
    assert all("attack" in one for one in told)


def test_no_screen_beside_the_pages_runs_them(hostile: Any, admin: Any, client_of: Any) -> None:
    from content.models import ChoiceList, Proposal, ScriptTest, SharedSection

    client, test = client_of(admin), ScriptTest.objects.get()
    shared, one = ChoiceList.objects.get(), SharedSection.objects.get()
    addresses = [
        reverse("script-test", args=[hostile.pk, test.pk]),
        reverse("script-test-delete", args=[hostile.pk, test.pk]),
        reverse("shared-list-used", args=[shared.pk]),
        reverse("shared-list-load", args=[shared.pk]),
        reverse("shared-section-used", args=[one.pk]),
        "/admin/snippets/content/choicelist/",
        f"/admin/snippets/content/choicelist/edit/{shared.pk}/",
        f"/admin/snippets/content/sharedsection/edit/{one.pk}/",
        "/admin/reports/workflow/", "/admin/reports/site-history/", "/admin/starts/",
        reverse("wagtailadmin_explore", args=[hostile.get_parent().pk]),
        "/proposals/", reverse("proposal", args=[Proposal.objects.get().pk]), "/propose/?app=small",
        "/apps/", reverse("versions", args=["small"]), reverse("version", args=["small", 1]),
        reverse("dictionary", args=["small", 1]), "/admin/",
    ]  # fmt: skip
    for address in addresses:
        clean(client.get(address))


def test_what_the_editor_asks_for_is_no_page(hostile: Any, editor: Any, client_of: Any) -> None:
    client = client_of(editor)
    for address in (
        reverse("check-ways", args=[hostile.pk]), reverse("check-status", args=[hostile.pk]),
        "/admin/shared-lists.json", "/admin/shared-lists/towns/0/", "/admin/shared-sections.json",
        "/admin/shared-sections/own/0/?prefix=<script>&in=<b>", f"/admin/tests/{hostile.pk}/file/",
    ):  # fmt: skip
        answer = client.get(address)
        assert answer.headers["Content-Type"] == "application/json", address
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
