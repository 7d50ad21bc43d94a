"""Tests that live with a script: runs that were kept, played again on each draft, and a failing one stops the release.

`expecting` says what a run leads to and what differs, `following` finds renamed blocks again, `saying` words a difference,
`running` plays, `covering` tells what no test reaches, `suggesting` offers tests for that. `actions` is the only writer. What plays is
bound in `builder.playing`.
"""
