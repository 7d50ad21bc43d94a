"""Sealing: what goes in comes out, at its own place only, and its length tells little."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from runtime.vault.envelope import STEPS, Tampered, aad, open_sealed, seal

KEY = bytes(range(32))
PLACE = aad("records.event", "7", "sealed")


@given(st.binary(max_size=5000))
@settings(max_examples=60, deadline=None)
def test_what_is_sealed_opens_again(data: bytes) -> None:
    assert open_sealed(KEY, seal(KEY, data, PLACE), PLACE) == data


@given(st.binary(max_size=3000), st.data())
@settings(max_examples=60, deadline=None)
def test_a_flipped_byte_is_noticed(data: bytes, choose: st.DataObject) -> None:
    sealed = bytearray(seal(KEY, data, PLACE))
    sealed[choose.draw(st.integers(0, len(sealed) - 1))] ^= choose.draw(st.integers(1, 255))
    with pytest.raises(Tampered):
        open_sealed(KEY, bytes(sealed), PLACE)


@pytest.mark.parametrize(
    "place",
    [
        aad("records.event", "8", "sealed"),
        aad("records.record", "7", "sealed"),
        aad("records.event", "7", "snapshot"),
        aad("records.event", "7", "sealed", version=2),
    ],
)
def test_a_seal_moved_to_another_place_does_not_open(place: bytes) -> None:
    with pytest.raises(Tampered):
        open_sealed(KEY, seal(KEY, b"yes", PLACE), place)


def test_another_key_does_not_open() -> None:
    with pytest.raises(Tampered):
        open_sealed(os.urandom(32), seal(KEY, b"yes", PLACE), PLACE)


@pytest.mark.parametrize("cut", [0, 1, 12, 20, 60, 92])
def test_a_cut_seal_does_not_open(cut: int) -> None:
    with pytest.raises(Tampered):
        open_sealed(KEY, seal(KEY, b"yes", PLACE)[:cut], PLACE)


def test_the_length_does_not_tell_yes_from_no() -> None:
    assert len(seal(KEY, b"yes", PLACE)) == len(seal(KEY, b"no", PLACE)) == 1 + 12 + STEPS[0] + 16


@pytest.mark.parametrize(
    ("length", "padded"),
    [
        (0, 64),
        (60, 64),
        (61, 128),
        (124, 128),
        (125, 256),
        (1020, 1024),
        (1021, 2048),
        (5000, 5120),
    ],
)
def test_lengths_go_up_in_steps(length: int, padded: int) -> None:
    assert len(seal(KEY, bytes(length), PLACE)) == 1 + 12 + padded + 16


def test_the_same_text_is_never_sealed_the_same_way() -> None:
    assert len({seal(KEY, b"yes", PLACE) for _ in range(50)}) == 50
