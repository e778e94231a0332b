"""What a workshop is: its events, the board they fold to, the acts people may do, and undo."""
