"""Read the strokes in MicroPython while Python is loading. In: a drawing. Out: a first look."""
