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

How still they hold: in a held shot nothing changes under any of them, but for the film of silent_film. Under a moving
camera, once its motion is taken out, a pixel changes by so many levels of 255 (asked: 2; 0.65 where paper or a screen
stands behind; 1.06 without a pass); what stands still in footage flickers so many times as much as it did (1.5).

| | moving camera | footage |
| --- | --- | --- |
| cel_shaded | 1.03 | 1.16 |
| claymation | 1.14 | 0.74 |
| comic_halftone | 32.46 | 1.88 |
| paper_cutout | 1.17 | 1.09 |
| silent_film | 2.98 | 1.51 |
| van_gogh | 2.00 | 0.87 |
| vector_flat | 0.50 | 0.79 |
| voxel_blocks | 1.79 | 1.02 |
| watercolor | 3.90 | 0.13 |
"""
