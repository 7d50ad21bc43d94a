"""Shared lists of choices: written once, taken by the questions of many scripts.

A list has all its languages in one place. Publishing it with other choices than before makes its next edition, which is
never changed: a question follows the list, or keeps to one edition.
"""

from typing import Any, ClassVar

from django.contrib.contenttypes.fields import GenericRelation
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    HelpPanel,
    ObjectList,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.models import DraftStateMixin, LockableMixin, RevisionMixin

from content.codes import CODE
from content.list_forms import LANGUAGES, ChoiceListForm, field_of
from content.models.editions import Edition, Shared


class AroundPanel(HelpPanel):
    """The ways to where a list is used and to loading a table; nothing until the list was saved once."""

    class BoundPanel(HelpPanel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(self.instance.pk)


class ChoiceList(Shared, LockableMixin, DraftStateMixin, RevisionMixin, models.Model):
    """Choices under a code. `choices`: `[{"name", "label": {"en": ..}, "attributes"?}, ..]`."""

    base_form_class = ChoiceListForm

    title = models.CharField(_("title"), max_length=200)
    code = models.CharField(
        _("code"),
        max_length=63,
        unique=True,
        validators=[
            RegexValidator(CODE, _("Small letters, digits and _ only, beginning with a letter."))
        ],
        help_text=_("By this word questions know the list. Fixed once it is published."),
    )
    choices = models.JSONField(default=list, blank=True, editable=False)
    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="choice_list")

    class Meta:
        verbose_name = _("shared list")
        verbose_name_plural = _("shared lists")
        ordering: ClassVar[list[str]] = ["title", "pk"]

    def __str__(self) -> str:
        return self.title

    def count(self) -> int:
        """How many choices the draft has; for the listing."""
        return len(self.choices)

    count.short_description = _("Choices")  # type: ignore[attr-defined]

    def newest(self) -> "ListEdition | None":
        """Its newest edition, whether the list is published now or not."""
        return self.editions.order_by("-number").first()


class ListEdition(Edition):
    """A shared list as it was published once: numbered, never changed. Written by `content.lists.actions`."""

    list = models.ForeignKey(ChoiceList, on_delete=models.CASCADE, related_name="editions")
    choices = models.JSONField()

    class Meta:
        constraints: ClassVar[list[Any]] = [
            models.UniqueConstraint(fields=["list", "number"], name="list_edition_number")
        ]
        ordering: ClassVar[list[str]] = ["list", "-number"]

    def __str__(self) -> str:
        return f"{self.list.code}@{self.number}"


ChoiceList.edit_handler = TabbedInterface(
    [
        ObjectList(
            [
                FieldPanel("title"),
                FieldPanel("code"),
                AroundPanel(template="content/list_panel.html"),
                *(FieldPanel(field_of(code), heading=name) for code, name in LANGUAGES),
            ],
            heading=_("Choices"),
        ),
        ObjectList([PublishingPanel()], heading=_("Publishing")),
    ]
)
