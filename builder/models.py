"""Apps, their versions, and the long lists of these. The only writer of an app and a version is `builder.publish`."""

from functools import lru_cache

from django.conf import settings
from django.db import models

from builder import definition as definitions


class App(models.Model):
    """A page family and its versions: what publishing a page gives the organisation."""

    code = models.CharField(max_length=63, unique=True)
    kind = models.CharField(max_length=16)
    title = models.CharField(max_length=255)
    translation_key = models.UUIDField(unique=True)
    open = models.BooleanField(default=True)  # closed to new records when its page is unpublished

    def __str__(self) -> str:
        return self.title


class Version(models.Model):
    """A published definition: numbered, immutable (a trigger refuses UPDATE and DELETE)."""

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

    def __str__(self) -> str:
        return f"{self.app.code} v{self.number}"


class LongList(models.Model):
    """A long list of choices in one language, by the sha256 of its canonical JSON. The only writer is `builder.long_lists`."""

    sha256 = models.CharField(max_length=64, primary_key=True)
    content = models.TextField()

    def __str__(self) -> str:
        return self.sha256


def load(version_id: int) -> definitions.Definition:
    """The definition of a version, parsed once a process for each content; raises Version.DoesNotExist."""
    name = Version.objects.values_list("sha256", flat=True).get(pk=version_id)
    return _parsed(name, version_id)


def definition_of(version: Version) -> definitions.Definition:
    """The definition of a version that is at hand."""
    return _parsed(version.sha256, version.pk)


@lru_cache(maxsize=256)
def _by_name(name: str) -> list[definitions.Definition]:
    return []


def _parsed(name: str, version_id: int) -> definitions.Definition:
    kept = _by_name(name)
    if not kept:
        text = Version.objects.values_list("definition", flat=True).get(pk=version_id)
        kept.append(definitions.load(text))
    return kept[0]
