"""Cut, read and review pages. In: a picture or a document. Out: a part of it, or its tables."""
