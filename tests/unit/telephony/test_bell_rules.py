"""What rings -> who is told, and whose pages may listen. No database."""

import uuid

import pytest

from runtime.telephony.bell.ears import EACH, Ears
from runtime.telephony.bell.folding import NOTHING, Row, changed, standings
from runtime.telephony.bell.origins import fits
from runtime.telephony.bell.passes import Pass

ANNA, BERT, CARL = 1, 2, 3
CALL, OTHER = uuid.UUID(int=1), uuid.UUID(int=2)


def ringing(*people: int, call: uuid.UUID = CALL) -> dict[int, frozenset[tuple[uuid.UUID, bool]]]:
    return standings(Row(person, call, None, talks=False) for person in people)


def test_a_call_is_told_to_everybody_at_whose_telephone_it_rings_and_to_nobody_else():
    now = ringing(ANNA, BERT)
    assert changed(NOTHING, ANNA, now) == {(CALL, False)}
    assert changed(NOTHING, BERT, now) == {(CALL, False)}
    assert changed(NOTHING, CARL, now) is None


def test_what_was_told_is_not_told_again():
    now = ringing(ANNA)
    assert changed(now[ANNA], ANNA, ringing(ANNA)) is None


def test_who_answered_and_who_did_not_are_both_told():
    before = ringing(ANNA, BERT)
    now = standings(Row(person, CALL, ANNA, talks=True) for person in (ANNA, BERT))
    assert changed(before[ANNA], ANNA, now) == {(CALL, True)}
    assert changed(before[BERT], BERT, now) == NOTHING


def test_the_end_of_a_call_is_told():
    assert changed(ringing(ANNA)[ANNA], ANNA, {}) == NOTHING


def test_a_second_call_is_told_while_the_first_one_rings():
    rows = [Row(ANNA, call, None, talks=False) for call in (CALL, OTHER)]
    assert changed(ringing(ANNA)[ANNA], ANNA, standings(rows)) == {(CALL, False), (OTHER, False)}


@pytest.mark.parametrize(
    ("origin", "host", "port"),
    [
        ("https://house.example", "house.example", None),
        ("https://house.example", "house.example:443", None),
        ("https://house.example:8443", "house.example:8443", None),
        ("http://127.0.0.1:8000", "127.0.0.1:8001", 8000),
        ("http://localhost:8000", "localhost:8001", 8000),
        ("http://[::1]:8000", "[::1]:8001", 8000),
        ("http://house.example", "House.Example:8001", 80),
    ],
)
def test_pages_of_the_house_may_listen(origin, host, port):
    assert fits(origin, host, port)


@pytest.mark.parametrize(
    ("origin", "host", "port"),
    [
        ("", "house.example", None),
        ("null", "house.example", None),
        ("https://house.example", "", None),
        ("https://evil.example", "house.example", None),
        ("https://house.example.evil.example", "house.example", None),
        ("https://house.example@evil.example", "house.example", None),
        ("https://x@house.example", "house.example", None),
        ("https://house.example:8443", "house.example", None),
        ("https://house.example/x", "house.example", None),
        ("https://house.example:x", "house.example", None),
        ("ftp://house.example", "house.example", None),
        ("http://127.0.0.1:8001", "127.0.0.1:8001", 8000),
        ("http://127.0.0.1:3000", "127.0.0.1:8001", 8000),
        ("http://localhost:8000", "127.0.0.1:8001", 8000),
        ("http://[::1", "127.0.0.1:8001", 8000),
    ],
)
def test_other_pages_may_not(origin, host, port):
    assert not fits(origin, host, port)


def test_a_page_is_woken_once_however_much_happened_before_it_was_told():
    ears = Ears(most=10)
    ear = ears.admit(Pass(ANNA, 1, "session"))
    assert ear is not None
    for call in (CALL, OTHER):
        ears.tell(ringing(ANNA, call=call))
    assert ear.woken.is_set()
    ear.woken.clear()
    ears.tell(ringing(ANNA, call=OTHER))
    assert not ear.woken.is_set()


def test_a_page_that_opens_its_line_while_it_rings_is_told_at_once():
    ears = Ears(most=10)
    ears.tell(ringing(ANNA))
    ear = ears.admit(Pass(ANNA, 1, "session"))
    ears.tell(ringing(ANNA))
    assert ear.woken.is_set()


def test_there_is_room_for_so_many_and_for_so_many_of_one_person():
    ears = Ears(most=EACH + 1)
    mine = [ears.admit(Pass(ANNA, 1, "session")) for _ in range(EACH)]
    assert None not in mine
    assert ears.admit(Pass(ANNA, 1, "another")) is None
    assert ears.admit(Pass(BERT, 1, "his")) is not None
    assert ears.admit(Pass(CARL, 1, "hers")) is None
    ears.leave(mine[0])
    assert ears.admit(Pass(CARL, 1, "hers")) is not None
    assert len(ears) == EACH + 1


def test_only_those_whose_rights_ended_are_ended():
    ears = Ears(most=10)
    gone, stays = ears.admit(Pass(ANNA, 1, "old")), ears.admit(Pass(ANNA, 1, "new"))
    ears.end({Pass(ANNA, 1, "old")})
    assert (gone.over, stays.over) == (True, False)


def test_nobody_is_asked_for_when_the_last_one_left():
    ears = Ears(most=10)
    ear = ears.admit(Pass(ANNA, 1, "session"))
    assert ears.somebody.is_set()
    ears.leave(ear)
    assert not ears.somebody.is_set()
    assert ears.passes() == frozenset()
