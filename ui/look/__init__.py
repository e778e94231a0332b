"""How the desk looks: colours, type, icons, the small parts every screen is made of."""
