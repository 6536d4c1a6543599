"""Keras network and constants -> digits.onnx, and proof that all runtimes agree.

In: a Keras model from glyphs to logits, the model file's architecture, and glyphs to compare on.
training/export_model.py calls both modules.
"""
