"""Outcomes and their effects. What an effect points at is upstairs: its code is stored, and checked at publishing."""

from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from builder.blocks.fields import CodeBlock, ConditionBlock, LineBlock, NameBlock, ReferenceBlock
from builder.blocks.lazy import LazyStructBlock
from builder.definition import DISPOSITIONS

Codes = list[tuple[str, str]]


def documents() -> Codes:
    apps_of_kind = (
        apps.get_model("builder", "App").objects.filter(kind="document").order_by("title")
    )
    return list(apps_of_kind.values_list("code", "title"))


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


def campaigns() -> Codes:
    return list(
        apps.get_model("queues", "Campaign").objects.order_by("title").values_list("code", "title")
    )


def skills() -> Codes:
    return list(
        apps.get_model("queues", "Skill").objects.order_by("title").values_list("code", "title")
    )


class IssueDocumentBlock(blocks.StructBlock):
    document = CodeBlock(choices=documents, label=_("Document"))
    valid_from = ReferenceBlock(
        label=_("Valid from"), help_text=_("A question or calculation that is a date.")
    )
    valid_until = ReferenceBlock(
        label=_("Valid until"), help_text=_("A question or calculation that is a date.")
    )

    class Meta:
        icon = "doc-full"
        label = _("Issue a document")


class SpawnItemsBlock(blocks.StructBlock):
    campaign = CodeBlock(choices=campaigns, label=_("Campaign"))
    repeat = ReferenceBlock(
        label=_("For each entry of"), help_text=_("A repeat whose entries are persons.")
    )

    class Meta:
        icon = "group"
        label = _("Add work for each entry")


class GrantSkillBlock(blocks.StructBlock):
    skill = CodeBlock(choices=skills, label=_("Skill"))
    days = blocks.IntegerBlock(label=_("Valid for days"), min_value=1, max_value=3660, default=365)

    class Meta:
        icon = "success"
        label = _("Grant a skill")


class EffectsBlock(blocks.StreamBlock):
    """What an outcome causes, once."""

    issue_document = IssueDocumentBlock()
    spawn_items = SpawnItemsBlock()
    grant_skill = GrantSkillBlock()


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
