"""What the words of notes tell: suggestions, made offline, that people may take or leave."""
