"""The parts around the board: new notes, people, top bar, status line."""
