"""`python -m tests.schemas` writes docs/schemas."""

import sys

from tests.schemas import FOLDER, pages


def main() -> int:
    """Write the files."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
