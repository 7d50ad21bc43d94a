"""Proposals: what somebody would change at a block; a committee decides, the draft's note says it, the next version has it done.

Doors: `actions` (the only writer), `places` (the blocks to choose from). Knows apps and versions, and pages only as `builder` does.
"""
