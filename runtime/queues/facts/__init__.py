"""Facts: every figure of the work is a fold of events and attempts. Pure.

    rows -> `told` (frozen values) -> `lives.steps` (each event with what its item had behind it)
         -> `counts.increments` (what a step adds to which count) and `presence` (an agent's time) and `clocks` (an item's time)

What a step adds are whole numbers under keys. So the facts of a span are the sum of its days, in any order, and a day that goes on is
what was kept plus what came since; nothing has to be read twice. `readings` says what people ask, from those numbers alone.
"""
