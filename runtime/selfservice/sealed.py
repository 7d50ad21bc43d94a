"""What self-service asks of the vault: digests that only this installation can make, and the key that invitations are signed with."""

from runtime.vault.blind import blind, tokens_key


def hidden(use: str, *parts: str) -> str:
    """A digest of something that must be found again and not be read: 32 hexadecimal digits."""
    return blind(f"selfservice {use}", "|".join(parts)).hex()


def invitation_key() -> bytes:
    """The key of signed links."""
    return tokens_key("selfservice invitation")
