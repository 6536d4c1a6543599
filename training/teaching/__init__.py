"""Teach readers a person's hand, and measure what that changes."""
