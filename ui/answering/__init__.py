"""Answers at the desk: what can be answered, the editor, what people answered back."""
