"""The way back at the desk: the honest number, who stands where, and everything that puts letters into hands."""
