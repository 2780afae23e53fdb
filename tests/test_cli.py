"""The command line as a person meets it: a process, its exit code, one line where something is wrong."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

LETTER = """\
Example Health Plan
March 3, 2026

Member: {name}
Member ID: W123456789
Claim number: 26-0001

We have denied your request for onabotulinumtoxinA (J0585) because it is not medically necessary.
You may appeal within 180 days of the date of this letter.
"""


def denials(*arguments: object, **environ: str) -> subprocess.CompletedProcess[str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("DENIALS_", "PREFECT_"))}
    return subprocess.run(
        [sys.executable, "-m", "pipeline", *map(str, arguments)],
        capture_output=True, text=True, env=kept | environ, check=False, timeout=250,
    )  # fmt: skip


def letters(folder: Path, *names: str) -> list[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        (folder / f"{name}.txt").write_text(LETTER.format(name=f"Jane {name.title()}"))
    return [folder / f"{name}.txt" for name in names]


def assert_one_line(done: subprocess.CompletedProcess[str], code: int, *words: str) -> None:
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert all(word in done.stderr for word in words), done.stderr


def test_help_takes_half_a_second_of_work():
    denials("--help")
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = denials("--help")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)  # its own time: the machine may have other work
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 1.0
    for command in ("read", "run", "tasks", "status", "schedule", "export", "doctor", "evaluate", "review", "init",
                    "backup", "restore", "reprocess", "retry", "version"):  # fmt: skip
        assert f"\n  {command} " in done.stdout
    assert done.stderr == ""


def test_help_tells_every_command_in_whole_sentences_on_a_narrow_terminal():
    done = denials("--help", COLUMNS="60")
    assert "..." not in done.stdout.split("Every day:")[1]
    assert all(len(line) <= 60 for line in done.stdout.splitlines())
    assert [line for line in done.stdout.splitlines() if line.endswith(":") and line[0] != " "] == [
        "Options:", "Every day:", "Look at files, store nothing:", "In and out:", "Set up and keep running:",
        "How right, and by which knowledge:",
    ]  # fmt: skip


@pytest.mark.parametrize("command", ["read", "chart", "case", "form", "knowledge", "review"])
def test_help_names_arguments_without_the_types_of_our_code(command):
    done = denials(command, "--help")
    assert not set("<>{}") & set(done.stdout), done.stdout


def test_wrong_use_points_to_the_help_of_its_command():
    assert_one_line(denials("remind", "case-1"), 2, "denials remind: ", "--on", "Run denials remind --help")


def test_advice_follows_one_full_stop(tmp_path):
    (tmp_path / "noise.pdf").write_bytes(bytes(range(7)) * 40)
    done = denials("match", "--letter", tmp_path / "noise.pdf", "--chart", tmp_path)
    assert_one_line(done, 2, "The content is of a type that is not read. Send it")


def test_a_folder_without_documents_is_told(tmp_path):
    (tmp_path / "charts" / "p1").mkdir(parents=True)
    for command in (["chart"], ["evidence", "--indication", "migraine", "--chart"]):
        done = denials(*command, tmp_path / "charts" / "p1")
        assert done.returncode == 1
        assert "no document is in it\n" in done.stderr
    assert "only folders: name one patient's" in denials("chart", tmp_path / "charts").stderr


def test_a_data_folder_that_was_not_there_is_told_and_not_taken_for_an_empty_queue(tmp_path):
    first, second = (denials("tasks", "--data", tmp_path / "dta") for _ in range(2))
    assert f"data folder {tmp_path / 'dta'}: it was not there" in first.stderr
    assert second.stderr == ""
    assert first.stdout == second.stdout == "The queue is empty.\n"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("fetch",), "there is no such act"),
        (("add",), "it does not say which form. Name the payer's fillable PDF."),
        (("show",), "it does not say which form"),
        (("remove",), "it does not say which form"),
    ],
)
def test_an_act_on_forms_without_its_form_is_told_before_anything_is_made(tmp_path, arguments, words):
    assert_one_line(denials("form", *arguments, "--data", tmp_path / "data"), 2, words)
    assert not (tmp_path / "data").exists()


def test_no_form_is_told(tmp_path):
    assert "No form is loaded" in denials("form", "list", "--data", tmp_path / "data").stdout


def test_a_policy_is_named_once_above_what_it_asks():
    charts = Path(__file__).parents[1] / "sample_letters" / "charts"
    done = denials("readiness", "--chart", charts / "p001", "--payer", "Aetna", "--indication", "chronic_migraine")
    heads = [line for line in done.stdout.splitlines() if line.startswith("Aetna: ")]
    assert heads == [
        "Aetna: 0113, edition 2026-01-01 (compare with the policy itself: not verified)",
        "Aetna: General profile (label and common criteria), not this payer's own policy"
        " (compare with the policy itself: not verified)",
    ]
    assert "clinic_nurse" not in done.stdout


def test_help_imports_nothing_heavy():
    probe = "import sys; from pipeline import cli; print([m for m in sys.modules if m in set(sys.argv[1].split())])"
    heavy = "prefect spacy django pandas pdfplumber pypdfium2 PIL pydantic numpy"
    done = subprocess.run([sys.executable, "-c", probe, heavy], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_console_script_is_the_same_command():
    script = Path(sys.executable).with_name("denials")
    done = subprocess.run([script, "version"], capture_output=True, text=True, check=True)
    assert done.stdout == denials("version").stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("bogus",), ("denials: ", "bogus")),
        (("read",), ("denials read: ", "FILE")),
        (("read", "missing.pdf"), ("missing.pdf", "not there")),
        (("read", "/"), ("it is a folder",)),
        (("read", "--bogus", "x"), ("--bogus",)),
        (("tasks", "--as-of", "soon"), ("--as-of soon", "2026-05-01")),
        (("tasks", "--as-of", "9999-12-31"), ("--as-of 9999-12-31", "2026-05-01")),
        (("tasks", "--due-within", "99999999999"), ("--due-within",)),
        (("run", "--inbox", "/nowhere"), ("inbox", "/nowhere")),
        (("run",), ("inbox", "--inbox")),
        (("run", "--inbox", "/tmp", "--received", "2026-02-30"), ("--received",)),
        (("run", "--inbox", "/tmp", "--jobs", "many"), ("jobs",)),
        (("schedule", "--cron", "often", "--inbox", "/tmp"), ("cron", "five fields")),
        (("schedule", "--timezone", "Mars/Olympus", "--inbox", "/tmp"), ("timezone", "IANA")),
        (("evaluate", "/nowhere"), ("gold folder /nowhere", "not there", "NAME.gold.json")),
        (("evaluate", __file__), ("it is no folder", "NAME.gold.json")),
        (("evaluate", "/tmp", "--save", "/nowhere/run.json"), ("--save /nowhere/run.json", "folder is not there")),
        (("evaluate", "/tmp", "--against", "/nowhere.json"), ("run file /nowhere.json", "no such file", "--save")),
        (("worklist", "/nowhere.csv"), ("worklist /nowhere.csv", "not there", "CSV")),
        (("worklist", "/tmp"), ("worklist /tmp", "it is a folder", "CSV")),
        (("restore", "/tmp"), ("it is a folder", "denials backup")),
        (("export", "--format", "pdf", "--out", "x"), ("--format", "xlsx")),
        (("restore", "missing.backup"), ("missing.backup",)),
        (("retry", "0123"), ("0123",)),
    ],
)
def test_wrong_use_is_one_line_and_two(tmp_path, arguments, words):
    assert_one_line(denials(*arguments, DENIALS_DATA=str(tmp_path / "data"), COLUMNS="200"), 2, *words)


@pytest.mark.parametrize(
    ("text", "words"), [("jbos = 3", ("jbos", "denials.toml")), ("jobs = [", ("not TOML",)), ("jobs = 'x'", ("jobs",))]
)
def test_a_wrong_settings_file_is_one_line_and_two(tmp_path, text, words):
    (tmp_path / "denials.toml").write_text(text)
    for command in (["status"], ["run", "--inbox", "/tmp"], ["tasks"]):
        assert_one_line(denials(*command, "--data", tmp_path), 2, *words)


def test_an_unknown_variable_is_one_line_and_two(tmp_path):
    assert_one_line(denials("status", "--data", tmp_path, DENIALS_JBOS="3"), 2, "DENIALS_JBOS")


def test_a_wrong_practice_file_is_one_line_and_two(tmp_path):
    (tmp_path / "practice.yaml").write_text("nmes: [x]")
    (tmp_path / "in").mkdir()
    done = denials("run", "--inbox", tmp_path / "in", "--data", tmp_path, "--direct")
    assert_one_line(done, 2, "practice.yaml", "nmes")


@pytest.mark.slow
def test_no_tesseract_is_one_line_and_three(tmp_path):
    (file,) = letters(tmp_path, "a")
    assert_one_line(
        denials("read", file, PATH=str(tmp_path), TESSDATA_PREFIX=str(tmp_path)), 3, "Tesseract", "apt-get install"
    )


@pytest.mark.slow
def test_reading_keeps_the_order_and_stores_nothing(tmp_path):
    files = letters(tmp_path / "in", "b", "a", "c")
    (tmp_path / "home").mkdir()
    done = denials("read", *files, files[0], "--json", "--jobs", "2", HOME=str(tmp_path / "home"), TMPDIR=str(tmp_path))
    documents = json.loads(done.stdout)
    assert [d["file_name"] for d in documents] == ["b.txt", "a.txt", "c.txt", "b.txt"]
    assert documents[0] == documents[3]
    assert done.stderr == ""
    assert list((tmp_path / "home").iterdir()) == []
    assert sorted(p.name for p in tmp_path.iterdir()) == ["home", "in"]


@pytest.mark.slow
def test_a_bad_file_among_good_ones_is_quarantined_and_one(tmp_path):
    (good,) = letters(tmp_path, "a")
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"")
    done = denials("read", good, bad, "--json")
    assert done.returncode == 1
    assert [d["status"] for d in json.loads(done.stdout)] == ["read", "quarantined"]


def test_init_writes_two_files_once(tmp_path):
    data = tmp_path / "data"
    done = denials("init", "--data", data)
    assert done.returncode == 0
    assert {"denials.toml", "practice.yaml"} <= {p.name for p in data.iterdir()}
    (data / "practice.yaml").write_text("names: [Ours]\n")
    assert "left as it is" in denials("init", "--data", data).stdout
    assert (data / "practice.yaml").read_text() == "names: [Ours]\n"


def test_output_to_a_closed_pipe_is_quiet():
    command = f"{sys.executable} -m pipeline --help | true"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert done.stderr == ""


@pytest.mark.slow
def test_ctrl_c_while_reading_ends_cleanly(tmp_path):
    files = letters(tmp_path, *[f"n{number}" for number in range(200)])
    process = subprocess.Popen(
        [sys.executable, "-m", "pipeline", "read", *map(str, files), "--json"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert out == ""
    assert err.count("\n") == 1
