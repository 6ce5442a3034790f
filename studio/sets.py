"""What the files say of characters, alphabets, places and passes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import ModuleType
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeAlias, get_args

from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    WithJsonSchema,
    WrapValidator,
    create_model,
    model_validator,
)
from pydantic_core import PydanticCustomError

from rules import _hand
from rules._hand import FaceName
from rules.character import CharacterParams
from rules.kits import KITS
from rules.plates import PLATES
from rules.props import PROPS
from rules.styles import STYLES
from rules.weather import Params as WeatherParams
from studio.own import Own, OwnRules
from studio.params import Params, Seed, knob
from studio.values import PICTURES, Name, Names, Spot, one_of, text_or


class _Character(Params):
    character: str = knob("", "its name, for people")
    like: Name | None = knob(None, "copy that character; the keys beside it replace")
    seed: Seed | None = knob(None, "instead of a seed from the name")


class CharacterSpec(_Character, CharacterParams):
    """A character's file."""


#: for each kit one model: what all characters have, and the kit's own parameters
CHARACTER_MODELS: dict[str, type[Params]] = {
    "biped": CharacterSpec,
    **{
        name: create_model(f"Character{name.title()}", __base__=(_Character, module.Params), __doc__=module.__doc__)
        for name, module in KITS.items()
    },
}


def _kit_tag(value: Any) -> str | None:
    return value.get("kit", "biped") if isinstance(value, dict) else getattr(value, "kit", None)


if TYPE_CHECKING:
    AnyCharacter: TypeAlias = CharacterSpec
else:
    AnyCharacter = one_of(CHARACTER_MODELS, _kit_tag, "a character needs a `kit` that exists")


FONTS = (".ttf", ".otf", ".ttc")


def _face(value: str) -> str:
    known = get_args(FaceName)
    if value not in known and not value.lower().endswith(FONTS):
        raise PydanticCustomError(
            "face", "`{value}` is no face, and no font file", {"value": value, "known": ",".join(known)}
        )
    return value


class AlphabetSpec(_hand.Look):
    """An alphabet: a face or a font file, and what is changed about it."""

    alphabet: str = knob("", "its name, for people")
    like: Name | None = knob(None, "copy that alphabet; the keys beside it replace")
    face: Annotated[str, AfterValidator(_face)] = knob("roman", "a face by name, or a font file (.ttf, .otf)")
    seed: Seed | None = knob(None, "instead of a seed from the name")

    @property
    def is_font(self) -> bool:
        return self.face.lower().endswith(FONTS)

    @model_validator(mode="after")
    def _pen_of_its_own(self) -> AlphabetSpec:
        drawn = [
            n for n in ("weight", "contrast", "serif", "x_height", "wobble", "bounce") if getattr(self, n) is not None
        ]
        if self.is_font and drawn:
            raise PydanticCustomError(
                "pen",
                "`{knob}` is for faces that are drawn with a pen; a font file takes slant, width and spacing",
                {"knob": drawn[0]},
            )
        return self


class _Plane(Params):
    name: Name | None = knob(None, "how others call it; left out, its plate or prop")
    z: float | None = knob(None, "depth; left out, the rule's usual one", low=0.5, high=5000, unit="m")
    seed: Seed | None = knob(None, "instead of a seed from the name")
    passes: tuple[Name, ...] = knob((), "styles of this plane alone (those that restyle drawings)")


class _Prop(_Plane):
    x: float = knob(0.0, "where it stands", low=-1000, high=1000, unit="m")
    lit: bool = knob(False, "whether it gives light when the scene begins")


def _with_knobs(
    base: type[Params], key: str, rules: Mapping[str, ModuleType], called: str = ""
) -> dict[str, type[Params]]:
    """For each rule one model: what all of that kind have, and the rule's own parameters."""
    return {
        name: create_model(  # type: ignore[call-overload]
            f"{called or key.title()}{''.join(word.title() for word in re.split('[-_]', name))}",
            __base__=(base, rule.Params),
            __doc__=rule.__doc__,
            **{key: (Literal[name], knob(..., f"the {key}"))},
        )
        for name, rule in rules.items()
    }


PLANE_MODELS = {**_with_knobs(_Plane, "plate", PLATES), **_with_knobs(_Prop, "prop", PROPS)}


def _plane_tag(value: Any) -> str | None:
    if isinstance(value, dict):
        return next((str(value[key]) for key in ("plate", "prop") if key in value), None)
    return getattr(value, "plate", None) or getattr(value, "prop", None)


def _bare_plane(value: Any) -> Any:
    """`sky` is `{plate: sky}`, and `{plate: art/castle.png}` is `{plate: picture, file: art/castle.png}`."""
    if isinstance(value, str):
        value = {"prop" if value in PROPS else "plate": value}
    plate = value.get("plate") if isinstance(value, dict) else None
    is_file = isinstance(plate, str) and plate.lower().endswith((*PICTURES, ".gif"))
    return {"file": plate, **value, "plate": "picture"} if is_file else value


if TYPE_CHECKING:
    Plane: TypeAlias = Any
else:
    _Written = one_of(PLANE_MODELS, _plane_tag, "a plane is a plate or a prop that exists")
    Plane = Annotated[_Written, BeforeValidator(_bare_plane, json_schema_input_type=str | _Written)]


class WeatherSpec(WeatherParams):
    """Something in the air, or clouds that are seen in the light alone."""

    kind: Literal["fog", "rain", "snow", "embers", "leaves", "overcast"] = knob(  # type: ignore[assignment]  # one more
        "fog", "what is in the air"
    )
    seed: Seed | None = knob(None, "instead of a seed from the place's name")


def _bare_weather(value: Any) -> Any:
    """`snow` is `[{kind: snow}]`."""
    if value is None:
        return value
    items = value if isinstance(value, (tuple, list)) else (value,)
    return tuple({"kind": item} if isinstance(item, str) else item for item in items)


if TYPE_CHECKING:
    Weather: TypeAlias = tuple[WeatherSpec, ...]
else:
    Weather = Annotated[
        tuple[WeatherSpec, ...],
        BeforeValidator(_bare_weather, json_schema_input_type=str | WeatherSpec | tuple[str | WeatherSpec, ...]),
    ]
Grade = Literal["film", "warm", "cool", "moon", "faded", "plain"]


class PlaceSpec(Params):
    """A place's file: planes from far to near, marks to stand on, the time of day."""

    model_config = ConfigDict(defer_build=False)  # files and scenes hold one, and take over what was built for it

    place: str = knob("", "its name, for people")
    like: Name | None = knob(None, "copy that place; the keys beside it replace")
    time: Literal["dawn", "day", "dusk", "night"] = knob("dusk", "the time of day")
    planes: tuple[Plane, ...] = knob((), "far to near; a bare name takes its rule's usual depth")
    marks: dict[Name, Spot] = knob({}, "names for spots on the floor")
    weather: Weather = knob((), "what is in the air: fog, rain, snow, embers, leaves, overcast; one or a list")
    grade: Grade = knob("film", "the tone of the finished picture")
    seed: Seed | None = knob(None, "instead of a seed from the name")


class _Pass(Params):
    like: Name | None = knob(None, "copy that pass; the keys beside it replace")
    preset: Name | None = knob(None, "values that go well together, by name; the keys beside it replace")
    strength: float = knob(1.0, "mixes the finished frame with and without the pass", low=0, high=1)
    only: Names = knob((), "characters and planes that it is for; left out, the whole picture")
    except_: Names = Field((), alias="except", description="characters and planes that it is not for")
    seed: Seed | None = knob(None, "instead of a seed from the name")


class _Preset(Params):
    pass


PASS_MODELS = _with_knobs(_Pass, "rule", STYLES)
OWN_TAG = "rules/*.py"  #: of rules that are not ours; no key is called so
_OwnName = Annotated[
    str, WithJsonSchema({"type": "string", "pattern": "^[a-z][a-z0-9_]*$", "not": {"enum": list(STYLES)}})
]


class OwnPass(_Pass):
    """A pass of the project's own: `rules/NAME.py` beside the Studiofile."""

    model_config = ConfigDict(extra="allow")
    rule: _OwnName = knob(..., "the rule, a file in `rules/`")


class OwnPreset(_Preset):
    """Values for a pass of the project's own."""

    model_config = ConfigDict(extra="allow")
    rule: _OwnName = knob(..., "the rule, a file in `rules/`")


@lru_cache(maxsize=64)
def _own_model(base: type[Params], own: Own) -> type[Params]:
    return _with_knobs(base, "rule", {own.name: own.module})[own.name]


def _of_own(base: type[Params], what: str) -> WrapValidator:
    """Checks what is said of a rule that is not ours. The project's own rules are the context: see `own.OwnRules`."""

    def check(value: Any, handler: Any, info: ValidationInfo) -> Any:
        rules: OwnRules | None = (info.context or {}).get("own")
        own = rules.find(value["rule"]) if rules is not None else None
        if rules is None or own is None:
            known = [*STYLES, *(rules.names() if rules is not None else ())]
            raise PydanticCustomError("unknown", f"{what}|{','.join(known)}")
        if rules.trouble(own.name) is not None:
            raise PydanticCustomError("own", "{name}", {"name": own.name})
        if not own.is_allowed:
            return handler(value)
        try:
            return _own_model(base, own).model_validate(value, strict=True, context=info.context)
        except ValidationError:
            raise
        except Exception as error:  # of a validator that somebody wrote
            said = f"{type(error).__name__}: {error}"
            raise PydanticCustomError("params", "its rule cannot take this: {said}", {"said": said}) from None

    return WrapValidator(check)


def _pass_tag(value: Any) -> str | None:
    rule = value.get("rule") if isinstance(value, dict) else getattr(value, "rule", None)
    return OWN_TAG if isinstance(rule, str) and rule not in STYLES else rule


if TYPE_CHECKING:
    PassSpec: TypeAlias = Any
    PresetSpec: TypeAlias = Any
else:
    _WHAT = "a pass needs a `rule` that exists", "a preset needs a `rule` that exists"
    _OWN_PASS, _OWN_PRESET = (
        Annotated[model, _of_own(base, what)]
        for model, base, what in zip((OwnPass, OwnPreset), (_Pass, _Preset), _WHAT, strict=True)
    )
    PassSpec = one_of({**PASS_MODELS, OWN_TAG: _OWN_PASS}, _pass_tag, _WHAT[0], OWN_TAG)
    _PRESET_MODELS = {**_with_knobs(_Preset, "rule", STYLES, "Preset"), OWN_TAG: _OWN_PRESET}
    PresetSpec = one_of(_PRESET_MODELS, _pass_tag, _WHAT[1], OWN_TAG)


if TYPE_CHECKING:
    PlaceOrName: TypeAlias = str | PlaceSpec
else:
    PlaceOrName = one_of({"text": Name, "inline": PlaceSpec}, text_or("inline"), "a place is a name, a file or a place")
