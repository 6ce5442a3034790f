"""The commands, one a module: each does its work and returns an exit code."""
