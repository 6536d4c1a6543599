"""Fill the five views, one module each. In: the selected digit. Out: what the view shows of it."""
