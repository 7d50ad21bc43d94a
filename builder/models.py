"""Apps and their versions. The only writer is `builder.publish`."""
from django.conf import settings
from django.db import models


class App(models.Model):
    """A page family and its versions: what publishing a page gives the organisation."""

    code = models.CharField(max_length=63, unique=True)
    kind = models.CharField(max_length=16)
    title = models.CharField(max_length=255)
    translation_key = models.UUIDField(unique=True)
    open = models.BooleanField(default=True)  # closed to new records when its page is unpublished

    def __str__(self):
        return self.title


class Version(models.Model):
    """A published definition: numbered, immutable."""

    app = models.ForeignKey(App, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    definition = models.TextField()
    bodies = models.JSONField(default=dict)
    texts_only = models.BooleanField(default=False)
    note = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["app", "number"], name="version_number")]
        ordering = ["app", "-number"]

    def __str__(self):
        return f"{self.app.code} v{self.number}"
