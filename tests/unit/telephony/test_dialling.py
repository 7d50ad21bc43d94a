"""How a press dials: templates are checked, the person's own goes before the organisation's."""

from typing import Any

import pytest

from runtime.telephony import dialling


@pytest.mark.parametrize(
    ("template", "link"),
    [
        ("tel:{number}", "tel:+32470111222"),
        ("sip:{number}@pbx.example.org", "sip:+32470111222@pbx.example.org"),
        (
            "sips:{number}@pbx.example.org:5061;transport=tls",
            "sips:+32470111222@pbx.example.org:5061;transport=tls",
        ),
        (
            "https://pbx.example.org/dial?to={number}",
            "https://pbx.example.org/dial?to=%2B32470111222",
        ),
        ("http://127.0.0.1:9000/{number}", "http://127.0.0.1:9000/%2B32470111222"),
    ],
)
def test_a_good_template_dials(template: str, link: str) -> None:
    assert dialling.problem(template) is None
    assert dialling.address(template, "+32470111222") == link


@pytest.mark.parametrize(
    ("template", "code"),
    [
        ("", "letters"), ("tel:", "hole"), ("tel:{number}{number}", "hole"), ("tel:{number};ext=1", "hole"), ("https://a.example/{number}?x={y}", "hole"),
        ("javascript:alert({number})", "scheme"), ("JavaScript:{number}", "scheme"), ("data:text/html,{number}", "scheme"), ("{number}", "scheme"), ("//evil.example/{number}", "scheme"),
        ("https://{number}.example.org/", "host"), ("https://user:pass@pbx.example.org/{number}", "host"), ("https:///{number}", "host"), ("https://[::1/{number}", "host"), ("https://a.example:99999/{number}", "host"),
        ("http://pbx.example.org/{number}", "scheme"), ("sip:{number}@pbx.example.org?header=1", "sip"), ("sip:alice@{number}", "sip"),
        ("https://pbx.example.org/ {number}", "letters"), ('https://pbx.example.org/"{number}', "letters"), ("https://pbx.example.org/é{number}", "letters"), ("tel:{number}\n", "letters"),
        ("https://pbx.example.org/{number}" + "x" * 300, "long"),
    ],
)  # fmt: skip
def test_a_bad_template_is_refused(template: str, code: str) -> None:
    assert dialling.problem(template) == code


@pytest.mark.django_db
def test_the_persons_own_way_goes_before_the_organisations(agent: Any, admin: Any) -> None:
    from runtime.telephony.actions import keep_dialling
    from runtime.telephony.links import address_for

    number = "+32470111222"
    assert address_for(agent, number) == f"tel:{number}"
    keep_dialling(template="sip:{number}@pbx.example.org", person=None, by=admin)
    assert address_for(agent, number) == f"sip:{number}@pbx.example.org"
    keep_dialling(template="https://pbx.example.org/{number}", person=agent, by=agent)
    assert address_for(agent, number) == "https://pbx.example.org/%2B32470111222"
    assert address_for(admin, number) == f"sip:{number}@pbx.example.org"
    keep_dialling(template="", person=agent, by=agent)
    assert address_for(agent, number) == f"sip:{number}@pbx.example.org"


@pytest.mark.django_db
def test_a_bad_way_stays_in_its_box_with_the_reason(client_of: Any, agent: Any) -> None:
    client = client_of(agent, headers={"accept-language": "en"})
    answer = client.post("/settings/telephone/", {"template": "javascript:{number}"})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "It begins with tel:, sip: or https://." in page
    assert 'value="javascript:{number}"' in page


@pytest.mark.django_db
def test_an_administrator_sets_systems_and_extensions(
    client_of: Any, admin: Any, agent: Any
) -> None:
    from runtime.telephony.models import Extension, Provider

    client = client_of(admin, headers={"accept-language": "en"})
    client.post("/telephony/", {"deed": "provider", "code": "pbx", "title": "The PBX"})
    provider = Provider.objects.get(code="pbx")
    bad = client.post(
        "/telephony/",
        {"deed": "extension", "provider": provider.pk, "extension": "201", "person": "nobody"},
    )
    assert (bad.status_code, "Nobody who may sign in" in bad.content.decode()) == (400, True)
    client.post(
        "/telephony/",
        {"deed": "extension", "provider": provider.pk, "extension": "201", "person": "agent"},
    )
    again = client.post(
        "/telephony/",
        {"deed": "extension", "provider": provider.pk, "extension": "201", "person": "admin"},
    )
    assert "somebody&#x27;s already" in again.content.decode()
    page = client.get("/telephony/").content.decode()
    assert "/telephony/pbx/call/" in page
    client.post("/telephony/", {"deed": "remove", "extension": Extension.objects.get().pk})
    assert not Extension.objects.exists()
    assert client.post("/telephony/", {"deed": "remove", "extension": "x"}).status_code == 404
    assert client.post("/telephony/", {"deed": "provider", "code": "A b"}).status_code == 400
