"""What an output takes over from its clip beside the pictures: sound and times; and what of a clip it cannot hold."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from studio.clip import Clip
from studio.plan import Wish


def extras_of(wish: Wish) -> Any:
    """Sound and times of a film that is nothing but a clip."""
    from studio import video  # brings PyAV

    clip = wish.clip
    if clip is None:
        return video.Extras()
    return video.Extras(clip.marks(wish.every) if wish.every else None, clip.path, clip.start)


def notes_of(wish: Wish) -> Iterator[str]:
    """What people may want to know of a clip on its way into an output."""
    name = wish.output.name
    clips = {shot.clip.path: shot.clip for shot in wish.film.shots if shot.clip is not None}
    for clip in clips.values():
        if clip.hdr:
            yield f"{clip.path.name} is HDR ({clip.hdr}); {name} shows it in SDR, BT.709"
        if clip.has_alpha and not wish.keeps_alpha:
            ground = "white" if clip.ground else "black"
            yield f"{clip.path.name} is transparent in places; {name} is not, and shows it over {ground}"
    if wish.clip is not None:
        yield from _of_one(wish, wish.clip)


def _of_one(wish: Wish, clip: Clip) -> Iterator[str]:
    """The same where the output is nothing but the clip."""
    name, container = wish.output.name, wish.container
    if container is None:
        if wish.every and clip.count > 1:
            yield f"{name} shows the first of the {clip.count} frames of {clip.path.name}"
        return
    if wish.every > 1:
        yield f"{name} shows one frame in {wish.every} of {clip.path.name}: a GIF has 50 a second at most"
    added = {"column": wish.output.width - clip.width, "row": wish.output.height - clip.height}
    if wish.every and any(added.values()):
        last = " and ".join(side for side, more in added.items() if more)
        yield f"{name} has the last {last} of {clip.path.name} twice: its sides must be even"
    if not clip.sound:
        return
    if container.sound is None:
        yield f"{name} holds no sound; that of {clip.path.name} is left out"
        return
    if clip.sound[0] not in container.holds:
        becomes = {"aac": "AAC", "libopus": "Opus"}[container.sound]
        yield f"{name} cannot hold sound in {clip.sound[0]}; that of {clip.path.name} becomes {becomes}"
    if len(clip.sound) > 1:
        yield f"{clip.path.name} has {len(clip.sound)} sound tracks; {name} holds the first"
