"""A question as one writes it in Wagtail without further thought: plain StructBlocks in a StreamField."""

from typing import ClassVar

from wagtail import blocks
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

TYPES = [("text", "Text"), ("choose_one", "Choose one"), ("date", "Date"), ("yes_no", "Yes or no")]
OPERATORS = [("eq", "is"), ("ne", "is not"), ("answered", "is answered")]


class ChoiceBlock(blocks.StructBlock):
    name = blocks.CharBlock()
    label = blocks.CharBlock()


class ConditionBlock(blocks.StructBlock):
    question = blocks.CharBlock()
    operator = blocks.ChoiceBlock(choices=OPERATORS)
    value = blocks.CharBlock(required=False)


class QuestionBlock(blocks.StructBlock):
    label = blocks.CharBlock()
    hint = blocks.CharBlock(required=False)
    name = blocks.CharBlock()
    type = blocks.ChoiceBlock(choices=TYPES)
    required = blocks.BooleanBlock(required=False)
    message = blocks.CharBlock(required=False)
    choices = blocks.ListBlock(ChoiceBlock())
    conditions = blocks.ListBlock(ConditionBlock())


class SectionBlock(blocks.StructBlock):
    title = blocks.CharBlock()
    items = blocks.StreamBlock([("question", QuestionBlock())])


class PlainPage(Page):
    body = StreamField(blocks.StreamBlock([("section", SectionBlock())]), blank=True)
    content_panels: ClassVar[list[object]] = [*Page.content_panels, FieldPanel("body")]
