"""Effects: each kind's block follows from what the kind says of itself. Codes are picked from what is there, and checked at publishing.

Migrations see an empty stream, so that a new kind needs none.
"""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from builder.blocks.fields import (
    CodeBlock,
    ConditionBlock,
    ParagraphBlock,
    PlainCharBlock,
    ReferenceBlock,
)
from builder.definition import EFFECT_KINDS, FACTS
from builder.definition.effects import Argument, EffectKind

Codes = list[tuple[str, str]]


def documents() -> Codes:
    apps_of_kind = (
        apps.get_model("builder", "App").objects.filter(kind="document").order_by("title")
    )
    return list(apps_of_kind.values_list("code", "title"))


def campaigns() -> Codes:
    return list(
        apps.get_model("queues", "Campaign").objects.order_by("title").values_list("code", "title")
    )


def skills() -> Codes:
    return list(
        apps.get_model("queues", "Skill").objects.order_by("title").values_list("code", "title")
    )


def channels() -> Codes:
    rows = apps.get_model("effects", "Channel").objects.filter(open=True).order_by("title")
    return list(rows.values_list("code", "title"))


def feeds() -> Codes:
    rows = apps.get_model("exports", "Feed").objects.filter(open=True).order_by("title")
    return list(rows.values_list("code", "title"))


# What codes are picked from, by what they are the code of.
CODES: dict[str, Callable[[], Codes]] = {
    "document": documents,
    "campaign": campaigns,
    "skill": skills,
    "channel": channels,
    "feed": feeds,
}


def facts() -> Codes:
    return [(fact, fact) for fact in FACTS]


def _code(argument: Argument, name: str) -> blocks.Block:
    return CodeBlock(choices=CODES[argument.of or name], **_told(argument))


def _picked(argument: Argument, _name: str) -> blocks.Block:
    return ReferenceBlock(**_told(argument))


def _number(argument: Argument, _name: str) -> blocks.Block:
    return blocks.IntegerBlock(
        min_value=argument.least,
        max_value=argument.most,
        default=argument.default,
        **_told(argument),
    )


def _fact(argument: Argument, _name: str) -> blocks.Block:
    return CodeBlock(choices=facts, **_told(argument))


def _written(argument: Argument, _name: str) -> blocks.Block:
    return PlainCharBlock(required=not argument.optional, max_length=63, **_told(argument))


def _told(argument: Argument) -> dict[str, Any]:
    return {
        "label": _(argument.label),
        **({"help_text": _(argument.help)} if argument.help else {}),
    }


# By the kind of an argument.
FIELDS: dict[str, Callable[[Argument, str], blocks.Block]] = {
    "code": _code,
    "date": _picked,
    "answer": _picked,
    "repeat": _picked,
    "number": _number,
    "fact": _fact,
    "name": _written,
}


class EffectBlock(blocks.StructBlock):
    """One effect: what it is given, what it says, and when it happens at all."""

    def __init__(self, kind: EffectKind, **kwargs: Any) -> None:
        fields = [
            (name, FIELDS[argument.kind](argument, name))
            for name, argument in kind.arguments.items()
        ]
        if kind.text:
            text = ParagraphBlock(
                label=_(kind.text), help_text=_(kind.text_help), max_length=2000, rows=4
            )
            fields.append(("text", text))
        fields.append(("relevance", ConditionBlock(label=_("Only when"))))
        super().__init__(fields, **{"label": _(kind.label), "icon": kind.icon, **kwargs})


class EffectsBlock(blocks.StreamBlock):
    """What an outcome causes, once."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__([(kind.name, EffectBlock(kind)) for kind in EFFECT_KINDS], **kwargs)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return "wagtail.blocks.StreamBlock", [[]], {"required": False}

    def deconstruct_with_lookup(self, lookup: Any) -> tuple[str, list[Any], dict[str, Any]]:
        return self.deconstruct()
