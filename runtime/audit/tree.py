"""The tree of hashes over the access log (RFC 6962, section 2.1): append a leaf, know the root, hold only its peaks.

Pure: bytes in, bytes out. The peaks are the roots of the full subtrees that make up a tree of a given size, the largest
first; they are all that is needed to go on from there, and the root follows from them.
"""

import hashlib
from collections.abc import Iterable

SIZE = 32
EMPTY = hashlib.sha256(b"").digest()  # the root of a tree without leaves


def leaf_hash(data: bytes) -> bytes:
    """A leaf and a node begin with different bytes, so that none passes for the other."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """A tree that grows at its end."""

    def __init__(self, size: int = 0, peaks: bytes = b"") -> None:
        """The tree of `size` leaves whose peaks these are. Whether they are is for the caller to prove by the root."""
        if size < 0 or len(peaks) != size.bit_count() * SIZE:
            raise ValueError(f"{len(peaks)} bytes are no peaks of a tree of {size} leaves")
        self.size = size
        self._peaks = [peaks[at : at + SIZE] for at in range(0, len(peaks), SIZE)]

    @property
    def peaks(self) -> bytes:
        return b"".join(self._peaks)

    def append(self, leaf: bytes) -> None:
        """`leaf` is a leaf's hash. As many peaks join as the size has ones at its end."""
        peaks, size = self._peaks, self.size
        while size & 1:
            leaf = node_hash(peaks.pop(), leaf)
            size >>= 1
        peaks.append(leaf)
        self.size += 1

    def extend(self, leaves: Iterable[bytes]) -> None:
        for leaf in leaves:
            self.append(leaf)

    def root(self) -> bytes:
        """From the smallest peak to the largest."""
        if not self._peaks:
            return EMPTY
        root = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            root = node_hash(peak, root)
        return root
