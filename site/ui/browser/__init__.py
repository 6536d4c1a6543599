"""Wrap what the browser offers: elements, events, storage, downloads, scheduling, languages."""
