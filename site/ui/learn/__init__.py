"""Views to learn from, fetched when one is first opened: Inside, lessons, training."""
