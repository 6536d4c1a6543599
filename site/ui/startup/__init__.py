"""Start the worker, restart it after a failure, and keep the page for offline use."""
