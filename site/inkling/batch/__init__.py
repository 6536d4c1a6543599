"""Many pictures, on one machine or on many: names of files come in, rows of a table go out."""
