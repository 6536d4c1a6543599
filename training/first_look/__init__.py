"""Strokes -> the tiny network of the first look, taught by the digit network (distillation)."""
