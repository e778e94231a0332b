"""Small panels over the window to pick one of a few things with a few keys."""
