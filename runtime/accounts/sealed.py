"""The rows of a list of accounts, sealed under the key of a subject made for the list."""

import json
from collections.abc import Sequence
from uuid import UUID

from runtime.vault.envelope import aad, open_sealed, seal
from runtime.vault.errors import SubjectDestroyed
from runtime.vault.keys import create_subject, destroy_subject, subject_key, subkey

__all__ = ["SubjectDestroyed", "create_subject", "destroy_subject"]

Row = tuple[int, list[str]]  # line number, cells


def seal_rows(number_of_list: UUID, chunk: int, rows: Sequence[Row]) -> bytes:
    data = json.dumps(list(rows), ensure_ascii=False, separators=(",", ":")).encode()
    return seal(_key(number_of_list), data, _where(number_of_list, chunk))


def open_rows(number_of_list: UUID, chunk: int, sealed: bytes) -> list[Row]:
    data = open_sealed(_key(number_of_list), sealed, _where(number_of_list, chunk))
    return [(line, cells) for line, cells in json.loads(data)]


def _key(number_of_list: UUID) -> bytes:
    return subkey(subject_key(number_of_list), "accounts")


def _where(number_of_list: UUID, chunk: int) -> bytes:
    return aad("accounts.accountlist", number_of_list, str(chunk))
