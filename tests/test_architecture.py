"""The laws of the house that a program can check: floors, states, sizes, strict pages."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
GROUND = ("people", "history", "findings", "pages", "clock", "models", "refusals")
FLOORS = ["governance", "registry", "funding"]  # from 1 upwards; the ground is 0, the roof comes last
APPS = ["pcnportal", *FLOORS]
LAYERS = {  # inside an app: models <- workflow, calculation <- forms, filters, tables <- views <- urls
    "models": 0,
    "workflow": 1,
    "calculation": 1,
    "forms": 2,
    "filters": 2,
    "tables": 2,
    "views": 3,
    "urls": 4,
}
WRITES = {"update", "create", "acreate", "get_or_create", "update_or_create", "aupdate"}
MODULES = sorted(
    path for app in APPS for path in (ROOT / app).rglob("*.py") if "migrations" not in path.parts
)
TEMPLATES = sorted((ROOT / "templates").rglob("*.jinja"))


def show(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def floor(module: str) -> int | None:
    """0 for the ground, 1 to 3 for the apps, 4 for the roof, None for what is not ours."""
    app, _, rest = module.partition(".")
    if app in FLOORS:
        return FLOORS.index(app) + 1
    if app != "pcnportal" or not rest:
        return None
    return 0 if rest.split(".")[0] in GROUND else len(FLOORS) + 1


def imports(path: Path, tree: ast.AST) -> Iterator[str]:
    """Every module that a file imports, relative ones in full, with names that may be modules themselves."""
    package = dotted(path).split(".") if path.name == "__init__.py" else dotted(path).split(".")[:-1]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            module = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{module}.{alias.name}" for alias in node.names)


def pointed_at(tree: ast.AST) -> Iterator[str]:
    """Apps named by a string in a relation of a model or in get_model."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in {"ForeignKey", "OneToOneField", "ManyToManyField", "get_model"} and node.args:
                target = node.args[0]
                if isinstance(target, ast.Constant) and isinstance(target.value, str):
                    yield target.value.partition(".")[0]


@pytest.mark.parametrize("path", MODULES, ids=show)
def test_imports_run_downwards_only(path):
    tree = ast.parse(path.read_text())
    own = floor(dotted(path))
    if own is None:
        return
    named = [*imports(path, tree), *pointed_at(tree)]
    assert [name for name in named if (other := floor(name)) is not None and other > own] == []


@pytest.mark.parametrize("path", MODULES, ids=show)
def test_inside_an_app_models_come_first_and_urls_last(path):
    def place(module: str) -> tuple[str, int | None]:
        parts = module.split(".")
        rest = parts[2:] if parts[0] == "pcnportal" else parts[1:]
        return ".".join(parts[: len(parts) - len(rest)]), LAYERS.get(rest[0]) if rest else None

    app, own = place(dotted(path))
    if own is None:
        return
    placed = [(name, place(name)) for name in imports(path, ast.parse(path.read_text()))]
    assert [
        name for name, (other, layer) in placed if other == app and layer is not None and layer > own
    ] == []


@cache
def models_with_a_status() -> set[str]:
    classes = (
        node
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.ClassDef)
    )
    return {
        made.name
        for made in classes
        for line in made.body
        if isinstance(line, ast.Assign | ast.AnnAssign)
        for target in (line.targets if isinstance(line, ast.Assign) else [line.target])
        if isinstance(target, ast.Name) and target.id == "status"
        if isinstance(line.value, ast.Call) and getattr(line.value.func, "attr", "").endswith("Field")
    }


def status_writes(tree: ast.AST) -> Iterator[int]:
    """Lines with x.status = …, setattr(x, "status", …), rows.update(status=…) or Case(status=…)."""
    constructors = models_with_a_status()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "status" and isinstance(node.ctx, ast.Store):
            yield node.lineno
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if getattr(getattr(node.func, "value", None), "attr", "") in ("filters", "globals"):
                continue  # names given to the templates, not columns
            keyword = any(keyword.arg == "status" for keyword in node.keywords)
            text = any(isinstance(part, ast.Constant) and part.value == "status" for part in node.args)
            if (keyword and (name in WRITES or name in constructors)) or (name == "setattr" and text):
                yield node.lineno


@pytest.mark.parametrize(
    "offence",
    [
        "case.status = 1",
        "setattr(case, 'status', 1)",
        "rows.update(status=1)",
        "Case.objects.create(status=1)",
    ],
)
def test_an_assigned_status_is_noticed(offence):
    assert list(status_writes(ast.parse(offence))) == [1]


@pytest.mark.parametrize("path", MODULES, ids=show)
def test_only_the_workflow_assigns_a_status(path):
    if path.relative_to(ROOT).parts[1] == "workflow":
        return
    assert list(status_writes(ast.parse(path.read_text()))) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=show)
def test_a_template_names_nothing_of_an_upper_app(path):
    app = path.relative_to(ROOT / "templates").parts[0]
    above = FLOORS[FLOORS.index(app) + 1 :] if app in FLOORS else []
    if app in GROUND:
        above = FLOORS
    named = re.findall(r"""['"](\w+)[:/]""", path.read_text())
    assert [name for name in named if name in above] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=show)
def test_a_template_has_no_inline_style_or_script(path):
    inline = [
        r"<style|\bstyle\s*=|['\"]style['\"]\s*:",
        r"<script(?![^>]*\bsrc=)|javascript:",
        r"\bon(click|change|submit|input|load|error|focus|blur|key\w+|mouse\w+)['\"]?\s*[=:]",
    ]
    assert re.findall("|".join(inline), path.read_text()) == []


def test_files_are_short():
    ours = [*MODULES, *TEMPLATES, *(ROOT / "tests").rglob("*.py"), *(ROOT / "static").glob("*.*s*")]
    long = {show(path): len(path.read_text().splitlines()) for path in ours}
    assert {name: lines for name, lines in long.items() if lines > 250} == {}
