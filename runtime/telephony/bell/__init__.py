"""The bell: a process beside the server that tells pages, on a line which they hold open, that something changed at their telephone.

It says nothing more: the page then asks `/calls/`, as it would without a bell. `door` is what the process serves (`config.bell`),
`passes` how a page comes in, `ears` who listens, `rounds` what is looked at and how often. Pure: `folding`, `origins`.
"""
