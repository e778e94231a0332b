"""Everything Sayback does without a screen."""
