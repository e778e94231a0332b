"""What the projector can show, one view in each file."""
