"""The rules: what studio knows how to draw, and the styles it can put over it."""
