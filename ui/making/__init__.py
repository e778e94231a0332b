"""What is made as files in a process of its own: the record, prints, copies."""
