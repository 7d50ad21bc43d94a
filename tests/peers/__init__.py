"""Other houses' engines, to be measured beside ours and to be asked what they make of the same definition.

They are no part of this repository: `installing` fetches them by name into a folder that is not tracked. A definition is
written for each of them (`xforms`, `surveyjs`, `rules`), and a driver in Node plays the same answers in each.
"""
