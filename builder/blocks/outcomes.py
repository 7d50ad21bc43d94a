"""Outcomes: the ends of a script, and what each of them causes."""

from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from builder.blocks.effects import Codes, EffectsBlock, skills
from builder.blocks.fields import ConditionBlock, LineBlock, NameBlock
from builder.blocks.lazy import LazyStructBlock
from builder.definition import DISPOSITIONS

__all__ = ["OutcomeBlock", "lessons", "published_apps", "skills"]


def lessons() -> Codes:
    return list(
        apps.get_model("builder", "App")
        .objects.filter(kind="lesson")
        .order_by("title")
        .values_list("code", "title")
    )


def published_apps() -> Codes:
    found = apps.get_model("builder", "App").objects.exclude(kind="document").order_by("title")
    return list(found.values_list("code", "title"))


class OutcomeBlock(LazyStructBlock):
    """An end of the conversation, the form or the lesson."""

    summary = ("label", "name")

    def __init__(self, *, lesson: bool = False, **kwargs: Any) -> None:
        fields: list[tuple[str, blocks.Block]] = [
            ("label", LineBlock(label=_("Label"), max_length=200)),
            ("relevance", ConditionBlock(label=_("Offered when"), score=lesson)),
            (
                "complete",
                blocks.BooleanBlock(
                    label=_("Complete"),
                    required=False,
                    help_text=_("Every required question must be answered first."),
                ),
            ),
            (
                "disposition",
                blocks.ChoiceBlock(
                    choices=[(name, _(label)) for name, label in DISPOSITIONS.items()],
                    label=_("Disposition of the work item"),
                    default="reached",
                ),
            ),
            ("effects", EffectsBlock(required=False, label=_("Effects"))),
            ("name", NameBlock()),
        ]
        super().__init__(fields, **{"label": _("Outcome"), "icon": "success", **kwargs})
