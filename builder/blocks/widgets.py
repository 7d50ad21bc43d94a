"""Widgets of the editor page; each is one hidden input with a small script of its own."""

from typing import Any

from django import forms
from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.staticfiles import versioned_static
from wagtail.admin.telepath import register
from wagtail.admin.telepath.widgets import WidgetAdapter

from builder.blocks.conditions import FORMULA_HELP, OPERATORS, kinds


class ConditionWidget(forms.HiddenInput):
    """Rows picked from the page's own earlier questions, and from `this` answer, the lesson's `score`, what a choice says of
    itself (`offered`), and `later` questions."""

    MORE = ("this", "score", "offered", "later")

    def __init__(self, **more: bool) -> None:
        self.more = {name: more.get(name, False) for name in self.MORE}
        super().__init__()


class ReferenceWidget(forms.TextInput):
    """A select of the page's own questions (or of its earlier `sections`), filled in the browser."""

    def __init__(self, *, sections: bool = False) -> None:
        self.sections = sections
        super().__init__()


class SharedWidget(forms.TextInput):
    """A select of the shared `lists` (or `sections`) and their editions, filled in the browser; what is gone stays visible in it."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        super().__init__()


def _media(*files: str) -> forms.Media:
    needed = ("adapter.js", "page.js", *files)
    return forms.Media(js=[versioned_static(f"builder/{name}") for name in needed])


class ConditionAdapter(WidgetAdapter):
    js_constructor = "builder.Condition"

    def js_args(self, widget: ConditionWidget) -> list[Any]:
        return [
            {
                **widget.more,
                "operators": [[name, str(wording)] for name, wording in OPERATORS],
                "kinds": kinds(),
                "strings": {
                    "add": _("Add a condition"),
                    "asFormula": _("Write a formula"),
                    "asRows": _("Pick conditions"),
                    "formula": _("Formula"),
                    "formulaHelp": str(FORMULA_HELP),
                    "remove": _("Remove this condition"),
                    "all": _("all of these hold"),
                    "any": _("any of these holds"),
                    "noneHold": _("none of these holds"),
                    "addGroup": _("Add a group"),
                    "removeGroup": _("Remove this group"),
                    "group": _("Group"),
                    "join": _("When"),
                    "question": _("Question"),
                    "operator": _("Comparison"),
                    "value": _("Value"),
                    "compare": _("Compare with"),
                    "fixed": _("a value"),
                    "today": _("today plus days"),
                    "answer": _("another answer"),
                    "thisAnswer": _("this answer"),
                    "score": _("score (percent)"),
                    "offered": _("the choice's “%(attribute)s”"),
                    "ownName": _("the choice itself"),
                    "entries": _("number of entries"),
                    "choose": _("choose ..."),
                    "gone": _("a question that is no longer before this one"),
                    "yes": _("yes"),
                    "no": _("no"),
                    "find": _("Find a choice"),
                    "more": _("%(n)s more: type a part of it"),
                },
            }
        ]

    @cached_property
    def media(self) -> forms.Media:
        return _media("group.js", "condition.js")


class ReferenceAdapter(WidgetAdapter):
    js_constructor = "builder.Reference"

    def js_args(self, widget: ReferenceWidget) -> list[Any]:
        return [
            {
                "sections": widget.sections,
                "strings": {
                    "none": _("none"),
                    "entries": _("number of entries"),
                    "gone": _("a question that is no longer there"),
                },
            }
        ]

    @cached_property
    def media(self) -> forms.Media:
        return _media("reference.js")


class SharedAdapter(WidgetAdapter):
    js_constructor = "builder.Shared"

    def js_args(self, widget: SharedWidget) -> list[Any]:
        lists = widget.kind == "lists"
        return [
            {
                "kind": widget.kind,
                "all": _address(f"shared-{widget.kind}"),
                "one": _address(
                    "shared-list-choices" if lists else "shared-section", "__code__", 0
                ),
                "strings": {
                    "none": _("none: written here") if lists else _("choose ..."),
                    "follows": _("%(list)s: followed"),
                    "pinned": _("%(list)s: edition %(number)s"),
                    "closed": _("not published"),
                    "gone": _("a list that is not there: %(list)s")
                    if lists
                    else _("a section that is not there: %(list)s"),
                },
            }
        ]

    @cached_property
    def media(self) -> forms.Media:
        return _media("shared.js")


def _address(name: str, *arguments: Any) -> str:
    """An address of the workshop; empty in a house without shared lists."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""


register(ConditionAdapter(), ConditionWidget)
register(ReferenceAdapter(), ReferenceWidget)
register(SharedAdapter(), SharedWidget)
