"""Mails to reviewers: that they are asked, that the day comes near, that it has passed. A sweep sends what was not sent yet.

What somebody was told stands in a Notice, written after the mail is gone: a mail server that is away is tried again.
"""

import datetime as dt
import logging
import smtplib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from wagtail.models import TaskState

from content.reviews import counting
from content.reviews.models import Notice, ReviewState

logger = logging.getLogger("scriptorium.content")
BEFORE = dt.timedelta(days=1)
AGAIN = dt.timedelta(days=3)  # what is late is told again
Language = Callable[[Any], str]
_languages: list[Language] = [lambda user: settings.LANGUAGE_CODE]


def bind_language(language: Language) -> None:
    """How the language of a person is known; the last one bound is used."""
    _languages[:] = [language]


def send_due(now: dt.datetime) -> None:
    """Every mail that is due and was not sent."""
    running = ReviewState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    for state in running.select_related("task", "workflow_state", "revision").order_by("pk"):
        page = state.workflow_state.content_object
        if page is not None and not _all_told(state, page.specific, now):
            return


def _all_told(state: ReviewState, page: Any, now: dt.datetime) -> bool:
    task = state.task.specific
    kind = kind_of(state, now)
    told = set(state.notices.filter(kind=kind).values_list("to", flat=True))
    for user in counting.able(task, page):
        if user.pk in told or not user.email or counting.has_approved(task, page, user):
            continue
        if not _sent(state, page, user, kind):
            return False
        Notice.objects.get_or_create(state=state, to=user, kind=kind, defaults={"at": now})
    return True


def kind_of(state: ReviewState, now: dt.datetime) -> str:
    """The last thing there is to tell: asked, soon, late, late1, late2 .."""
    if state.due_at is None or now < state.due_at - BEFORE:
        return "asked"
    if now < state.due_at:
        return "soon" if state.due_at - state.started_at > BEFORE else "asked"
    times = (now - state.due_at) // AGAIN
    return f"late{times}" if times else "late"


def _sent(state: ReviewState, page: Any, user: Any, kind: str) -> bool:
    with translation.override(_languages[0](user) or settings.LANGUAGE_CODE):
        context = {
            "title": page.get_admin_display_title(),
            "task": state.task.name,
            "kind": kind.rstrip("0123456789"),
            "due": state.due_at,
            "asked_by": state.workflow_state.requested_by,
            "address": settings.WAGTAILADMIN_BASE_URL + reverse("review", args=[page.pk]),
        }
        subject = render_to_string("content/mails/review_subject.txt", context).strip()
        mail = EmailMessage(
            " ".join(subject.split()), render_to_string("content/mails/review.txt", context), to=[user.email],
            headers={"Auto-Submitted": "auto-generated"},
        )  # fmt: skip
    try:
        mail.send()
    except (smtplib.SMTPException, OSError) as failure:
        logger.warning("A mail about a review could not be sent: %s", type(failure).__name__)
        return isinstance(failure, smtplib.SMTPRecipientsRefused)
    return True
