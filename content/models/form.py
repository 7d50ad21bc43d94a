"""A form: questions without a conversation."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from builder.blocks import BodyBlock, OutcomesBlock
from builder.blocks.packing import PackedStreamField
from content.models.base import AppPage
from content.models.public import OpenToPublic


class FormPage(OpenToPublic, AppPage):
    kind = "form"
    settings_panels_of_kind: ClassVar[list[Any]] = OpenToPublic.public_panels
    parent_page_types: ClassVar[list[str]] = ["content.HomePage", "content.FolderPage"]
    body = PackedStreamField(BodyBlock("form"), blank=True)
    outcomes = PackedStreamField(OutcomesBlock("form"), blank=True)

    class Meta:
        verbose_name = _("form")
        verbose_name_plural = _("forms")


FormPage.edit_handler = FormPage.edit_handler_of_kind()
