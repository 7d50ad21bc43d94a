"""What a citizen does on the pages of a public form, as a browser without JavaScript does it."""

from typing import Any

from tests.unit.fill.pages import send, shown_form

__all__ = ["begun", "filled", "send", "shown_form"]


def begun(client: Any, code: str = "small_call", **fields: str) -> Any:
    """The first section."""
    return client.post(f"/form/{code}/", fields, follow=True)


def filled(client: Any, **first: str) -> Any:
    """The page where all answers are checked."""
    page = begun(client).text
    answers = {"given_name": "Ann", "birth_date": "3/4/1985", "right_person": "true"} | first
    page = send(client, page, **answers).text
    page = send(client, page, sick="false").text
    page = send(client, page).text
    return send(client, page, remark="nothing")


def place_of(answer: Any) -> str:
    """The address of the seat."""
    return "/".join(answer.request["PATH_INFO"].split("/")[:4]) + "/"
