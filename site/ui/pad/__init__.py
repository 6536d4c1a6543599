"""Turn pen, finger, mouse and keyboard into a drawing, shown on the pad and handed to the worker.

In: pointer and key events. Out: strokes in the pad's units, and pixels of shape (H, W).
"""
