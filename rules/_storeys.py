"""The openings of a house, storey by storey: where windows stand, which are lit, door, shop, lantern and sign."""

from __future__ import annotations

from dataclasses import replace

from rules import _doors, _hangings, _noise, _shop
from rules._colour import RGB
from rules._row import House
from rules._site import Site, Work
from rules._windows import Window, window

GROUND = 1.98  #: height of the ground floor, metres

_AWNINGS = ("#a8483f", "#3f666b", "#7a5a2f", "#565a8a")
_SHOPS = ("#4a5a48", "#5b3a44", "#3d4c66")


def plain_window(site: Site, house: House, wall: RGB) -> Window:
    """A window of this house, to be placed by `replace`."""
    frame = site.tone("#e6d6bd") if house.seed % 5 < 3 else site.tone(house.wood)
    return Window(
        x=0.0, y=0.0, width=0.42, height=0.54, rise=0.0, lit=False, frame=frame, trim=site.tone(house.trim), wall=wall,
        shutter=None, blossoms=False, seed=house.seed,
    )  # fmt: skip


def upper(site: Site, work: Work, house: House, wall: RGB, lit: float) -> None:
    """Windows above the ground floor, and one in the gable."""
    plain = plain_window(site, house, wall)
    storeys = max(0, int((house.eaves - GROUND - 0.15) / 1.15))
    columns = max(1, round((house.width - 0.3) / 0.98))
    is_timber = house.kind == "timber"
    cell = house.width / columns
    wide = min(0.60, 0.52 * cell) * (0.8 if is_timber else 0.98)
    rise = 0.0 if is_timber else (0.0, 0.10, 0.24)[house.seed % 3] * wide
    has_shutters = not is_timber and _noise.chance(house.seed, 31) < 0.62 and cell > 1.84 * wide
    for k in range(storeys):
        high = (house.eaves - GROUND - 0.1) / storeys
        for j in range(columns):
            chance = _noise.chance(house.seed, 32, k, j)
            if columns > 2 and chance > 0.93:
                continue  # a blind field now and then
            place = replace(
                plain,
                x=house.left + cell * (j + 0.5) + 0.03 * (chance - 0.5),
                y=GROUND + high * k + 0.36 + 0.03 * (k % 2),
                width=wide, height=min(0.98, high - 0.58), rise=rise,
                lit=_noise.chance(house.seed, 33, k, j) < lit,
                shutter=site.tone(house.wood) if has_shutters else None,
                blossoms=_noise.chance(house.seed, 34, k, j) < 0.30,
                seed=house.seed + 101 * k + j,
            )  # fmt: skip
            window(site, work, place)
    if house.roof != "saddle":
        is_stepped = house.roof == "stepped"
        gable = replace(
            plain,
            x=(house.left + house.right) / 2,
            y=house.eaves + (0.10 if is_stepped else 0.14),
            rise=0.21 if is_stepped else 0.0,
            lit=_noise.chance(house.seed, 35) < 0.8 * lit,
            seed=house.seed + 9,
        )
        window(site, work, gable)


def door_at(house: House) -> float:
    """The middle of the door: at the end away from the opening in the first house, where no figure hides it."""
    at = 0.24 if (house.seed // 3) % 2 else 0.76
    if house.first:
        at = 0.70 if house.inner < 0 else 0.30
    return house.left + max(0.62, min(house.width - 0.62, house.width * at))


def ground_floor(site: Site, work: Work, house: House, wall: RGB, lit: float) -> None:
    """A door, and beside it a window, two, or a shop; lantern and sign."""
    x, wood = door_at(house), site.tone(house.wood)
    is_left = x - house.left < house.width / 2
    is_awake = lit > 0 and _noise.chance(house.seed, 41) < lit + 0.15
    height = 1.62 if house.kind == "timber" else 1.78
    _doors.door(site, work, _doors.Door(x, 0.80, height, is_awake, wood, site.tone(house.trim), wall, house.seed))
    left, right = (x + 0.72, house.right - 0.16) if is_left else (house.left + 0.16, x - 0.72)
    room = right - left
    if room > 1.15 and _noise.chance(house.seed, 42) < 0.55:
        cloth = (site.tone("#dcc9a8"), site.tone(_AWNINGS[house.seed % len(_AWNINGS)]))
        paint = site.tone(_SHOPS[house.seed % len(_SHOPS)])
        _shop.shop(site, work, _shop.Shop(left + 0.05, right, 1.50, is_awake, paint, cloth, house.seed))
    elif room > 0.55:
        count = 2 if room > 1.55 else 1
        plain = plain_window(site, house, wall)
        for k in range(count):
            beside = replace(
                plain,
                x=left + room * (k + 0.5) / count, y=0.72, width=min(0.62, 0.62 * room / count), height=0.92,
                lit=_noise.chance(house.seed, 43, k) < lit, shutter=wood if room / count > 1.15 else None,
                blossoms=_noise.chance(house.seed, 44, k) < 0.35, seed=house.seed + 55 + k,
            )  # fmt: skip
            window(site, work, beside)
    is_evening = lit > 0.15
    if _noise.chance(house.seed, 45) < 0.6 or house.first:
        side = 1 if is_left else -1
        _hangings.lantern(site, work, (x + side * 0.52, 1.80), side, is_evening)
    if house.first and house.inner > 0:
        _hangings.sign(site, work, (house.right - 0.02, 2.42), 1, house.seed)
    elif house.first:
        _hangings.lantern(site, work, (house.left + 0.02, 2.30), -1, is_evening)
