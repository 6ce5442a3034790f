"""Who listens to a build: a live view, a plain printer, a writer of JSON lines, a trace."""
