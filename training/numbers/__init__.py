"""Numbers with labels -> the learned numbers of the model file, and how well numbers are read.

In: pen strokes of whole numbers, and numbers composed of single digits. Out: costs of candidate
segments (fit_costs), acceptance weights (fit_acceptance), and measures for the card (evaluate,
false_acceptance, cross_validate).
"""
