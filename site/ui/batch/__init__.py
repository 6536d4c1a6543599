"""Read several pictures into a table. In: files. Out: rows on the page, CSV and JSON."""
