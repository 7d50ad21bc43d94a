"""Apps and their versions, written by `builder.publish` alone; what was set aside for a release, by `builder.gates`; what was said
of one beforehand, by `builder.releases`; what the prover said of a draft, by `builder.checks.kept`; long lists, by `builder.long_lists`; what is open to citizens, by `builder.public_forms`."""

from functools import lru_cache
from typing import ClassVar

from django.conf import settings
from django.db import models
from simple_history.models import HistoricalRecords

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
    evidence = models.JSONField(default=dict)  # what its gates had seen; see `builder.gates`
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["app", "number"], name="version_number")]
        ordering = ["app", "-number"]

    def __str__(self) -> str:
        return f"{self.app.code} v{self.number}"


class VersionLabel(models.Model):
    """What people call a version beside its number: “pilot”, “approved by the board”. Written by `builder.actions`."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="labels")
    text = models.CharField(max_length=60)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = "version label"
        constraints = [
            models.UniqueConstraint(fields=["version", "text"], name="version_label_once")
        ]
        ordering = ["text"]

    def __str__(self) -> str:
        return f"{self.version}: {self.text}"


class Override(models.Model):
    """Why somebody released a definition that a gate would have stopped. Never changed."""

    translation_key = models.UUIDField(db_index=True)
    gate = models.CharField(max_length=32)
    sha256 = models.CharField(max_length=64)
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        permissions: ClassVar = [
            ("override_tests", "Can release what its tests would stop"),
            ("override_language", "Can release what lacks a translation"),
        ]

    def __str__(self) -> str:
        return self.gate


class Proof(models.Model):
    """What the prover says of a definition on a day, in a language: no draft is proved twice. `seen_at`: when its prover last gave a
    sign of life."""

    sha256 = models.CharField(max_length=64)
    day = models.CharField(max_length=10)
    language = models.CharField(max_length=16)
    state = models.CharField(max_length=8)  # waiting, running, done, stopped, failed
    definition = models.TextField(blank=True)  # until it is done
    decided = models.PositiveIntegerField(default=0)  # questions to the prover, of so many
    questions = models.PositiveIntegerField(default=0)
    told = models.JSONField(default=dict)
    seen_at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sha256", "day", "language"], name="proof_once")
        ]

    def __str__(self) -> str:
        return f"{self.sha256[:8]} {self.state}"


class ReleasePlan(models.Model):
    """What an author said of the next release of a page family; gone when its version is made, which keeps it."""

    translation_key = models.UUIDField(unique=True)
    renames = models.JSONField(default=dict)  # old name -> new name
    when = models.CharField(max_length=8)  # when open records follow
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.when


class PublicForm(models.Model):
    """That citizens may fill an app by themselves, and what its first and last page say. Written by `builder.public_forms`."""

    app = models.OneToOneField(App, on_delete=models.PROTECT, related_name="public_form")
    open = models.BooleanField(default=False)
    texts = models.JSONField(default=dict)  # language -> {"before": .., "after": ..}

    def __str__(self) -> str:
        return self.app.code


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
