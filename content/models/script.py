"""A script: what an agent says and asks in a conversation."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField

from builder.blocks import BodyBlock, OutcomesBlock
from content.models.base import AppPage


class ScriptPage(AppPage):
    kind = "script"
    parent_page_types: ClassVar[list[str]] = ["content.HomePage", "content.FolderPage"]
    body = StreamField(BodyBlock("script"), blank=True)
    outcomes = StreamField(OutcomesBlock("script"), blank=True)

    class Meta:
        verbose_name = _("script")
        verbose_name_plural = _("scripts")


ScriptPage.edit_handler = ScriptPage.edit_handler_of_kind()
