"""What `make bench` measured of passes, for docs/passes.md: typed in by hand, with the run that it is from."""

PASSES = """
"""
