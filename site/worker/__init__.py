"""The worker's thread, in Pyodide: the page's calls in, plain values out."""
