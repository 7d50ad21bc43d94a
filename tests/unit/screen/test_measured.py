"""The figure of the screen compares like with like."""

from tests.bench.drawing import ways


def test_the_plain_assembly_draws_what_the_screen_draws():
    ours, plain = ways()
    assert plain() == ours()
