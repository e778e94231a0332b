"""The desk's words for what has values and no words of its own: reasons, modes, days, what was done."""
