"""Shared sections: written once, included by many scripts.

A section is written in one language and translated as pages are; its family (`translation_key`) is one section. Publishing
any of them with another text or structure makes the next edition, which holds all languages and is never changed.
"""

from typing import Any, ClassVar

from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, ObjectList, PublishingPanel, TabbedInterface
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from builder.blocks import OneSectionBlock
from builder.blocks.packing import PackedStreamField
from content.codes import CODE
from content.models.editions import Edition, Shared
from content.models.lists import AroundPanel
from content.section_forms import SharedSectionForm


class SharedSection(
    Shared, TranslatableMixin, LockableMixin, DraftStateMixin, RevisionMixin, models.Model
):
    """A section under a code, in one language."""

    base_form_class = SharedSectionForm
    override_translatable_fields: ClassVar[list[Any]] = [SynchronizedField("code")]

    title = models.CharField(_("title"), max_length=200)
    code = models.CharField(
        _("code"),
        max_length=63,
        validators=[
            RegexValidator(CODE, _("Small letters, digits and _ only, beginning with a letter."))
        ],
        help_text=_("By this word scripts know the section. Fixed once it is published."),
    )
    body = PackedStreamField(OneSectionBlock(), verbose_name=_("section"))
    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="shared_section")

    class Meta(TranslatableMixin.Meta):
        verbose_name = _("shared section")
        verbose_name_plural = _("shared sections")
        ordering: ClassVar[list[str]] = ["title", "pk"]
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(
                fields=["code", "locale"],
                name="shared_section_code",
                violation_error_message=_("Another shared section has this code."),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def family(self) -> "list[SharedSection]":
        """It and its translations, the one that was written first before the others."""
        found = SharedSection.objects.filter(translation_key=self.translation_key)
        return list(found.select_related("locale").order_by("pk"))

    def source(self) -> "SharedSection":
        """The one that was written first: its editions are those of the family."""
        return self.family()[0]

    def newest(self) -> "SectionEdition | None":
        """The newest edition, whether the section is published now or not."""
        return self.source().editions.order_by("-number").first()

    def edition_at(self, moment: Any) -> "SectionEdition | None":
        """The one that a script which follows the section took when it was published then."""
        editions = self.source().editions.filter(created_at__lte=moment)
        return editions.order_by("-number").first()


class SectionEdition(Edition):
    """A shared section as it was published once, in all its languages. Written by `content.sections.actions`."""

    section = models.ForeignKey(SharedSection, on_delete=models.CASCADE, related_name="editions")
    language = models.CharField(max_length=20)  # it was written in
    bodies = models.JSONField()  # the section's block by language

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["section", "number"], name="section_edition_number")
        ]
        ordering: ClassVar[list[str]] = ["section", "-number"]

    def __str__(self) -> str:
        return f"{self.section.code}@{self.number}"


SharedSection.edit_handler = TabbedInterface(
    [
        ObjectList(
            [
                FieldPanel("title"),
                FieldPanel("code"),
                AroundPanel(template="content/section_panel.html"),
                FieldPanel("body"),
            ],
            heading=_("Content"),
        ),
        ObjectList([PublishingPanel()], heading=_("Publishing")),
    ]
)
