"""The tree: RFC 6962's known answers, and the same root whichever way it is built."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtime.audit.tree import EMPTY, SIZE, Tree, leaf_hash, node_hash

# The inputs and roots of the reference implementation of Certificate Transparency.
INPUTS = (
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
)
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)


def grown(leaves: list[bytes]) -> Tree:
    tree = Tree()
    tree.extend(leaves)
    return tree


def as_defined(leaves: list[bytes]) -> bytes:
    """Section 2.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return node_hash(as_defined(leaves[:split]), as_defined(leaves[split:]))


@pytest.mark.parametrize("size", range(1, len(ROOTS) + 1))
def test_the_known_answers(size: int) -> None:
    leaves = [leaf_hash(bytes.fromhex(text)) for text in INPUTS[:size]]
    assert grown(leaves).root().hex() == ROOTS[size - 1]


def test_a_tree_without_leaves_has_the_root_of_nothing() -> None:
    assert Tree().root() == EMPTY == as_defined([])


leaves_of = st.lists(st.binary(max_size=4).map(leaf_hash), max_size=70)


@given(leaves_of)
def test_the_root_is_the_one_of_the_definition(leaves: list[bytes]) -> None:
    assert grown(leaves).root() == as_defined(leaves)


@given(leaves_of, st.integers(0, 70))
def test_a_tree_goes_on_from_its_peaks(leaves: list[bytes], cut: int) -> None:
    first = grown(leaves[:cut])
    again = Tree(first.size, first.peaks)
    again.extend(leaves[cut:])
    assert again.root() == grown(leaves).root()
    assert len(again.peaks) == SIZE * again.size.bit_count()


@given(leaves_of.filter(len), st.data())
def test_another_leaf_or_another_order_is_another_root(
    leaves: list[bytes], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(leaves) - 1))
    changed = [*leaves[:at], leaf_hash(b"another"), *leaves[at + 1 :]]
    assert grown(changed).root() != grown(leaves).root()
    assert grown(leaves[:at]).root() != grown(leaves).root()
    swapped = [*leaves[at:], *leaves[:at]]
    assert (grown(swapped).root() == grown(leaves).root()) == (swapped == leaves)


@pytest.mark.parametrize(("size", "peaks"), [(1, b""), (3, b"x" * 32), (-1, b""), (4, b"x" * 33)])
def test_peaks_that_do_not_fit_a_size_are_refused(size: int, peaks: bytes) -> None:
    with pytest.raises(ValueError, match="no peaks"):
        Tree(size, peaks)
