"""The rehearsal: simulated phones that take part over real HTTP, and know of the workshop only what a phone knows."""
