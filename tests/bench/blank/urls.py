"""The real addresses and the blank page's."""

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from config.access import EVERYBODY, ROWS
from config.urls import urlpatterns as real
from runtime.workspace.screen import Drawn

BLANK = '{% extends "workspace/screen.html" %}{% block scripts %}{% endblock %}'


def blank(request: HttpRequest) -> HttpResponse:
    template = engines["django"].from_string(BLANK)
    return HttpResponse(
        template.render({"title": "Blank", "drawn": Drawn("", "", "", "")}, request)
    )


ROWS["blank"] = EVERYBODY
urlpatterns = [path("blank/", blank, name="blank"), *real]
