"""The flow map: what a script goes through, as a picture and in words. Pure.

`make` finds the stops of a definition, `draw` gives their picture (SVG), with a link at each stop; `said` says one.
"""

from builder.flow.drawing import draw, said
from builder.flow.stops import Map, Stop, make

__all__ = ["Map", "Stop", "draw", "make", "said"]
