"""The step of a workflow that asks a group for approvals, one run of it, and the approvals."""

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState

MOST = 20
WRITERS = ("editor", "trainer", "reviewer", "admin")  # who may enter the workshop
LONGEST_COMMENT = 1000


class ReviewState(TaskState):
    """One run of a review: until when it should be done."""

    due_at = models.DateTimeField(null=True, blank=True)


class Asking(Task):
    """What a review asks for; the step itself is `content.reviews.task.ReviewTask`."""

    groups = models.ManyToManyField(
        Group, verbose_name=_("roles"), help_text=_("Whoever has one of these may review.")
    )
    people = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("only these people"),
        blank=True,
        related_name="+",
        limit_choices_to={"groups__name__in": WRITERS, "is_active": True},
        help_text=_("None chosen: everybody with one of the roles."),
    )
    kind = models.CharField(
        _("kind"),
        max_length=63,
        blank=True,
        help_text=_("What is judged: medical, legal, wording ..."),
    )
    needed = models.PositiveSmallIntegerField(
        _("approvals"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(MOST)],
        help_text=_("How many different people must approve."),
    )
    texts_needed = models.PositiveSmallIntegerField(
        _("approvals where only texts change"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(MOST)],
        help_text=_("Empty: as many as for any change. 0: texts alone need no review."),
    )
    days = models.PositiveSmallIntegerField(
        _("days"),
        default=0,
        validators=[MaxValueValidator(365)],
        help_text=_("Until when it should be done; reviewers are reminded by mail. 0: no date."),
    )
    own = models.BooleanField(
        _("own work too"), default=False, help_text=_("Whoever wrote a draft may approve it.")
    )
    required = models.BooleanField(
        _("nothing is released without it"),
        default=False,
        help_text=_("Publishing is refused, whichever way, until this review has approved."),
    )

    class Meta:
        abstract = True

    def has_reviewer(self, user: Any) -> bool:
        """Whether this person may review at all. Asked once for each task and person object."""
        known = user.__dict__.setdefault("_reviews_of", {})
        if self.pk not in known:
            chosen = set(self.people.values_list("pk", flat=True))
            role = user.is_active and self.groups.filter(pk__in=user.groups.all()).exists()
            known[self.pk] = role and (not chosen or user.pk in chosen)
        return bool(known[self.pk])


class Approval(models.Model):
    """Somebody approves one definition of a page family: inserted, never changed."""

    task = models.ForeignKey(
        "content.ReviewTask", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    task_name = models.CharField(max_length=255)
    kind = models.CharField(max_length=63, blank=True)
    translation_key = models.UUIDField(db_index=True)
    sha256 = models.CharField(max_length=64)
    revision = models.PositiveBigIntegerField()  # Wagtail may purge it
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    by_name = models.CharField(max_length=255)
    at = models.DateTimeField()
    comment = models.CharField(max_length=LONGEST_COMMENT, blank=True)

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["task", "translation_key", "sha256", "by"], name="one_approval_a_person"
            )
        ]

    def __str__(self) -> str:
        return self.task_name


class Notice(models.Model):
    """What somebody was told by mail about a review, so that it is told once."""

    state = models.ForeignKey(ReviewState, on_delete=models.CASCADE, related_name="notices")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=16)
    at = models.DateTimeField()

    class Meta:
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["state", "to", "kind"], name="told_once")
        ]

    def __str__(self) -> str:
        return self.kind


class Emergency(models.Model):
    """A release past its review: asked for by one, confirmed by another, reviewed afterwards."""

    page = models.ForeignKey(
        "wagtailcore.Page", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    translation_key = models.UUIDField(db_index=True)
    sha256 = models.CharField(max_length=64)
    reason = models.CharField(max_length=500)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    asked_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)  # of the review that follows
    result = models.CharField(max_length=16, blank=True)  # approved, rejected
    result_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    result_at = models.DateTimeField(null=True)
    result_comment = models.CharField(max_length=LONGEST_COMMENT, blank=True)

    class Meta:
        default_permissions = ()
        permissions: ClassVar = [
            ("release_in_emergency", "Can release before the review, together with somebody else")
        ]

    def __str__(self) -> str:
        return self.reason
