"""`make mutants`: small faults in the pure core, one at a time, each played against the spec; a fault that nothing notices is a survivor.

`faults` finds what may be changed in a module, `cases` calls the spec's tests without pytest, `recorded` keeps what the browser's
engine said, `baseline` learns which cases reach which lines, `forks` tries one fault in a process of its own.
"""
