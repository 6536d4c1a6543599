"""Run the page itself, in MicroPython, on the browser's main thread.

In: what a person draws or opens. Out: calls to the worker, and its answers shown on the page.
"""
