"""What is shared by scripts is published in editions: numbered, never changed."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _


class Edition(models.Model):
    """What something shared was when it was published once."""

    number = models.PositiveIntegerField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        abstract = True


class Shared:
    """What scripts share: publishing it makes its next edition. Its model has `_revisions`, and knows its `newest` edition."""

    _revisions: Any
    newest: Callable[[], Edition | None]

    @property
    def revisions(self) -> Any:
        return self._revisions

    def publish(self, revision: Any, user: Any = None, **options: Any) -> Any:
        """As Wagtail's; what listens (the next edition) is part of it."""
        with transaction.atomic():
            return super().publish(revision, user=user, **options)  # type: ignore[misc]

    def edition_number(self) -> int | str:
        """The number of the newest edition; for the listing."""
        edition = self.newest()
        return edition.number if edition else "–"

    edition_number.short_description = _("Edition")  # type: ignore[attr-defined]
