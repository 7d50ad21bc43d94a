"""The folder of a feed: whoever may write into it reaches nothing else."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from runtime.queues import folders


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "inbox" / "north").mkdir(parents=True)
    (tmp_path / "secret.csv").write_text("secret")
    return tmp_path / "inbox"


def names(root: Path, folder: str = "north") -> list[str]:
    with folders.opened(root, folder) as held:
        return [found.name for found in folders.files(held)]


@pytest.mark.parametrize(
    "text",
    ["", ".", "..", "a/..", "../a", "/a", "a/", "a//b", "a/.b", "a\\b", "a b", "a\n", "é", "done",
     "a/refused", "a/b/c/d/e/f", "x" * 64],
)  # fmt: skip
def test_a_name_that_leads_elsewhere_is_no_folder(text: str, root: Path) -> None:
    assert not folders.is_folder(text)
    with pytest.raises(NotADirectoryError), folders.opened(root, text):
        pass


def test_a_link_is_not_followed_wherever_it_stands(root: Path) -> None:
    (root / "link").symlink_to(root.parent)
    (root / "north" / "inner").symlink_to(root.parent)
    for folder in ("link", "north/inner", "nowhere"):
        with (
            pytest.raises((NotADirectoryError, FileNotFoundError, OSError)),
            folders.opened(root, folder),
        ):
            pass
    (root / "north" / "a.csv").symlink_to(root.parent / "secret.csv")
    os.link(root.parent / "secret.csv", root / "north" / "b.csv")
    os.mkfifo(root / "north" / "c.csv")
    assert names(root) == []


def test_what_is_hidden_or_unfinished_is_no_list(root: Path) -> None:
    for name in (".a.csv", "a.csv.part", "a.filepart", "a.TMP", "a~", "good.csv"):
        (root / "north" / name).write_text("x")
    (root / "north" / "done").mkdir()
    assert names(root) == ["good.csv"]


def test_a_file_that_became_another_one_or_grew_is_not_read(root: Path) -> None:
    file = root / "north" / "a.csv"
    file.write_text("one")
    with folders.opened(root, "north") as held:
        (found,) = folders.files(held)
        assert folders.read(held, found, 10) == b"one"
        assert folders.read(held, found, 1) == b"on"
        file.write_text("two and more")
        assert folders.read(held, found, 100) is None
        file.unlink()
        file.symlink_to(root.parent / "secret.csv")
        assert folders.read(held, found, 100) is None


def test_a_file_is_moved_under_its_digest_and_goes_after_its_days(root: Path) -> None:
    (root / "north" / "a.csv").write_text("one")
    with folders.opened(root, "north") as held:
        (found,) = folders.files(held)
        assert folders.move(held, found, "0123456789", "done")
        moved = root / "north" / "done" / "01234567-a.csv"
        assert moved.read_text() == "one"
        now = datetime.now(UTC)
        folders.tidy(held, now - timedelta(days=7))
        assert moved.exists()
        folders.tidy(held, now + timedelta(days=1))
        assert not moved.exists()


def test_a_folder_for_what_is_done_that_is_a_link_takes_nothing(root: Path) -> None:
    (root / "north" / "a.csv").write_text("one")
    (root / "north" / "done").symlink_to(root.parent)
    with folders.opened(root, "north") as held:
        (found,) = folders.files(held)
        assert not folders.move(held, found, "0123456789", "done")
        folders.tidy(held, datetime.now(UTC) + timedelta(days=1))
    assert sorted(path.name for path in root.parent.iterdir()) == ["inbox", "secret.csv"]
