"""A document template: what is issued, with placeholders that the answers of an app fill."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, TitleFieldPanel

from builder.blocks import BodyBlock, OutcomesBlock
from builder.blocks.packing import PackedStreamField
from content.models.base import AppPage


class DocumentPage(AppPage):
    """Sections of texts. From when until when it is valid is said by the outcome that issues it."""

    kind = "document"
    parent_page_types: ClassVar[list[str]] = ["content.HomePage", "content.FolderPage"]
    body = PackedStreamField(BodyBlock("document"), blank=True)
    outcomes = PackedStreamField(OutcomesBlock("document"), blank=True)
    subject_app = models.CharField(
        _("app"),
        max_length=63,
        help_text=_("The code of the app whose questions the placeholders name."),
    )
    settings_panels_of_kind: ClassVar[list[Any]] = [FieldPanel("subject_app")]
    body_panels: ClassVar[list[Any]] = [
        TitleFieldPanel("title", help_text=_("What stands at its head.")),
        HelpPanel(
            _(
                "Placeholders: the name of a question in braces, such as {given_name}, and {document_number}, "
                "{issued_on}, {valid_from}, {valid_until}."
            )
        ),
        FieldPanel("body", heading=_("Body")),
    ]

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")

    def definition_settings(self) -> dict[str, Any]:
        return {"subject_app": self.subject_app}


DocumentPage.edit_handler = DocumentPage.edit_handler_of_kind()
