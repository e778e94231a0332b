"""The online home: many workshops in one process without a screen, for people at home and for desks that share them."""
