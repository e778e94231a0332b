"""The workshops of a large online home in PostgreSQL: several instances of the home share one database."""
