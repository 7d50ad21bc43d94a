"""How long an app's records are kept, what must be kept all the same (legal hold), and the task that erases what is over.

Opens nothing: what is over follows from an app and the day a record was closed. Erasing is done by `records` and `parties`.
"""
