"""What a place of keys can do, and what the places that hold their keys in this process have in common."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

from runtime.vault.envelope import open_sealed, seal
from runtime.vault.errors import NO_KEY, KeyMissing, Tampered, Where
from runtime.vault.ring import Ring

Bound = tuple[bytes, bytes]  # what is wrapped or to be wrapped, and the place it is bound to


class KeyPlace(ABC):
    """A ring of numbered keys that wrap subject keys. Whatever it cannot do now raises `KeyMissing`."""

    in_order = False  # whether its oldest key is the first to be given up

    @property
    @abstractmethod
    def where(self) -> Where:
        """Its name in what people are told."""

    def at(self, _number: int) -> "KeyPlace":
        """Where the key of this number lies: here, unless the ring is in two places (`moving`)."""
        return self

    @abstractmethod
    def current(self) -> int:
        """The number under which new keys are wrapped."""

    @abstractmethod
    def numbers(self) -> frozenset[int]:
        """The numbers of all its keys."""

    def has(self, number: int) -> bool:
        """Whether it has a key of this number, also one that another process added a moment ago."""
        return number in self.numbers()

    @abstractmethod
    def root(self, number: int) -> bytes:
        """The root of the installation's own keys (run tokens, second factors) of this number."""

    @abstractmethod
    def wrap(self, number: int, keys: Sequence[Bound]) -> list[bytes]:
        """Each of `keys`, wrapped for its place."""

    @abstractmethod
    def unwrap(self, number: int, wrapped: Sequence[Bound]) -> list[bytes]:
        """The keys themselves; `KeyMissing` if one of them was not wrapped here, or for another place."""

    @abstractmethod
    def add(self, above: int = 0) -> int:
        """A further key, which is not used yet; its number, which is higher than `above`. One that was added and never used is taken again."""

    @abstractmethod
    def use(self, number: int) -> None:
        """From now on new keys are wrapped under `number`."""

    @abstractmethod
    def retire(self, number: int) -> None:
        """Gives a key up for good."""

    def foreign(self) -> KeyMissing:
        return KeyMissing.foreign(self.where)

    def lacks(self, number: int) -> KeyMissing:
        """What is told when something needs a key that is not here."""
        return KeyMissing.at(self.where, NO_KEY, number=number)


class HeldRing(KeyPlace):
    """A place whose keys are in the memory of this process."""

    @abstractmethod
    def there(self) -> bool:
        """Whether anything is where the keys should be, be it right or wrong."""

    @abstractmethod
    def ring(self) -> Ring:
        """The keys as they are now."""

    def current(self) -> int:
        return self.ring().current

    def numbers(self) -> frozenset[int]:
        return frozenset(self.ring().keys)

    def root(self, number: int) -> bytes:
        return self.ring().key(number)

    def wrap(self, number: int, keys: Sequence[Bound]) -> list[bytes]:
        wrapping = self.ring().key(number)
        return [seal(wrapping, key, bound_to) for key, bound_to in keys]

    def unwrap(self, number: int, wrapped: Sequence[Bound]) -> list[bytes]:
        wrapping = self.ring().key(number)
        try:
            return [open_sealed(wrapping, sealed, bound_to) for sealed, bound_to in wrapped]
        except Tampered:
            raise self.foreign() from None
