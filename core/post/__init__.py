"""The way back: letters to every contributor, what became of each, and what people may ask about themselves."""
