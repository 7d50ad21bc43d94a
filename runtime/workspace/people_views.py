"""People, their roles and units: made, changed and shut out by administrators."""

from typing import Any

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.mail import send_mail
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from runtime.people import actions
from runtime.people.models import Person
from runtime.people.roles import roles_of
from runtime.workspace.people_forms import PersonForm, RolesForm
from runtime.workspace.people_words import change_row

ON_A_PAGE = 50


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who may sign in, or may no longer."""
    asked = request.GET.get("name", "").strip()
    users = get_user_model().objects.select_related("person__unit").prefetch_related("groups")
    if asked:
        users = users.filter(
            Q(username__icontains=asked)
            | Q(first_name__icontains=asked)
            | Q(last_name__icontains=asked)
        )
    shown = Paginator(users.order_by("-is_active", "username"), ON_A_PAGE).get_page(
        request.GET.get("page")
    )
    return render(request, "workspace/people.html", {"shown": shown, "asked": asked})


@require_http_methods(["GET", "POST"])
def person_new(request: HttpRequest) -> HttpResponse:
    form = PersonForm(request.POST or None)
    if not form.is_valid():
        return render(
            request,
            "workspace/person_new.html",
            {"form": form},
            status=400 if form.is_bound else 200,
        )
    made = actions.create_person(by=request.user, **form.cleaned_data)
    return _show_link(request, made)


@require_http_methods(["GET", "POST"])
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: roles and unit; and whether it may sign in."""
    found = get_object_or_404(Person.objects.select_related("user", "unit"), pk=pk)
    if request.method == "POST":
        return _change(request, found)
    form = RolesForm(
        initial={
            "roles": sorted(roles_of(found.user)),
            "unit": found.unit,
            "also": found.also.all(),
        }
    )
    return _person_page(request, found, form)


def _change(request: HttpRequest, found: Person) -> HttpResponse:
    deed = request.POST.get("deed")
    if found.user == request.user:  # whatever the deed is called
        messages.error(
            request, _("You cannot take your own rights away. Ask another administrator.")
        )
        return redirect("person", pk=found.pk)
    if deed in {"shut_out", "let_in"}:
        actions.set_active(by=request.user, person=found, active=deed == "let_in")
        messages.success(request, _("Done. What this person had open has ended."))
        return redirect("person", pk=found.pk)
    form = RolesForm(request.POST)
    if not form.is_valid():
        return _person_page(request, found, form, status=400)
    with transaction.atomic():
        actions.set_roles(by=request.user, person=found, roles=form.cleaned_data["roles"])
        actions.set_unit(
            by=request.user,
            person=found,
            unit=form.cleaned_data["unit"],
            also=form.cleaned_data["also"],
        )
    messages.success(request, _("Saved. Changed roles hold from now on."))
    return redirect("person", pk=found.pk)


def _person_page(
    request: HttpRequest, found: Person, form: RolesForm, status: int = 200
) -> HttpResponse:
    changes = found.role_changes.select_related("by").order_by("-at", "-pk")[:50]
    shown = {"person": found, "form": form, "changes": [change_row(row) for row in changes]}
    return render(request, "workspace/person.html", shown, status=status)


@require_POST
def person_link(request: HttpRequest, pk: int) -> HttpResponse:
    """A link by which a person sets a new password: shown once, or sent."""
    found = get_object_or_404(Person.objects.select_related("user"), pk=pk, user__is_active=True)
    sends = "send" in request.POST
    if sends and not found.user.email:
        messages.error(request, _("This person has no e-mail address."))
        return redirect("person", pk=pk)
    # Whoever holds the link can sign in as this person: who asked for it is never forgotten.
    actions.note_link(by=request.user, person=found)
    if not sends:
        return _show_link(request, found)
    _send_link(request, found)
    messages.success(request, _("The link was sent."))
    return redirect("person", pk=pk)


@sensitive_variables()
def _show_link(request: HttpRequest, found: Person) -> HttpResponse:
    return render(
        request,
        "workspace/person_link.html",
        {"person": found, "link": _link(request, found.user)},
    )


@sensitive_variables()
def _send_link(request: HttpRequest, found: Person) -> None:
    text = _(
        "Hello %(name)s,\n\nset your password for Scriptorium here:\n%(link)s\n\nThe link works once.\n"
    ) % {
        "name": found.user.get_full_name() or found.user.get_username(),
        "link": _link(request, found.user),
    }
    send_mail(_("Your account"), text, None, [found.user.email])


@sensitive_variables()
def _link(request: HttpRequest, user: Any) -> str:
    holes = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return request.build_absolute_uri(reverse("account_reset_password_from_key", kwargs=holes))
