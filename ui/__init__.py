"""The desk: what a facilitator sees and does."""
