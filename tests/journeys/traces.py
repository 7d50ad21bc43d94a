"""Looks for personal data in the raw bytes of every file that an installation wrote."""

import base64
import json
from collections.abc import Iterable, Iterator
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
        data = file.read_bytes()
        for way, word in ways.items():
            if way in data:
                yield word, file.name
