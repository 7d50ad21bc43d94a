"""A test of a script: a run that was kept, with what it should lead to. Written by `content.testing.actions` alone."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class ScriptTest(models.Model):
    """It belongs to a page family. `commands` and `expected` name blocks as they were called when it was written; `names` has the
    id of each, by which a renamed block is found again."""

    translation_key = models.UUIDField(db_index=True, editable=False)
    name = models.CharField(_("name"), max_length=200)
    today = models.CharField(_("as if today were"), max_length=10)
    language = models.CharField(_("language"), max_length=40)
    commands = models.JSONField(_("commands"), default=list)
    expected = models.JSONField(_("what is expected"), default=dict)
    names = models.JSONField(_("ids of blocks"), default=dict)
    changed_at = models.DateTimeField(_("changed at"))
    history = HistoricalRecords()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("test of a script")
        verbose_name_plural = _("tests of scripts")
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
