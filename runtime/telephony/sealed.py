"""What telephony keeps sealed: the number of the other one, under a key of the call's own; and the keys of providers, which are
derived and lie nowhere; and the passes of the bell. The one client of the vault here.
"""

import base64
import binascii
import uuid

from runtime.vault.blind import blind, tokens_key
from runtime.vault.envelope import aad, open_sealed, seal
from runtime.vault.errors import SubjectDestroyed, Tampered
from runtime.vault.keys import create_subject, destroy_subject, process_key, subject_key, subkey

__all__ = ["SubjectDestroyed", "destroy_subject"]

BELL = "telephony bell"


def provider_key(code: str, serial: int) -> bytes:
    """The key that a provider signs with: made of the index key and the number of the provider's key."""
    return tokens_key(f"telephony {code} {serial}")


def seal_number(call: uuid.UUID, number: str) -> bytes:
    """Makes the call's key, and seals with it."""
    create_subject(call)
    return seal(_key(call), number.encode(), _aad(call))


def open_number(call: uuid.UUID, sealed: bytes) -> str:
    """Raises `SubjectDestroyed` once the call was forgotten."""
    return open_sealed(_key(call), sealed, _aad(call)).decode()


def references(told: str) -> tuple[str, str]:
    """The two ways a provider's call id may be kept: as it was told, and blind."""
    return told, "blind:" + blind("telephony call", told).hex()


def reference(told: str, number: str) -> str:
    """The call id as it is kept: as it was told only where it is seen not to hold the number of a person."""
    plain, hidden = references(told)
    digits = _digits(number)[-7:]
    return plain if len(digits) == 7 and digits not in _digits(told) else hidden


def seal_pass(told: bytes) -> str:
    """A pass of the bell, under a key of the installation; the number of that key stands before it."""
    number, key = process_key(BELL)
    raw = number.to_bytes(4, "big") + seal(key, told, _pass_aad(number))
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def open_pass(text: str) -> bytes | None:
    """None where it is none of ours."""
    try:
        raw = base64.b64decode(
            text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True
        )
        number = int.from_bytes(raw[:4], "big")
        return open_sealed(process_key(BELL, number)[1], raw[4:], _pass_aad(number))
    except (binascii.Error, ValueError, LookupError, Tampered):
        return None


def _pass_aad(number: int) -> bytes:
    return aad("telephony.bell", number, "pass")


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


def _key(call: uuid.UUID) -> bytes:
    return subkey(subject_key(call), "call number")


def _aad(call: uuid.UUID) -> bytes:
    return aad("telephony.call", call, "number")
