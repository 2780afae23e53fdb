"""What is to be done about thirty sample letters of mixed kinds: the table of docs/routes.md.

    python -m benchmarks.routes > docs/routes.md

Every letter stands alone, as if it had come on the day after its date; nothing is on file and no contract is known. The
sample letters are invented.
"""

from datetime import date, timedelta
from pathlib import Path

from pipeline.case import CaseLetter, cases_of, work_out
from pipeline.document import letters_of
from pipeline.knowledge import load_knowledge
from pipeline.language import Language, load_language
from pipeline.read import Tesseract, read
from pipeline.values.letter import Letter
from pipeline.values.limits import Limits
from pipeline.values.practice import Practice
from pipeline.values.task import Task

LETTERS = Path("sample_letters/letters")
MOST = 30
_TYPES = (".txt", ".md", ".pdf")
_HEAD = """# What the program plans

`python -m benchmarks.routes > docs/routes.md` makes this page: thirty invented letters of mixed kinds, each alone, as
if it had come on the day after its date, with no chart and no `practice.yaml`. Each plan was read through against the
law and practice it rests on.

| read through | plans | what was found |
| --- | --- | --- |
| 2026-11-26 and before | the first 20 | what was wrong was mended then |
| 2026-11-27 | all 30, 19 line by line | a corrected claim before the service (`eyelid-units-partial.txt`): mended |

Left: before the service the procedure note is asked for too, which helps only where treatments were given before; the
letter does not say whether they were.

| letter | what it says | what is to be done | due | goes to |
| --- | --- | --- | --- | --- |"""
_Plan = tuple[str, Letter, Task]


def main() -> None:
    """Print the page: a row for each plan, then the first of each action with its steps."""
    language = load_language(load_knowledge())
    plans: list[_Plan] = []
    for path in sorted(LETTERS.iterdir(), key=lambda p: (p.suffix not in _TYPES, p.name)):
        if path.suffix in _TYPES and len(plans) < MOST:
            found = ((letter, _tasks(letter, language)[:1]) for letter in _letters(path, language))
            plans += [(path.name, letter, task) for letter, tasks in found for task in tasks]
    plans = plans[:MOST]
    print(_HEAD)
    print("\n".join(_row(*plan) for plan in plans))
    print("\n## The first of each action, step by step\n")
    first = {task.action: (name, letter, task) for name, letter, task in reversed(plans)}
    print("\n".join(_section(*first[action]) for action in sorted(first)), end="")


def _letters(path: Path, language: Language) -> tuple[Letter, ...]:
    text = read(path.read_bytes(), ocr=Tesseract(seconds=60), limits=Limits())
    return letters_of(text, "0" * 64, language=language, practice=Practice())[0]


def _tasks(letter: Letter, language: Language) -> tuple[Task, ...]:
    written = date.fromisoformat(letter.letter_date.value) if letter.letter_date and letter.letter_date.value else None
    day = (written or date(2026, 11, 24)) + timedelta(days=1)
    return tuple(
        task
        for part in cases_of(letter)[:1]
        for task in work_out(
            [CaseLetter(letter=letter, received=day, claim_index=part.claim_index)],
            case_id="case", today=day, knowledge=language.knowledge, practice=Practice(),
        )
    )  # fmt: skip


def _row(name: str, letter: Letter, task: Task) -> str:
    goes = next((f"{step.channel.value} {step.contact}" for step in task.steps if step.channel and step.contact), "")
    told = f"{_words(letter.kind)}, {_words(letter.service_timing)}, {_words(task.track)}: {_reasons(task)}"
    return f"| {name} | {told} | {_words(task.action)}, level {task.level} | {task.due or 'not known'} | {goes} |"


def _section(name: str, letter: Letter, task: Task) -> str:
    steps = [f"{step.order}. {step.do}{f' (by {step.by})' if step.by else ''}" for step in task.steps]
    head = f"### {_words(task.action).capitalize()}: {name}\n\n{_words(letter.kind).capitalize()} of"
    written = letter.letter_date.value if letter.letter_date else "no date"
    why = f"{task.payer or 'a payer not read'} ({written}); filed by the {task.filer}; due {task.due}: {task.due_why}."
    return "\n".join([f"{head} {why}\n", *steps, ""])


def _reasons(task: Task) -> str:
    return ", ".join(_words(reason.category) for reason in task.denial_reasons) or "no reason found"


def _words(code: str) -> str:
    return code.replace("_", " ")


if __name__ == "__main__":
    main()
