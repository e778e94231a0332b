"""Small questions: why to hide, what to export, help."""
