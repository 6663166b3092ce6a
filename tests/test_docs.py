"""What the documents say is true: their examples run, their commands and tables are those of the code."""

from __future__ import annotations

import doctest
import enum
import inspect
import re
from pathlib import Path

import attrs
import pytest

import sanctions_tracker
from sanctions_tracker import errors, model
from sanctions_tracker.model import vocabulary

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
TEST_COMMAND = "python -m pip install '.[test]' && python -m pytest"
CLI_COMMAND = "python -m pip install '.[cli]' && sanctions-tracker reconcile IR US"


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def examples(page: Path) -> list[str]:
    return [block for block in blocks(page, "python") if ">>>" in block]


@pytest.mark.parametrize("page", [page for page in PAGES if examples(page)], ids=name_of)
def test_the_examples_run(page: Path) -> None:
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    example = doctest.DocTestParser().get_doctest("\n".join(examples(page)), {}, name_of(page), str(page), 0)
    said: list[str] = []
    result = doctest.DocTestRunner(optionflags=flags).run(example, out=said.append)
    assert result.attempted > 0
    assert not result.failed, "".join(said)


def test_the_readme_has_examples() -> None:
    assert examples(ROOT / "README.md")


def test_the_code_that_needs_a_list_is_code() -> None:
    plain = [block for page in PAGES for block in blocks(page, "python") if ">>>" not in block]
    assert plain
    for block in plain:
        compile(block, "<docs>", "exec")
        for name in re.findall(r"\bst\.(\w+)", block):
            assert name in sanctions_tracker.__all__


@pytest.mark.parametrize("command", [TEST_COMMAND, CLI_COMMAND])
def test_the_readme_s_commands_stand_alone(command: str) -> None:
    assert f"{command}\n" in blocks(ROOT / "README.md", "sh")


def test_ci_runs_the_readme_s_test_command() -> None:
    assert TEST_COMMAND in (ROOT / ".ci/run").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_no_link_is_broken(page: Path) -> None:
    for link in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
        if not link.startswith("http"):
            assert (page.parent / link).exists(), link


def section(page: Path, heading: str) -> str:
    text = page.read_text(encoding="utf-8")
    found = re.search(rf"^##+ {heading}\n(.*?)(?=^##+ |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found is not None, f"{name_of(page)} has no section {heading}"
    return found[1]


@pytest.mark.parametrize("name", model.__all__)
def test_the_model_s_tables_are_those_of_the_code(name: str) -> None:
    table = section(ROOT / "docs/reference/model.md", name)
    rows = re.findall(r"^\| `(\w+)` \| `(.+)` \| (needed )?\|$", table, re.MULTILINE)
    kind = getattr(model, name)
    written = inspect.get_annotations(kind)
    assert [(field, as_type.replace("\\|", "|"), bool(needed)) for field, as_type, needed in rows] == [
        (field.name, written[field.name], field.default is attrs.NOTHING) for field in attrs.fields(kind)
    ]


WORDS = [
    kind
    for kind in vars(vocabulary).values()
    if isinstance(kind, type) and issubclass(kind, enum.StrEnum) and kind.__module__ == vocabulary.__name__
]


@pytest.mark.parametrize("kind", WORDS, ids=lambda kind: kind.__name__)
def test_the_words_are_those_of_the_code(kind: type[enum.StrEnum]) -> None:
    last = section(ROOT / "docs/reference/model.md", kind.__name__).strip().splitlines()[-1]
    assert last == ", ".join(f"`{word}`" for word in kind)


def test_the_tree_of_errors_is_that_of_the_code() -> None:
    (drawn,) = blocks(ROOT / "docs/reference/errors.md", "text")
    assert drawn.strip() in (errors.__doc__ or "")
