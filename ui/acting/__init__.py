"""What can be done at the desk, when it makes sense, and what it does."""
