"""The record of a workshop: one content model, and the forms it is given out in."""
