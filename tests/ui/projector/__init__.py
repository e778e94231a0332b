"""The projector: what may be on it, how it looks, how it is led from the desk."""
