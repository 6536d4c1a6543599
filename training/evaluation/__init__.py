"""Labelled pictures -> the reader's accuracy, calibration, rejections and robustness.

In: pictures as a person would give them, of digits and of anything else. Out: plain dictionaries of
numbers, which training/report writes into the model card.
"""
