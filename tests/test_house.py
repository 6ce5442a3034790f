"""The checkable lines of the house style: layers, homes of libraries, tables equal to folders, sizes, purity."""

from __future__ import annotations

import ast
import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from rules.kits import KITS
from rules.plates import PLATES
from rules.props import PROPS
from rules.styles import STYLES
from studio import fingerprint
from studio.params import Params
from tests.conftest import ROOT

#: a module imports only from lines above its own
LAYERS = """
    errors
    params state history shares
    watch
    rule tree pins hashing
    rules outputs assembly memo
    progress values pool packs builders fingerprint segment tones
    guard
    own
    clip sets index picture gif
    action store pixels sound
    spec targets care
    schema video footage trial
    parallel contact
    studiofile visemes
    lookup
    scope
    project
    script
    reflexes
    headings
    stands
    acting
    camera
    rows
    slots match motion dials
    lens
    projection art
    timeline intertitles
    film graph
    borders
    keys why
    vectors easel drawings mapped
    shots
    plan
    job carried
    scheduler
    build
    workspace listeners
    commands
    cli
    start
    __main__
"""

#: each foreign library has one home
HOMES = {
    "yaml": {"studio.studiofile"},
    "networkx": {"studio.graph"},
    "sqlite3": {"studio.index"},
    "zstandard": {"studio.packs"},
    "av": {"studio.video", "studio.footage", "studio.sound"},
    "rich": {"studio.listeners.live"},
    "click": {"studio.cli"},
    "multiprocessing": {"studio.pool"},
}

#: longer than 400 lines, with the reason
LONG: dict[str, str] = {}

MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for package in ("studio", "rules")
    for path in sorted((ROOT / package).rglob("*.py"))
}
TREES = {name: ast.parse(path.read_text()) for name, path in MODULES.items()}
RULES = [name for name in MODULES if name.startswith("rules.")]
ENGINE = [name for name in MODULES if name.startswith("studio.")]


def imports_of(name: str, *, at_top: bool = False) -> set[str]:
    """Every module that one imports, by full name."""
    found: set[str] = set()
    nodes: Iterator[ast.AST] = iter(TREES[name].body) if at_top else ast.walk(TREES[name])
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert not node.level, f"{name} imports relatively"
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {i for i in inner if i in MODULES} or {node.module}
            if any(i not in MODULES for i in inner):
                found.add(node.module)
    return found


def layer_of(name: str) -> int:
    """The line of LAYERS that a module stands on; families stand together."""
    short = "rules" if name.split(".")[0] == "rules" else name.split(".")[1]
    for number, line in enumerate(LAYERS.strip().splitlines()):
        if short in line.split():
            return number
    raise AssertionError(f"{name} is in no layer: add it to LAYERS")


@pytest.mark.parametrize("name", ENGINE)
def test_imports_go_up_the_layers(name: str) -> None:
    for imported in imports_of(name):
        if imported == "studio" or imported.split(".")[0] not in ("studio", "rules"):
            continue
        family = name.split(".")[1] == imported.split(".")[1] if imported.startswith("studio.") else False
        assert family or layer_of(imported) < layer_of(name), f"{name} imports {imported}, which is not above it"


@pytest.mark.parametrize("library", HOMES)
def test_each_library_has_one_home(library: str) -> None:
    users = {name for name in MODULES if any(i.split(".")[0] == library for i in imports_of(name))}
    assert users == HOMES[library]


@pytest.mark.parametrize("name", RULES)
def test_rules_know_no_files_processes_or_store(name: str) -> None:
    allowed = {"numpy", "cv2", "PIL", "pydantic", "pydantic_core", "__future__", "typing", "dataclasses", "functools"}
    allowed |= {"collections", "math", "contextlib", "itertools", "types", "enum", "unicodedata", "re"}
    # Pillow takes the bytes of a font or a picture as a file in memory
    allowed |= {"io"} if name in ("rules._fontfile", "rules._free_picture") else set()
    for imported in imports_of(name):
        if imported.startswith("studio."):
            assert imported in ("studio.rule", "studio.params"), f"{name} imports {imported}"
        elif imported.startswith("rules."):
            last = imported.split(".")[-1]
            is_table = name in ("rules.kits", "rules.plates", "rules.props", "rules.styles")
            of_its_own = name.split(".")[-1] == f"_{last}"
            shows_figures = "model_sheet" in name and imported in ("rules.character", "rules.kits")
            assert last.startswith("_") or is_table or of_its_own or shows_figures, f"{name} imports {imported}"
        elif imported != "rules":
            assert imported.split(".")[0] in allowed, f"{name} imports {imported}"


@pytest.mark.parametrize("name", RULES)
def test_rules_are_pure(name: str) -> None:
    """No clock, no global random state, no environment, no files, no BLAS."""
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.BinOp):
            assert not isinstance(node.op, ast.MatMult), f"{name}:{node.lineno} multiplies matrices by BLAS"
        if isinstance(node, ast.Global):
            raise AssertionError(f"{name}:{node.lineno} has a global")
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            bad = (
                r"(np\.(dot|matmul|einsum|linalg.*|inner|vdot|tensordot)|open|print|input|hash|id|exec|eval|__import__)"
            )
            assert not re.fullmatch(bad, called), f"{name}:{node.lineno} calls {called}"
            assert not re.fullmatch(r"np\.random\.(?!default_rng|Generator).*", called), (
                f"{name}:{node.lineno} calls {called}"
            )
            if called.endswith("default_rng"):
                assert node.args, f"{name}:{node.lineno} draws without a seed"


@pytest.mark.parametrize(
    ("folder", "table"), [("kits", KITS), ("plates", PLATES), ("props", PROPS), ("styles", STYLES)]
)
def test_tables_are_equal_to_folders(folder: str, table: dict[str, object]) -> None:
    files = {p.stem for p in (ROOT / "rules" / folder).glob("*.py")} - {"__init__"}
    assert {name.replace("-", "_") for name in table} == files


@pytest.mark.parametrize(
    "rule", [*KITS.values(), *PLATES.values(), *PROPS.values(), *STYLES.values()], ids=lambda r: r.__name__
)
def test_a_rule_is_a_file_with_params_and_functions(rule: object) -> None:
    name = rule.__name__  # type: ignore[attr-defined]
    classes = [n for n in TREES[name].body if isinstance(n, ast.ClassDef)]
    assert [c.name for c in classes] == ["Params"]
    params = rule.Params  # type: ignore[attr-defined]
    assert issubclass(params, Params) and params.model_config["frozen"] and params.model_config["extra"] == "forbid"
    doc = ast.get_docstring(TREES[name]) or ""
    assert doc.split("\n\n")[0].endswith("."), "the first line is a sentence"
    for field_name, field in params.model_fields.items():
        assert field.description, f"{name}.{field_name} has no meaning"
        if field.annotation is float:
            low = any(hasattr(m, "ge") for m in field.metadata)
            high = any(hasattr(m, "le") for m in field.metadata)
            assert low and high, f"{name}.{field_name} has no range"
        assert field_name not in (
            "name",
            "z",
            "x",
            "seed",
            "passes",
            "lit_",
            "like",
            "strength",
            "plate",
            "prop",
            "rule",
        )


@pytest.mark.parametrize("name", MODULES)
def test_sizes(name: str) -> None:
    lines = MODULES[name].read_text().count("\n")
    assert lines <= 400 or name in LONG, f"{name} has {lines} lines: split it, or give a reason in LONG"
    for node in ast.walk(TREES[name]):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            size = (node.end_lineno or node.lineno) - node.lineno + 1
            assert size <= 80, f"{name}:{node.lineno} {node.name} has {size} lines"
            a = node.args
            count = (
                len(a.args)
                + len(a.posonlyargs)
                + len(a.kwonlyargs)
                - (bool(a.args) and a.args[0].arg in ("self", "cls"))
            )
            # a painter's stroke has its line, its look and where it goes; a command has its options
            assert count <= 8, f"{name}:{node.lineno} {node.name} has {count} parameters"


@pytest.mark.parametrize("name", MODULES)
def test_modules_open_with_a_sentence_and_have_good_names(name: str) -> None:
    doc = ast.get_docstring(TREES[name])
    assert doc and doc.split("\n\n")[0].rstrip().endswith((".", ":", "?")), f"{name} opens with no sentence"
    assert not re.search(r"(^|[._])(utils?|helpers?|common|misc|manager)($|[._])", name)


@pytest.mark.parametrize("name", MODULES)
def test_public_things_say_what_they_are(name: str) -> None:
    for node in TREES[name].body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
            if name.split(".")[-1].startswith("_"):
                continue  # shared pixels of the rules speak by their names
            assert ast.get_docstring(node) or name == "studio.commands.rules", (
                f"{name}.{node.name} says nothing of itself"
            )


@pytest.mark.parametrize("name", MODULES)
def test_nothing_happens_at_import(name: str) -> None:
    """No probing, no environment, no settings: only definitions, constants and tables."""
    for node in TREES[name].body:
        if isinstance(node, ast.If):
            test = ast.unparse(node.test)
            assert test in ("TYPE_CHECKING", "__name__ == '__main__'"), f"{name}:{node.lineno} decides at import"
            continue
        assert not isinstance(node, (ast.For, ast.While, ast.With, ast.Try)), f"{name}:{node.lineno} works at import"
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            raise AssertionError(f"{name}:{node.lineno} calls something at import")
        for inner in ast.walk(node) if isinstance(node, (ast.Assign, ast.AnnAssign)) else ():
            if isinstance(inner, ast.Attribute):
                assert ast.unparse(inner) not in ("os.environ", "os.getenv"), (
                    f"{name}:{inner.lineno} reads the environment"
                )


def test_only_the_command_line_prints() -> None:
    allowed = ("studio.commands.", "studio.cli", "studio.start", "studio.listeners.", "studio.parallel")
    for name in ENGINE:
        if name.startswith(allowed):
            continue
        for node in ast.walk(TREES[name]):
            assert not (isinstance(node, ast.Call) and ast.unparse(node.func) == "print"), (
                f"{name}:{node.lineno} prints"
            )


def test_modules_without_pixels_have_none() -> None:
    """What fingerprints leave out must not touch a pixel."""
    for name in fingerprint._WITHOUT_PIXELS:
        for imported in imports_of(name) if name in TREES else ():
            assert imported.split(".")[0] not in ("cv2", "PIL", "av"), f"{name} imports {imported}"


def test_planning_brings_no_pixels() -> None:
    """A dry run imports neither OpenCV nor PyAV nor rich, which would take longer than the plan."""
    code = (
        "import sys, studio.start, studio.cli, studio.commands.build;"
        "print([m for m in ('cv2', 'av', 'rich', 'PIL.Image') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout.strip() == "[]"


def test_no_cycles_even_between_functions() -> None:
    """Imports inside functions are for a faster start, never to dodge a cycle."""
    graph = {name: {i for i in imports_of(name) if i in MODULES and i != name} for name in MODULES}
    # a rule and its pixels know one another: the rule asks for them only when something is drawn
    for name in RULES:
        for imported in list(graph[name]):
            if imported.split(".")[-1] == f"_{name.split('.')[-1]}" or (name, imported) == (
                "rules.character",
                "rules._biped",
            ):
                graph[name].discard(imported)
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " -> ".join([*path, name])
        if name not in done:
            for imported in graph[name]:
                visit(imported, (*path, name))
            done.add(name)

    for name in graph:
        visit(name, ())


def test_the_engine_is_flat() -> None:
    folders = {p.name for p in (ROOT / "studio").iterdir() if p.is_dir()} - {"__pycache__"}
    assert folders == {"commands", "listeners", "templates"}, "a folder is a family of interchangeable parts"


def test_every_test_module_has_a_purpose() -> None:
    for path in (ROOT / "tests").rglob("test_*.py"):
        assert ast.get_docstring(ast.parse(path.read_text())), f"{path.name} opens with no sentence"
        assert not re.match(r"test_\d", path.name)


def test_importing_everything_works() -> None:
    for name in MODULES:
        if name != "studio.__main__":
            importlib.import_module(name)


def test_no_paths_of_a_machine_are_committed() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split(
        "\n"
    )
    for name in listed:
        path = Path(ROOT / name)
        if path.suffix in (".py", ".md", ".yaml", ".toml", ".sh") and path.exists():
            assert not re.search(r"(?<![\w.])/(root|home/\w+|Users)/", path.read_text()), name
