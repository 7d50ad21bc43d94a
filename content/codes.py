"""The code of an app, a list, a section: a word of machines, from its first letter to its last."""

CODE = r"\A[a-z][a-z0-9_]{0,62}\Z"
