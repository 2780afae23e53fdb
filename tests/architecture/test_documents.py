"""What a reader meets first holds together: decisions have their lines, links lead somewhere, commands are told."""

import re
from pathlib import Path

import pytest

from pipeline.cli.commands import app

ROOT = Path(__file__).parents[2]
DOCS = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "docs").glob("*.md")),
    ROOT / "docs/decisions/README.md",
]
COMMANDS = {one.callback.__name__ for one in app.registered_commands if one.callback is not None}


def test_every_decision_has_one_line_and_every_line_a_decision():
    told = re.findall(
        r"^\| \[\d{4}\]\((.+?)\) \| .+ \|$", (ROOT / "docs/decisions/README.md").read_text(), re.MULTILINE
    )
    assert told == sorted(path.name for path in (ROOT / "docs/decisions").glob("0*.md"))


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_and_documents_named_are_there(path):
    text = path.read_text()
    links = {path.parent / link for link in re.findall(r"\]\(([^)#:]+)\)", text)}
    named = {ROOT / name for name in re.findall(r"\bdocs/[\w/-]+\.md\b", text)}
    assert [str(one) for one in sorted(links | named) if not one.exists()] == []


@pytest.mark.parametrize("path", DOCS[:-1], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_document_tells_of_a_command_that_is_not_there(path):
    said = set(re.findall(r"(?:`|bin/|^)denials ([a-z]+)", path.read_text(), re.MULTILINE))
    assert said <= COMMANDS


def test_every_command_is_told_in_the_list_of_commands():
    text = (ROOT / "docs/commands.md").read_text()
    assert sorted(name for name in COMMANDS if f"`{name}" not in text) == []


def test_the_changelog_can_be_read():
    unreleased = (ROOT / "CHANGELOG.md").read_text().split("\n## [Unreleased]\n")[1].split("\n## [")[0]
    assert len(unreleased.splitlines()) < 150
    assert re.findall(r"^### (.+)$", unreleased, re.MULTILINE) == [
        "Breaking, for whoever ran an earlier state", "Reading", "Understanding", "Deadlines", "Evidence and charts",
        "Desk", "Packets", "Exports", "Running it", "Fixed",
    ]  # fmt: skip
