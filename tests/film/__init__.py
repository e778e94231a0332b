"""A day at the desk in pictures: the real desk, without a screen, with what real people wrote."""
