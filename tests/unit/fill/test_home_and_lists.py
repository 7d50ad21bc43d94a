"""Home by role, the list of records, a person's own settings."""

from typing import Any

from tests.unit.fill.pages import send


def test_an_agent_sees_what_was_begun_and_may_begin_more(
    agent: Any, record: Any, browser_of: Any
) -> None:
    page = browser_of(agent).get("/").text
    assert f'href="/record/{record.pk}/"' in page
    assert 'action="/app/small_call/start/"' in page


def test_without_a_role_home_says_whom_to_ask(stranger: Any, browser_of: Any) -> None:
    assert "Ask an admin" in browser_of(stranger).get("/").text


def test_the_list_holds_no_personal_data(
    agent: Any, supervisor: Any, record: Any, browser_of: Any
) -> None:
    client = browser_of(agent)
    send(
        client, client.get(f"/record/{record.pk}/").text, given_name="Zebulon", right_person="true"
    )
    page = browser_of(supervisor).get("/app/small_call/records/").text
    assert f"/record/{record.pk}/" in page
    assert "Zebulon" not in page


def test_an_agent_lists_only_their_own_records(record: Any, browser_of: Any) -> None:
    from tests.people import make_person

    assert (
        f"/record/{record.pk}/"
        not in browser_of(make_person("other", "agent")).get("/app/small_call/records/").text
    )


def test_filters_that_mean_nothing_filter_nothing(
    supervisor: Any, record: Any, browser_of: Any
) -> None:
    client = browser_of(supervisor)
    odd = client.get(
        "/app/small_call/records/", {"state": "x'", "version": "9" * 40, "page": "-3"}
    )
    assert f"/record/{record.pk}/" in odd.text
    closed = client.get("/app/small_call/records/", {"state": "closed"})
    assert f"/record/{record.pk}/" not in closed.text
    assert "Show all" in closed.text
    assert client.get("/app/nothing/records/").status_code == 404


def test_a_person_chooses_language_and_theme(agent: Any, browser_of: Any) -> None:
    client = browser_of(agent)
    answer = client.post(
        "/settings/", {"language": "fr", "theme": "dark", "next": "https://elsewhere.example/"}
    )
    agent.person.refresh_from_db()
    assert (agent.person.language, agent.person.theme) == ("fr", "dark")
    assert answer["Location"] == "/"
    client.post("/settings/", {"language": "xx", "theme": "loud", "single_keys": "?"})
    agent.person.refresh_from_db()
    assert (agent.person.language, agent.person.theme) == ("fr", "dark")
    assert agent.person.single_keys
    client.post("/settings/", {"single_keys": "off"})
    agent.person.refresh_from_db()
    assert not agent.person.single_keys
