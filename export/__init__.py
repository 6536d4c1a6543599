"""Sources -> the files that the page loads."""
