"""The measured pages: scripts of so many questions, and the plain page; run on the served installation."""

import json
import uuid
from typing import Any

EACH = 17  # questions in a section, about
CHOICES = ("fever", "cough", "headache", "none")


def write(sizes: list[int], plain: int) -> None:
    """Make the editor and the pages, and print where each is edited, as JSON."""
    from content.models import HomePage, ScriptPage
    from tests.bench.plain.models import PlainPage
    from tests.people import make_person

    made = make_person("editor", "editor")
    made.is_superuser = True  # the plain page is nobody's work, so no role may edit it
    made.save()
    home = HomePage.objects.filter(locale__language_code="en").first()
    pages = {}
    for size in sizes:
        page = ScriptPage(title=f"Script of {size}", slug=f"script-{size}", body=script(size))
        pages[f"lazy {size}"] = home.add_child(instance=page).pk
    page = PlainPage(title="Plain", slug="plain", body=json.dumps(plainly(plain)))
    pages[f"plain {plain}"] = home.add_child(instance=page).pk
    print(json.dumps(pages))


def _block(kind: str, value: dict[str, Any]) -> dict[str, Any]:
    return {"type": kind, "id": str(uuid.uuid4()), "value": value}


def _sections(count: int, question: Any) -> list[dict[str, Any]]:
    parts = max(1, round(count / EACH))
    places = [range(count * part // parts, count * (part + 1) // parts) for part in range(parts)]
    return [
        _block(
            "section",
            {"title": f"Part {number}", "items": [question(place) for place in part]},
        )
        for number, part in enumerate(places)
    ]


def script(count: int) -> str:
    """A body of ours: each question hangs on the one before it."""
    made: list[str] = []

    def question(place: int) -> dict[str, Any]:
        rows = [{"question": made[-1], "operator": "eq", "value": "fever"}] if made else []
        value = {
            "label": f"What about number {place}?",
            "hint": "As it was then.",
            "name": f"q{place}",
            "required": True,
            "choices": [{"name": name, "label": name.title()} for name in CHOICES],
            "relevance": {"join": "all", "rows": rows} if rows else None,
        }
        block = _block("choose_one", value)
        made.append(block["id"])
        return block

    return json.dumps(_sections(count, question))


def plainly(count: int) -> list[dict[str, Any]]:
    """The same for the plain page."""

    def question(place: int) -> dict[str, Any]:
        return _block(
            "question",
            {
                "label": f"What about number {place}?",
                "hint": "As it was then.",
                "name": f"q{place}",
                "type": "choose_one",
                "required": True,
                "message": "Please answer.",
                "choices": [
                    {"type": "item", "value": {"name": name, "label": name.title()}}
                    for name in CHOICES
                ],
                "conditions": [
                    {
                        "type": "item",
                        "value": {"question": f"q{place - 1}", "operator": "eq", "value": "fever"},
                    }
                ],
            },
        )

    return _sections(count, question)
