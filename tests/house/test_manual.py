"""The manual says what the spec says."""

from tests.spec.manual import MANUAL, pages


def test_the_manual_is_written_of_the_spec() -> None:
    """If not: `python -m tests.spec.manual`."""
    written = {file.name: file.read_text(encoding="utf-8") for file in MANUAL.glob("*.md")}
    assert written == pages()
