"""What somebody hostile, or a broken program, may hand over: definitions, bodies, formulas, patterns, states, events and files to play.
Each is answered by a problem or a refusal with its place, soon, and alike in both engines.
"""
