"""The models seen from outside: which keys are known where, and the JSON Schema for editors and models."""

from __future__ import annotations

import types
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, Tag
from pydantic.json_schema import models_json_schema

from studio.sets import CHARACTER_MODELS
from studio.spec import KINDS


def json_schema() -> dict[str, Any]:
    """One schema for all kinds of file: which one is meant is told by the key that opens it."""
    models = dict.fromkeys((*KINDS.values(), *CHARACTER_MODELS.values()))
    _, shared = models_json_schema([(model, "validation") for model in models], ref_template="#/$defs/{model}")
    kinds = list(KINDS)
    branches = [
        {
            # a scene has a `place` too: the first kind that is there counts
            "if": {"required": [kind], "not": {"anyOf": [{"required": [other]} for other in kinds[:n]]}}
            if n
            else {"required": [kind]},
            "then": _content(kind),
        }
        for n, kind in enumerate(kinds)
    ]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "studio: a Studiofile, or a file that it names",
        "type": "object",
        "anyOf": [{"required": [kind]} for kind in KINDS],
        "allOf": branches,
        "$defs": shared["$defs"],
    }


def _content(kind: str) -> dict[str, Any]:
    """What may stand in a file of a kind; a character's `kit` says which of several."""
    if kind != "character":
        return {"$ref": f"#/$defs/{KINDS[kind].__name__}"}
    return {"oneOf": [{"$ref": f"#/$defs/{model.__name__}"} for model in CHARACTER_MODELS.values()]}


def fields_at(model: type[BaseModel], loc: Sequence[str | int]) -> list[str]:
    """The keys that a model knows at a path in it."""
    here: list[Any] = [model]
    for item in loc:
        here = [inner for outer in here for inner in _step(outer, item)]
    return sorted({key for inner in here for found in _models(inner) for key in _keys(found)})


def _keys(model: type[BaseModel]) -> list[str]:
    return [field.alias or name for name, field in model.model_fields.items()]


def _step(annotation: Any, item: str | int) -> Iterator[Any]:
    """What stands one step further down a path."""
    for model in _models(annotation):
        for name, field in model.model_fields.items():
            if item in (name, field.alias):
                yield field.annotation if not field.metadata else Annotated[field.annotation, *field.metadata]
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        if any(isinstance(m, Tag) and m.tag == item for m in inner[1:]):
            yield inner[0]
        else:
            yield from _step(inner[0], item)
    elif origin in (Union, types.UnionType):
        tagged = [
            a
            for a in inner
            if get_origin(a) is Annotated and any(isinstance(m, Tag) and m.tag == item for m in a.__metadata__)
        ]
        for member in tagged or inner:
            yield from [get_args(member)[0]] if tagged else _step(member, item)
    elif origin is tuple and isinstance(item, int):
        yield inner[0]
    elif origin is dict:
        yield inner[1]


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) is Annotated:
        yield from _models(get_args(annotation)[0])
    elif get_origin(annotation) in (Union, types.UnionType):
        for member in get_args(annotation):
            yield from _models(member)
