"""One workshop with others: how people come in, other desks, the online home, copies of other desks."""
