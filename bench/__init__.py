"""Measurements with bars: `python -m bench [--json] [NAME...]`."""
