"""Keras network and constants -> digits.onnx, and proof that all runtimes agree.

In: a Keras model from glyphs to logits, the model file's architecture, and glyphs to compare on.
Both modules are called by training/export_model.py.
"""
