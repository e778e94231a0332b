"""The log and its files: the only room that knows SQL."""
