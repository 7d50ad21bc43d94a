"""Loading a list of people: the file, its columns, its progress."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from builder.problems import Problem, gettext_noop, say
from runtime.outbox.models import Effect
from runtime.queues import scope
from runtime.queues.actions import imports
from runtime.queues.lists import columns, sheet_writing, workbook
from runtime.queues.lists.cells import DIFFERS, HOUSEHOLD, NOTES
from runtime.queues.lists.reading import BYTES_AT_MOST
from runtime.queues.lists.writing import lines
from runtime.queues.models import Campaign, ImportJob
from runtime.queues.questions import questions_of
from runtime.workspace import import_files
from runtime.workspace.campaign_words import IMPORT_STATES, reason
from runtime.workspace.figures_views import sent
from runtime.workspace.inbox_views import told_of

SHEET_AT_MOST = 100  # letters of a name
NO_FILE = gettext_noop("Choose a CSV or XLSX file of at most %(megabytes)s MB.")


@require_http_methods(["GET", "POST"])
def campaign_load(request: HttpRequest, code: str) -> HttpResponse:
    """Takes the file (in memory only) and goes on to its columns, or says what is wrong with it."""
    row = get_object_or_404(scope.campaigns(request.user, to_run=True), code=code)
    if request.method == "GET":
        return _load_page(request, row, None)
    file = request.FILES.get("file")
    if file is None or not file.size or file.size > BYTES_AT_MOST:
        return _load_page(request, row, _(NO_FILE) % {"megabytes": BYTES_AT_MOST // 1024**2})
    return _received(request, row, file)


def _received(request: HttpRequest, row: Campaign, file: UploadedFile) -> HttpResponse:
    sheet = request.POST.get("sheet", "")[:SHEET_AT_MOST]
    answer = imports.receive(campaign=row, data=file.read(), by=request.user, sheet=sheet)
    if isinstance(answer, Problem):
        return _load_page(request, row, say(answer, _))
    return redirect("import", pk=answer.pk)


def _load_page(request: HttpRequest, row: Campaign, problem: str | None) -> HttpResponse:
    context = {
        "campaign": row,
        "problem": problem,
        "megabytes": BYTES_AT_MOST // 1024**2,
        "inbox": told_of(row),
    }
    status = 400 if problem else 200
    return render(request, "workspace/campaign_load.html", context, status=status)


@require_http_methods(["GET", "POST"])
def import_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """First which column is what, then how far the loading is."""
    job = _job(request, pk)
    if job.state != "mapping":
        return render(request, "workspace/import.html", _progress_context(job))
    header, rows = imports.preview(job, by=request.user)
    if request.method == "GET":
        known = columns.guess(header, questions_of(job.campaign), job.campaign.mapping)
        return _mapping_page(request, job, (header, rows), known)
    mapping, check = _posted(request, header), "check" in request.POST
    problems = imports.confirm(job=job, mapping=mapping, by=request.user, check=check)
    if problems:
        return _mapping_page(request, job, (header, rows), mapping, problems)
    return redirect("import", pk=pk)


def _job(request: HttpRequest, pk: UUID) -> ImportJob:
    rows = ImportJob.objects.filter(campaign__in=scope.campaigns(request.user, to_run=True))
    found: ImportJob = get_object_or_404(rows.select_related("campaign", "by"), pk=pk)
    return found


def _posted(request: HttpRequest, header: list[str]) -> dict[str, str]:
    """The targets chosen, by column; fields are numbered, for a column may be called anything."""
    chosen = {column: request.POST.get(f"column_{n}", "") for n, column in enumerate(header)}
    return {column: target for column, target in chosen.items() if target}


def _mapping_page(
    request: HttpRequest,
    job: ImportJob,
    table: tuple[list[str], list[list[str]]],
    mapping: Mapping[str, str],
    problems: list[Problem] | None = None,
) -> HttpResponse:
    header, rows = table
    questions = questions_of(job.campaign)
    shown = problems if problems is not None else columns.check(mapping, header, questions)
    context = {
        "job": job,
        "campaign": job.campaign,
        "columns": [
            {
                "name": column,
                "target": mapping.get(column, ""),
                "samples": [cells[n] for cells in rows if n < len(cells) and cells[n]],
            }
            for n, column in enumerate(header)
        ],
        "targets": _targets(job.campaign, questions),
        "unknown": [column for column in header if column not in mapping],
        "problems": [say(problem, _) for problem in shown],
    }
    status = 400 if problems else 200
    return render(request, "workspace/import_columns.html", context, status=status)


def _targets(
    row: Campaign, questions: Mapping[str, Any]
) -> list[tuple[str, list[tuple[str, str]]]]:
    """What a column can be: facts of the person, then the script's questions."""
    facts = [(f"fact:{name}", _(columns.LABELS[name])) for name in columns.LABELS]
    asked = [
        (f"question:{name}", question.label.plain("") or name)
        for name, question in questions.items()
        if not question.fact
    ]
    return [(_("The person"), facts), (row.app.title, asked)]


def _progress_context(job: ImportJob) -> dict[str, Any]:
    left_out = [row for row in job.problems if row["code"] not in NOTES]
    return {
        "job": job,
        "campaign": job.campaign,
        "state": _(IMPORT_STATES[job.state]),
        "seen": job.done + job.doubles + job.bad,
        "running": _running(job),
        "stuck": job.ended_at is None and _stuck(job) is not None,
        "problems": [(row["line"], row["column"], reason(row["code"])) for row in left_out],
        "unlisted": max(0, job.bad - len({row["line"] for row in left_out})),
        "differing": [
            (row["line"], row["column"]) for row in job.problems if row["code"] == DIFFERS
        ],
        "together": [
            (row["line"], row["other"]) for row in job.problems if row["code"] == HOUSEHOLD
        ],
        "kept": job.bad and (job.state == "checked" or job.kept_until is not None),
    }


def _running(job: ImportJob) -> bool:
    """Whether the worker is at it; a list that was looked at waits for a person."""
    return job.ended_at is None and job.state != "checked"


def _stuck(job: ImportJob) -> Effect | None:
    """The chunk that the worker has given up, if there is one."""
    return Effect.objects.filter(key__startswith=f"import:{job.pk}:", state="failed").first()


@require_GET
def import_progress(request: HttpRequest, pk: UUID) -> JsonResponse:
    """What the page asks for while a list is being loaded."""
    job = _job(request, pk)
    return JsonResponse(
        {
            "state": job.state,
            "label": _(IMPORT_STATES[job.state]),
            "ended": not _running(job) or _stuck(job) is not None,
            "total": job.total,
            "seen": job.done + job.doubles + job.bad,
            "done": job.done,
            "doubles": job.doubles,
            "bad": job.bad,
            "together": job.together,
        }
    )


@require_POST
def import_stop(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Stops a loading, or gives up a list before; who has been loaded stays."""
    job = _job(request, pk)
    if imports.stop(job=job, by=request.user):
        messages.success(request, _("The loading was stopped; the rest of the list is destroyed."))
    return redirect("campaign", code=job.campaign.code)


@require_POST
def import_load(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Loads a list that was looked at."""
    job = _job(request, pk)
    for problem in imports.confirm(job=job, mapping=job.mapping, by=request.user):
        messages.error(request, say(problem, _))
    return redirect("import", pk=pk)


@require_POST
def import_columns(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Back to the columns of a list that was looked at."""
    imports.back_to_columns(job=_job(request, pk), by=request.user)
    return redirect("import", pk=pk)


@require_POST
def import_left_out(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """The lines that could not be taken, as a file to mend."""
    job = _job(request, pk)
    if job.sealed is None or not job.left_out.exists():
        raise Http404
    header, left_out = imports.left_out(job=job, by=request.user)
    name = f"{job.campaign.code}-{job.created_at.date().isoformat()}-left-out"
    rows = import_files.rows(header, left_out)
    if job.encoding != workbook.ENCODING:
        return sent(lines(rows, job.delimiter), f"{name}.csv")
    response = HttpResponse(sheet_writing.book(rows), content_type=sheet_writing.MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    response["Cache-Control"] = "no-store"
    return response


@require_POST
def import_forget(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The lines that were left out are not needed any more."""
    imports.forget(job=_job(request, pk), by=request.user)
    messages.success(request, _("The lines that were left out are destroyed."))
    return redirect("import", pk=pk)


@require_POST
def import_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lets the worker try a chunk again that it had given up."""
    job = _job(request, pk)
    imports.try_again(job=job, by=request.user)
    return redirect("import", pk=pk)
