"""Reviews: who must have approved a definition before it is released, who has, and what the gate makes of it.

A step of a Wagtail workflow that is a ReviewTask asks for so many approvals of a group. An approval holds for one definition, by
its sha256: the next change is reviewed again. Knows pages only as `builder` does (`translation_key`, `body`, ..); the face
`content.models` lends its models to Django. Doors: `actions` (the only writer), `counting`, `gate`, `mails`.
"""
