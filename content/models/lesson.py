"""A lesson: texts to read and questions with right answers; passing may grant a skill."""

from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from builder.blocks import BodyBlock, OutcomesBlock
from builder.blocks.packing import PackedStreamField
from content.forms import LessonPageForm
from content.models.base import AppPage


class LessonPage(AppPage):
    """Without outcomes of its own it ends as passed or failed, by the percent; see `builder.compile.outcomes`."""

    kind = "lesson"
    base_form_class = LessonPageForm
    parent_page_types: ClassVar[list[str]] = [
        "content.HomePage",
        "content.FolderPage",
        "content.LessonsPage",
    ]
    body = PackedStreamField(BodyBlock("lesson"), blank=True)
    outcomes = PackedStreamField(OutcomesBlock("lesson"), blank=True)
    pass_percent = models.PositiveSmallIntegerField(
        _("passed from (percent)"),
        default=80,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    skill = models.CharField(
        _("skill"),
        max_length=63,
        blank=True,
        help_text=_("What passing grants; a queue may require it."),
    )
    days = models.PositiveSmallIntegerField(
        _("valid for days"),
        default=365,
        validators=[MinValueValidator(1), MaxValueValidator(3660)],
    )
    settings_panels_of_kind: ClassVar[list[Any]] = [
        FieldPanel("pass_percent"),
        FieldPanel("skill"),
        FieldPanel("days"),
    ]

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    def definition_settings(self) -> dict[str, Any]:
        return {"pass_percent": self.pass_percent, "skill": self.skill, "days": self.days}


LessonPage.edit_handler = LessonPage.edit_handler_of_kind()
