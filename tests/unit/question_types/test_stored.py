"""What the types whose answers name files say of themselves."""

import pytest

from builder.question_types import TYPES
from builder.question_types.base import Settings
from builder.question_types.base.stored import JPEG, MEDIA_TYPES, PICTURES, Stored


def test_which_files_may_be_sent_and_which_are_kept():
    assert Stored.media_types(TYPES["file"], Settings({})) == tuple(MEDIA_TYPES)
    assert TYPES["photo"].media_types(Settings({})) == PICTURES
    assert TYPES["photo"].kept_types(Settings({})) == (JPEG,)


def test_each_column_of_a_file_has_a_label():
    kind = TYPES["photo"]
    columns = kind.columns("arm", Settings({}))
    labels = kind.column_labels(Settings({}), "en", "en")
    assert columns == ("arm.name", "arm.media_type", "arm.size", "arm.digest")
    assert len(labels) == len(columns)
    assert all(labels)


@pytest.mark.parametrize(
    ("longest_side", "largest", "faults"),
    [(2000, 10, 0), (200, 1, 0), (199, 10, 1), (5000, 0, 2), (2000, 11, 1)],
)
def test_how_large_a_photo_may_be(longest_side: int, largest: int, faults: int) -> None:
    settings = Settings({"longest_side": longest_side, "largest": largest})
    assert len(TYPES["photo"].faults(settings)) == faults


def test_each_kind_of_file_has_its_ending():
    assert dict(MEDIA_TYPES) == {
        "application/pdf": ".pdf",
        "image/jpeg": ".jpg",
        "image/png": ".png",
        "image/webp": ".webp",
        "text/plain": ".txt",
    }
