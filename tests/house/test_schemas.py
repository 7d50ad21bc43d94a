"""The published schemas say what the code says."""

from tests.schemas import FOLDER, pages


def test_the_schemas_are_made_of_the_code() -> None:
    """If not: `python -m tests.schemas`."""
    written = {file.name: file.read_text(encoding="utf-8") for file in FOLDER.glob("*.json")}
    assert written == pages()
