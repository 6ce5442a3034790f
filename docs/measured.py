"""What `make bench` measured of passes, for docs/passes.md: typed in by hand, with the run that it is from."""

PASSES = """\
Measured by `make bench` on one core of a shared machine, at 1080p, in ms of processor time: a frame of a street with
two figures under a moving camera, composed and passed (asked in brackets); a frame of footage (40, van_gogh 80); the
dearest plate of that street (1,500, van_gogh 4,000) and the dearest part of a figure (120) restyled.

| | scene | footage | plate | figure |
| --- | --- | --- | --- | --- |
| cel_shaded | 27 (25) | 27 | 283 | 10 |
| claymation | 30 (25) | 30 | 144 | 13 |
| comic_halftone | 38 (30) | 25 | 349 | 10 |
| paper_cutout | 25 (25) | 34 | 411 | 34 |
| silent_film | 40 (25) | 14 |  |  |
| van_gogh | 27 (35) | 71 | 677 | 65 |
| vector_flat | 24 (25) | 24 | 769 | 22 |
| voxel_blocks | 24 (25) | 19 | 101 | 12 |
| watercolor | 43 (30) | 32 | 984 | 13 |
"""
