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
"""


def main() -> None:
    """Print the page."""
    knowledge = load_knowledge()
    language = load_language(knowledge)
    print(_HEAD)
    shown = 0
    for path in sorted(LETTERS.iterdir(), key=lambda p: (p.suffix not in _TYPES, p.name)):
        if path.suffix not in _TYPES or shown == MOST:
            continue
        for letter in _letters(path, language):
            tasks = _tasks(letter, language) if shown < MOST else ()
            for task in tasks[:1]:
                print(_section(path.name, letter, task))
                shown += 1


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


def _section(name: str, letter: Letter, task: Task) -> str:
    reasons = ", ".join(reason.category.value.replace("_", " ") for reason in task.denial_reasons) or "none found"
    head = [
        f"## {name}\n",
        f"{letter.kind.value.replace('_', ' ')} of {task.payer or 'a payer not read'}"
        f" ({letter.letter_date.value if letter.letter_date else 'no date'},"
        f" {letter.service_timing.value.replace('_', ' ')}, track {task.track.replace('_', ' ')},"
        f" to the {letter.addressee.value}); reasons: {reasons}.\n",
        f"**{task.action.value.replace('_', ' ')}**, level {task.level}, {task.state.value.replace('_', ' ')},"
        f" due **{task.due or 'not known'}**, filed by the {task.filer}: {task.due_why}.\n",
        "| | step | by | where |",
        "| --- | --- | --- | --- |",
    ]
    rows = [
        f"| {s.order} | {s.do} | {s.by or ''} | {s.channel.value if s.channel else ''} {s.contact or ''} |"
        for s in task.steps
    ]
    return "\n".join([*head, *rows, ""])


if __name__ == "__main__":
    main()
