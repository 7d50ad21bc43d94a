"""A window: one opening of the editor page, and what it last held. Written by `content.authors.actions` alone."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models


class Window(models.Model):
    """`revision` and `seen_at` are the draft that it knows (Wagtail's autosave writes a revision over in place, so its time counts
    too); `held` is what the window shows where that is not the draft itself: it was joined with what others wrote."""

    token = models.CharField(max_length=40, unique=True)
    page = models.ForeignKey("wagtailcore.Page", on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    revision = models.ForeignKey(
        "wagtailcore.Revision", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    seen_at = models.DateTimeField(null=True)
    wrote = models.BooleanField(default=False)
    held = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    opened_at = models.DateTimeField(db_index=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.token
