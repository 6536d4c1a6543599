"""Call the worker's functions. In: a name and plain values. Out: plain values or WorkerError."""
