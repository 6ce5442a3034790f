"""What `make bench` measured of passes, for docs/passes.md: typed in by hand, with the run that it is from."""

PASSES = """\
Measured by `make bench` on one core of a shared machine, at 1080p, in ms of processor time: a frame of a street with
two figures under a moving camera, composed and passed (asked in brackets); a frame of footage (40, van_gogh 80); the
dearest plate of that street (1,500, van_gogh 4,000) and the dearest part of a figure (120) restyled.

| | scene | footage | plate | figure |
| --- | --- | --- | --- | --- |
| cel_shaded | 26 (25) | 32 | 368 | 9 |
| claymation | 29 (25) | 36 | 148 | 13 |
| comic_halftone | 34 (30) | 26 | 341 | 11 |
| paper_cutout | 25 (25) | 39 | 409 | 34 |
| silent_film | 33 (25) | 7 |  |  |
| van_gogh | 25 (35) | 64 | 638 | 62 |
| vector_flat | 21 (25) | 28 | 745 | 22 |
| voxel_blocks | 23 (25) | 18 | 97 | 12 |
| watercolor | 33 (30) | 31 | 942 | 13 |

Of a scene's frame composing alone is 22 to 25. Where all moves, as in a street film, footage takes 45 under
paper_cutout and 48 under claymation. The same at other sizes, with no bar:

| | scene, 720p | footage, 720p | scene, 4K | footage, 4K |
| --- | --- | --- | --- | --- |
| cel_shaded | 14 | 23 | 81 | 72 |
| claymation | 15 | 30 | 96 | 54 |
| comic_halftone | 19 | 26 | 117 | 54 |
| paper_cutout | 14 | 29 | 82 | 93 |
| silent_film | 18 | 4 | 113 | 29 |
| van_gogh | 14 | 40 | 89 | 246 |
| vector_flat | 13 | 22 | 75 | 57 |
| voxel_blocks | 13 | 8 | 78 | 105 |
| watercolor | 17 | 27 | 109 | 84 |

The first 15 s of the sample film take 2.3 times the bytes under silent_film that they take without it (asked: 3).

How still they hold: in a held shot nothing changes under any of them, but for the film of silent_film. Under a moving
camera, once its motion is taken out, a pixel changes by so many levels of 255 (asked: 2; 0.65 where paper or a screen
stands behind; 1.06 without a pass); what stands still in footage flickers so many times as much as it did (1.5).

| | moving camera | footage |
| --- | --- | --- |
| cel_shaded | 1.03 | 1.16 |
| claymation | 1.11 | 0.71 |
| comic_halftone | 18.56 | 1.49 |
| paper_cutout | 1.17 | 1.09 |
| silent_film | 3.02 | 1.44 |
| van_gogh | 2.00 | 0.87 |
| vector_flat | 0.50 | 0.79 |
| voxel_blocks | 1.79 | 1.02 |
| watercolor | 2.80 | 0.13 |
"""
