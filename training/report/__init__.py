"""Measures -> site/model/card.json, its plots, and the tables of README.md and MODEL_CARD.md."""
