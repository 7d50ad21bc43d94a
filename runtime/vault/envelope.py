"""The envelope: AES-256-GCM over padded bytes, bound to its place by the additional data (AAD).

`b"\x01" + nonce (12) + ciphertext and tag`. The plaintext is its length (4 bytes) and the data, filled up with zeros to a size
step, so that a length does not tell yes from no. The AAD names table, row, use and version: an envelope copied to
another row does not open there.
"""

import os
import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from runtime.vault.errors import KeyMissing, Tampered

__all__ = ["KeyMissing", "Tampered", "aad", "open_sealed", "seal"]

VERSION = b"\x01"
STEPS = (64, 128, 256, 512, 1024)
NONCE, TAG, HEAD = 12, 16, 4
LONGEST = 256 * 1024 * 1024


def aad(table: str, row: object, use: str, version: int = 1) -> bytes:
    """The place an envelope belongs to; the parts may not hold the separator."""
    return f"{table}|{row}|{use}|{version}".encode()


def seal(key: bytes, data: bytes, aad: bytes) -> bytes:
    """Seals `data` for the place `aad`; a new random nonce each time."""
    if len(data) > LONGEST:
        raise ValueError("too large to seal in one envelope")
    nonce = os.urandom(NONCE)
    return VERSION + nonce + AESGCM(key).encrypt(nonce, _pad(data), VERSION + aad)


def open_sealed(key: bytes, sealed: bytes, aad: bytes) -> bytes:
    """The data of an envelope, or `Tampered`."""
    sealed = bytes(sealed)
    if len(sealed) < 1 + NONCE + TAG + HEAD or sealed[:1] != VERSION:
        raise Tampered
    try:
        padded = AESGCM(key).decrypt(sealed[1 : 1 + NONCE], sealed[1 + NONCE :], VERSION + aad)
    except InvalidTag:
        raise Tampered from None
    (length,) = struct.unpack_from(">I", padded)
    if length > len(padded) - HEAD:
        raise Tampered
    return padded[HEAD : HEAD + length]


def _pad(data: bytes) -> bytes:
    size = HEAD + len(data)
    step = next((step for step in STEPS if size <= step), -(-size // STEPS[-1]) * STEPS[-1])
    return struct.pack(">I", len(data)) + data + bytes(step - size)
