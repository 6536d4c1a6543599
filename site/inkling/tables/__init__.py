"""Page -> cells: the page straightened, its lines taken out, its rows and columns found."""
