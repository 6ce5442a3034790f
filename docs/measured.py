"""What `make bench` measured of passes, for docs/passes.md: typed in by hand, with the run that it is from."""

PASSES = """\
Measured by `make bench` on one core of a shared machine, at 1080p, in ms of processor time: a frame of a street with
two figures under a moving camera, composed and passed (asked in brackets); a frame of footage (40, van_gogh 80); the
dearest plate of that street (1,500, van_gogh 4,000) and the dearest part of a figure (120) restyled.

| | scene | footage | plate | figure |
| --- | --- | --- | --- | --- |
| cel_shaded | 21 (25) | 33 | 398 | 10 |
| claymation | 24 (25) | 32 | 155 | 13 |
| comic_halftone | 29 (30) | 23 | 333 | 10 |
| paper_cutout | 22 (25) | 32 | 389 | 39 |
| silent_film | 18 (25) | 5 |  |  |
| van_gogh | 24 (35) | 62 | 648 | 60 |
| vector_flat | 20 (25) | 24 | 829 | 22 |
| voxel_blocks | 22 (25) | 22 | 75 | 7 |
| watercolor | 29 (30) | 30 | 942 | 13 |

Of a scene's frame composing and grading are 19 to 23. Under silent_film two of three frames are made: at 16 film
frames a second in a film of 24, the third shows the one before. The same at other sizes, with no bar (an older run:
scenes have become some 5 % faster since):

| | scene, 720p | footage, 720p | scene, 4K | footage, 4K |
| --- | --- | --- | --- | --- |
| cel_shaded | 13 | 34 | 78 | 71 |
| claymation | 14 | 35 | 88 | 54 |
| comic_halftone | 19 | 26 | 113 | 53 |
| paper_cutout | 18 | 33 | 77 | 89 |
| silent_film | 10 | 2 | 62 | 18 |
| van_gogh | 13 | 37 | 84 | 241 |
| vector_flat | 12 | 24 | 64 | 53 |
| voxel_blocks | 13 | 9 | 72 | 124 |
| watercolor | 17 | 27 | 104 | 81 |

The first 15 s of the sample film take 2.3 times the bytes under silent_film that they take without it (asked: 3).

How still they hold: in a held shot nothing changes under any of them, but for the film of silent_film. Under a moving
camera, once its motion is taken out, a pixel changes by so many levels of 255 (asked: 2; 0.52 where paper or a screen
stands behind; 1.06 without a pass); what stands still in footage flickers so many times as much as it did (1.5).

| | moving camera | footage |
| --- | --- | --- |
| cel_shaded | 0.93 | 0.75 |
| claymation | 1.17 | 1.35 |
| comic_halftone | 19.13 | 1.47 |
| paper_cutout | 1.27 | 1.29 |
| silent_film | 5.27 | 1.44 |
| van_gogh | 2.00 | 0.87 |
| vector_flat | 0.40 | 0.83 |
| voxel_blocks | 1.64 | 1.11 |
| watercolor | 3.63 | 0.14 |
"""
