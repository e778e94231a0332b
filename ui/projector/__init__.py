"""The projector: what a room may see of a workshop, how it is drawn, and the window it stands in."""
