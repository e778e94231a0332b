"""The outline: everything on the board as a list, for keyboards and screen readers."""
