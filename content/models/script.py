"""A script: what an agent says and asks in a conversation."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from builder.blocks import BodyBlock, OutcomesBlock
from builder.blocks.packing import PackedStreamField
from content.models.base import AppPage
from content.models.public import OpenToPublic


class ScriptPage(OpenToPublic, AppPage):
    kind = "script"
    settings_panels_of_kind: ClassVar[list[Any]] = OpenToPublic.public_panels
    parent_page_types: ClassVar[list[str]] = ["content.HomePage", "content.FolderPage"]
    body = PackedStreamField(BodyBlock("script"), blank=True)
    outcomes = PackedStreamField(OutcomesBlock("script"), blank=True)

    class Meta:
        verbose_name = _("script")
        verbose_name_plural = _("scripts")


ScriptPage.edit_handler = ScriptPage.edit_handler_of_kind()
