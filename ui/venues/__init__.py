"""The venues of a workshop at the desk: which there are, what each said, and the board of one alone."""
