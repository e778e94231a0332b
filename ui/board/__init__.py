"""The board: notes on frames of themes, on a raster graphics view."""
