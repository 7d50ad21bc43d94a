"""A form that is left for later: a link and a code, neither of which opens anything alone."""

import datetime as dt
import re
from typing import Any

import pytest

from tests.traces import shown_in
from tests.unit.selfservice.walks import begun, filled, place_of, send, shown_form

pytestmark = pytest.mark.usefixtures("version")


def kept(client: Any, seat: str) -> tuple[str, str]:
    """The path of the link, and the code."""
    page = client.post(f"{seat}later/").text
    (link,) = re.findall(r'href="http://testserver(/form/continue/[^"]+)"', page)
    (code,) = re.findall(r'form-code">([^<]+)<', page)
    return link, code


def left(client: Any) -> tuple[str, str]:
    """A form with a name in it, left for later."""
    page = send(client, begun(client).text, "later", given_name="Ann")
    assert "Get a link and a code" in page.text
    return kept(client, place_of(page))


def test_another_device_goes_on_where_it_was_left(citizen: Any, another: Any) -> None:
    link, code = left(citizen)
    asked = another.get(link)
    assert shown_in(asked.text, "Ann") == []
    page = another.post(link, {"code": f" {code.lower().replace('-', ' ')} "}, follow=True)
    assert shown_form(page.text)["fields"]["a:given_name"] == ["Ann"]


def test_neither_link_nor_code_lies_in_the_database(citizen: Any) -> None:
    from runtime.selfservice.models import Filling

    link, code = left(citizen)
    row = str(vars(Filling.objects.get()))
    assert link.split("/")[3] not in row
    assert code not in row
    assert code.replace("-", "") not in row


def test_unknown_wrong_and_expired_say_the_same(citizen: Any, another: Any) -> None:
    from runtime.selfservice.models import Filling

    link, code = left(citizen)
    wrong = another.post(link, {"code": "0000-0000-0000"})
    unknown = another.post("/form/continue/AAAAAAAAAAAAAAAAAAAAAA/", {"code": code})
    Filling.objects.update(until=dt.datetime(2020, 1, 1, tzinfo=dt.UTC))
    expired = another.post(link, {"code": code})

    def said(answer: Any) -> str:
        return re.sub(r'value="[^"]+"', "", answer.text)

    assert [each.status_code for each in (wrong, unknown, expired)] == [422, 422, 422]
    assert said(wrong) == said(unknown) == said(expired)


def test_after_some_wrong_codes_the_right_one_waits_too(citizen: Any, another: Any) -> None:
    link, code = left(citizen)
    for _try in range(5):
        assert another.post(link, {"code": "0000-0000-0000"}).status_code == 422
    refused = another.post(link, {"code": code})
    assert refused.status_code == 429
    assert refused["Retry-After"] == "900"
    assert "What was saved is still there." in refused.text


def test_an_unknown_link_is_limited_alike(another: Any) -> None:
    for _try in range(5):
        another.post("/form/continue/AAAAAAAAAAAAAAAAAAAAAA/", {"code": "x"})
    assert another.post("/form/continue/AAAAAAAAAAAAAAAAAAAAAA/", {"code": "x"}).status_code == 429


def test_one_address_tries_only_so_many_links(another: Any) -> None:
    statuses = [
        another.post(f"/form/continue/{'A' * 20}{n:02}/", {"code": "x"}).status_code
        for n in range(31)
    ]
    assert statuses == [422] * 30 + [429]


def test_no_address_is_kept_in_clear(another: Any) -> None:
    from runtime.selfservice.models import Counted

    another.post("/form/continue/AAAAAAAAAAAAAAAAAAAAAA/", {"code": "x"})
    assert Counted.objects.exists()
    assert not any("127.0.0.1" in str(vars(row)) for row in Counted.objects.all())


def test_a_new_link_ends_the_old_one(citizen: Any, another: Any) -> None:
    page = begun(citizen)
    link, code = kept(citizen, place_of(page))
    kept(citizen, place_of(page))
    assert another.post(link, {"code": code}).status_code == 422


def test_after_sending_link_and_code_say_only_that_it_was_received(
    citizen: Any, another: Any
) -> None:
    page = filled(citizen)
    link, code = kept(citizen, place_of(page))
    citizen.post(place_of(page) + "send/")
    told = another.post(link, {"code": code}, follow=True)
    assert "We have received your form" in told.text
    assert shown_in(told.text, "Ann") == []
    seat = place_of(told)
    for address in ("", "check/", "later/"):
        assert shown_in(another.get(seat + address, follow=True).text, "Ann") == []


def test_what_is_over_is_forgotten(citizen: Any) -> None:
    from django.utils import timezone

    from runtime.selfservice import actions
    from runtime.selfservice.models import Counted, Filling, Seat

    left(citizen)
    assert actions.forget(now=timezone.now()) == 0
    assert actions.forget(now=timezone.now() + dt.timedelta(days=3)) > 1
    assert not Seat.objects.exists()
    assert not Counted.objects.exists()
    assert Filling.objects.count() == 1
