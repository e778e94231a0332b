"""What a phone sees: pages, notes, the live stream, limits and the guard at the door."""
