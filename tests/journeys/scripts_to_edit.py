"""A script that exists already, for the journeys of its editor; and the way to it."""

import json
from typing import Any

from tests.journeys.workshop import sent

MAKE = """
import json, sys
from tests.journeys.scripts_to_edit import make
print(json.dumps(make()))
"""
READ = """
import json
from content.models import ScriptPage
page = ScriptPage.objects.get(pk=%d)
latest = page.get_latest_revision_as_object()
print(json.dumps({"body": latest.body.get_prep_value(), "outcomes": latest.outcomes.get_prep_value()}))
"""


def _question(name: str, kind: str, label: str, **value: Any) -> dict[str, Any]:
    return {"type": kind, "value": {"name": name, "label": label, **value}}


def _when(question: str, operator: str, value: Any = None) -> dict[str, Any]:
    row = {"question": question, "operator": operator, "value": value}
    return {"join": "all", "rows": [row]}


def body() -> list[dict[str, Any]]:
    """Two sections whose blocks speak of each other in every way."""
    symptoms = [("fever", "Fever"), ("cough", "Cough"), ("none", "None of these")]
    choices = [{"name": name, "label": label} for name, label in symptoms]
    opening = [
        _question("moment", "yes_no", "Is it a good moment?", required=True),
        _question(
            "symptoms",
            "choose_several",
            "Which symptoms?",
            choices=choices,
            relevance=_when("moment", "eq", True),
        ),
        _question(
            "days",
            "integer",
            "For how many days?",
            minimum="0",
            relevance=_when("symptoms", "contains", "cough"),
        ),
        {
            "type": "calculation",
            "value": {
                "name": "weeks",
                "label": "Weeks",
                "kind": "formula",
                "formula": "days / 7",
                "shown": True,
            },
        },
        {"type": "line", "value": {"text": "So it began {days} days ago."}},
    ]
    advice = [{"type": "line", "value": {"text": "Stay at home, please."}}]
    return [
        {"type": "section", "value": {"title": "Opening", "name": "opening", "items": opening}},
        {
            "type": "section",
            "value": {
                "title": "Advice",
                "name": "advice",
                "items": advice,
                "relevance": _when("symptoms", "contains", "fever"),
            },
        },
    ]


def make() -> dict[str, int]:
    """An editor, the script, and an empty one beside it: their pages."""
    from builder.compile import with_ids
    from content.models import HomePage, ScriptPage
    from tests.people import make_person

    make_person("editor", "editor")
    outcome = {
        "type": "outcome",
        "value": {"label": "Done", "name": "done", "relevance": _when("symptoms", "answered")},
    }
    sections, outcomes = with_ids(body(), [outcome], "journey")
    home = HomePage.objects.filter(locale__language_code="en").first()
    full = ScriptPage(
        title="Short call",
        slug="short-call",
        live=False,
        body=json.dumps(sections),
        outcomes=json.dumps(outcomes),
    )
    other = [{"type": "section", "id": "s-1", "value": {"title": "Elsewhere", "items": []}}]
    empty = ScriptPage(title="Other", slug="other", live=False, body=json.dumps(other))
    return {
        "script": home.add_child(instance=full).pk,
        "other": home.add_child(instance=empty).pk,
    }


def edit(page: Any, url: str, pk: int, anchor: str = "") -> None:
    """The editor page, once its blocks are there."""
    page.goto(f"{url}/admin/pages/{pk}/edit/{anchor}")
    page.wait_for_selector("#builder-find")


def save(page: Any) -> None:
    """A draft."""
    sent(page, page.locator("footer button", has_text="Save draft").first)
    page.wait_for_selector("#builder-find")


def saved(served: Any, pk: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        served.manage("shell", "-v0", "-c", READ % pk).splitlines()[-1]
    )
    return found
