"""Looks for personal data in the raw bytes of every file that an installation wrote, and proves that each kind of file is read."""

import base64
import contextlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatch
from pathlib import Path
from urllib.parse import quote, quote_plus


def encodings(word: str) -> set[bytes]:
    """The ways a word may lie in a file: plain, wide, escaped, quoted, and inside base64 at each of three offsets."""
    plain = word.encode()
    ways = {plain, word.encode("utf-16-le"), quote(word).encode(), quote_plus(word).encode()}
    ways |= {json.dumps(word)[1:-1].encode(), plain.hex().encode(), plain.hex().upper().encode()}
    for offset in range(3):
        whole = base64.b64encode(b"\0" * offset + plain)
        ways.add(
            whole[(offset * 8 + 5) // 6 : len(whole) - 4]
        )  # the letters that depend on the word alone
    return {way for way in ways if len(way) >= 6}


def found_in(files: Iterable[Path], words: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Each (word, file's name) where a word lies in clear."""
    ways = {way: word for word in words for way in encodings(word)}
    for file in files:
        data = _bytes(file)
        for way, word in ways.items():
            if way in data:
                yield word, file.name


def shown_in(page: str, *words: str) -> list[str]:
    """Which of some short words stand in a page by themselves: among the letters of its random tokens any of them may."""
    return [word for word in words if re.search(rf"\b{re.escape(word)}\b", page)]


def unread(files: Iterable[Path], controls: Mapping[str, str]) -> list[str]:
    """The kinds of file in which nothing was found of what must be: each kind is the shape of a path, and the word
    that lies in clear in one of its files. Empty where the search reads them all."""
    there = list(files)
    return [
        kind
        for kind, word in controls.items()
        if not any(found_in([file for file in there if fnmatch(str(file), kind)], [word]))
    ]


def _bytes(file: Path) -> bytes:
    """All of a file; nothing of one that a running database has taken away since it was listed."""
    with contextlib.suppress(FileNotFoundError):
        return file.read_bytes()
    return b""
