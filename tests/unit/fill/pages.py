"""Reading a page as a person without JavaScript does: the forms it has and what stands in them."""

from html.parser import HTMLParser
from typing import Any


class Forms(HTMLParser):
    """All forms of a page by id or action: `{"action", "fields": {name: [values]}, "hidden": bool}`."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[dict[str, Any]] = []
        self.inside: dict[str, Any] | None = None
        self.template = 0
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "template":
            self.template += 1
        if self.template:
            return
        if tag == "form":
            self.inside = {
                "id": told.get("id"),
                "action": told.get("action"),
                "hidden": "hidden" in told,
                "fields": {},
            }
            self.forms.append(self.inside)
        elif self.inside is not None and tag == "input":
            self._field(told)

    def _field(self, told: dict[str, str | None]) -> None:
        if told.get("type") in {"radio", "checkbox"} and "checked" not in told:
            return
        if told.get("name"):
            self.inside["fields"].setdefault(told["name"], []).append(told.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "template":
            self.template -= 1
        elif tag == "form":
            self.inside = None


def shown_form(html: str) -> dict[str, Any]:
    """The form of the section that is shown."""
    return next(
        form
        for form in Forms(html).forms
        if (form["id"] or "").startswith("s:") and not form["hidden"]
    )


def send(client: Any, html: str, go: str = "next", **typed: Any) -> Any:
    """Types into the shown section and presses a button; what comes back after the redirect."""
    form = shown_form(html)
    fields = {
        **form["fields"],
        **{f"a:{place}": value for place, value in typed.items()},
        "go": go,
    }
    return client.post(form["action"], fields, follow=True)
