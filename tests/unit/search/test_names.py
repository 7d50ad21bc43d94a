"""How names are folded, squashed and reduced."""

import pytest

from runtime.search.names import deletions, joined, plain, skeleton, words


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Hélène", ["helene"]),
        ("Straße", ["strasse"]),
        ("Łukasz Øster", ["lukasz", "oster"]),
        ("O'Connor-Peeters", ["o", "connor", "peeters"]),
        ("Иван", ["ivan"]),
        ("  ", []),
        ("👩‍⚕️", []),
    ],
)
def test_words_are_folded(typed: str, expected: list[str]) -> None:
    found = words(typed)
    assert (
        found == expected
        if expected or not typed.strip()
        else all(word.isascii() for word in found)
    )


def test_particles_join_the_next_word_and_keep_its_core() -> None:
    assert [tuple(word) for word in joined(["van", "den", "berghe"])] == [
        ("vandenberghe", "berghe")
    ]


def test_the_last_word_is_never_a_particle() -> None:
    assert [word.squashed for word in joined(["van", "den"])] == ["vanden"]


def test_given_names_have_no_particles() -> None:
    assert [word.squashed for word in plain(["ben", "al"])] == ["ben", "al"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("deckers", "dekkers"),
        ("quintens", "kintens"),
        ("philippe", "filip"),
        ("thys", "tijs"),
        ("verhaegen", "verhagen"),
    ],
)
def test_names_that_sound_alike_share_a_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


def test_the_deletions_of_a_word_are_distinct() -> None:
    assert deletions("anna") == ["nna", "ana", "ann"]
