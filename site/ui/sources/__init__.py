"""Bring pictures from files, clipboard, camera and MNIST. Out: a Picture, or rows of the table."""
