"""Feeds: standing arrangements to send mapped columns of an app's closed records to an institute.

`actions.deliver` is the door. A row (feed, record, revision) leaves once; a batch that is sent again has the same
file name and the same bytes. The national number never leaves; persons and records go under a pseudonym that is
the institute's own.
"""
