"""The addresses of channels, under a key of each channel's own. The one client of the vault here."""

from uuid import UUID

from runtime.vault.envelope import aad, open_sealed, seal
from runtime.vault.keys import create_subject, subject_key, subkey

__all__ = ["create_subject", "open_address", "seal_address"]


def seal_address(channel: UUID, address: str) -> bytes:
    return seal(_key(channel), address.encode(), aad("effects.channel", channel, "sealed"))


def open_address(channel: UUID, sealed: bytes) -> str:
    return open_sealed(_key(channel), sealed, aad("effects.channel", channel, "sealed")).decode()


def _key(channel: UUID) -> bytes:
    return subkey(subject_key(channel), "channel address")
