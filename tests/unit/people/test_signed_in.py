"""Who is signed in is read in one go; what they reach is asked again only where they belong to a unit."""

from typing import Any

from django.contrib.auth import get_user

from runtime.people.models import Unit
from runtime.people.reach import WHOLE, forget_reach, reach_of


def _request(client: Any) -> Any:
    """The next request of this browser, its session read."""
    request = client.get("/healthz").wsgi_request
    request.session = client.session
    assert request.session.keys()
    return request


def _signed_in(client: Any) -> Any:
    return get_user(_request(client))


def test_a_user_their_person_and_what_they_reach_are_one_question(
    agent: Any, client_of: Any, django_assert_num_queries: Any
) -> None:
    request = _request(client_of(agent))
    with django_assert_num_queries(1):
        user = get_user(request)
        assert user.person.language == ""
        assert reach_of(user) == WHOLE


def test_somebody_of_a_unit_reaches_that_unit(agent: Any, client_of: Any) -> None:
    unit = Unit.objects.create(code="east", title="East")
    Unit.objects.filter(pk=unit.pk).update(path=f"/{unit.pk}/")
    agent.person.unit = unit
    agent.person.save()
    assert reach_of(_signed_in(client_of(agent))).sees == {unit.pk}


def test_who_went_to_a_unit_during_a_request_reaches_that_unit(agent: Any, client_of: Any) -> None:
    user = _signed_in(client_of(agent))
    assert reach_of(user) == WHOLE
    unit = Unit.objects.create(code="east", title="East")
    Unit.objects.filter(pk=unit.pk).update(path=f"/{unit.pk}/")
    user.person.unit = unit
    user.person.save()
    forget_reach(user)
    assert reach_of(user).sees == {unit.pk}


def test_an_account_out_of_use_is_nobody(agent: Any, client_of: Any) -> None:
    client = client_of(agent)
    agent.is_active = False
    agent.save()
    assert not _signed_in(client).is_authenticated
