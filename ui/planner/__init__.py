"""The form in which a workshop is planned: about it, its questions, its agenda."""
