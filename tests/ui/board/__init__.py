"""Tests of the board, by mouse and by keyboard."""
