"""Turn the worker's readings into the answer, the probabilities and the boxes on the page."""
