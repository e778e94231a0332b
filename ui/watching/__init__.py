"""What the desk keeps an eye on meanwhile, and how it says what it saw without getting in the way."""
