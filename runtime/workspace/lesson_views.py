"""Taking a lesson: the same screen and engine as a call, without right answers in the browser; then the result.

Only the server knows what is right: it settles the score and picks the outcome when the learner finishes.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext

from builder.definition import Question
from builder.models import App
from runtime.learning.actions import REASONS, LessonRefused, open_lesson
from runtime.people.models import Person
from runtime.queues.models import Grant
from runtime.records.models import Record
from runtime.records.store import open_record
from runtime.workspace import screen_page
from runtime.workspace.screen import make_sheet
from runtime.workspace.screen_holding import Held, find_record, subject_of
from runtime.workspace.screen_sections import places_of
from runtime.workspace.screen_sheet import Door, Sheet, shown_value


@dataclass(frozen=True)
class Marked:
    """A quiz question after the lesson: what was answered, what is right, why. Values are escaped."""

    label: str
    given: str
    right: str
    is_right: bool
    explanation: str


def lesson(request: HttpRequest, code: str) -> HttpResponse:
    """The open lesson, else the last result, else the way in."""
    app = get_object_or_404(App, code=code, kind="lesson")
    if request.method == "POST":
        return _begin(request, app)
    mine = Record.objects.filter(subject=subject_of(request.user), version__app=app)
    running = mine.filter(closed_at=None).order_by("-created_at").first()
    if running is not None:
        return screen_page.show(request, Held(find_record(running.pk, request.user), "learner"))
    last = mine.exclude(closed_at=None).order_by("-closed_at").first()
    if last is not None:
        return _result(request, app, find_record(last.pk, request.user))
    return render(request, "workspace/lesson_begin.html", {"app": app})


def _begin(request: HttpRequest, app: App) -> HttpResponse:
    person = Person.objects.get(user=request.user)
    try:
        open_lesson(app=app, person=person, language=person.language or request.LANGUAGE_CODE)
    except LessonRefused as refused:
        messages.error(request, gettext(REASONS[refused.code]))
        return redirect("home")
    return redirect("lesson", app.code)


def _result(request: HttpRequest, app: App, record: Record) -> HttpResponse:
    """Score, what was right and why, and the skill that was granted."""
    opened = open_record(record, by=request.user, purpose="learning")
    sheet = make_sheet(opened.definition, opened.state, opened.view, mode="learner", door=Door())
    score = opened.view["score"]
    context = {
        "app": app,
        "record": record,
        "score": score,
        "needed": opened.definition.pass_percent,
        "passed": passed(score, opened.definition.pass_percent),
        "marked": [
            mark for section in opened.definition.sections for mark in _marks(sheet, section)
        ],
        "grant": Grant.objects.select_related("skill").filter(record=record.pk).first(),
    }
    response = render(request, "workspace/lesson_result.html", context)
    response["Cache-Control"] = "no-store"
    return response


def passed(score: str | None, needed: str | None) -> bool:
    """Whether a score suffices; a lesson that asks for none is passed when it is finished."""
    return needed is None or (score is not None and Decimal(score) >= Decimal(needed))


def _marks(sheet: Sheet, section: Any) -> list[Marked]:
    return [
        _mark(sheet, question, place)
        for question, place in places_of(sheet, section)
        if question.right is not None and sheet.answer(place)["relevant"]
    ]


def _mark(sheet: Sheet, question: Question, place: str) -> Marked:
    value = sheet.answer(place)["value"]
    return Marked(
        label=sheet.plain(question.label),
        given=shown_value(sheet, question, value),
        right=shown_value(sheet, question, question.right),
        is_right=_same(value, question.right),
        explanation=sheet.plain(question.explanation),
    )


def _same(value: Any, right: Any) -> bool:
    if isinstance(right, tuple | list):
        return value is not None and set(value) == set(right)
    return bool(value == right)
