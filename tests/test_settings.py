"""A flag wins over the environment, and that over the file; whatever is wrong is one line that says what to do."""

import os
import stat
import tomllib
from pathlib import Path

import pytest

from pipeline.cli.starter import write_starter_files
from pipeline.errors import UsageError
from pipeline.settings import as_environment, data_folder, defaults, load, prepare


def write(data: Path, text: str) -> Path:
    (data / "denials.toml").write_text(text)
    return data


def test_flag_over_environment_over_file(tmp_path):
    data = write(tmp_path, 'jobs = 3\ncron = "0 1 * * *"\ninbox = "/in"\n')
    environ = {"DENIALS_JOBS": "5", "DENIALS_CRON": "0 2 * * *", "PATH": "x", "DENIALS_LOG_LEVEL": ""}
    settings = load({"jobs": 7, "cron": None}, environ, data=data)
    assert (settings.jobs, settings.cron, settings.inbox) == (7, "0 2 * * *", Path("/in"))
    assert settings.log_level == "warning"


def test_the_data_folder_comes_from_flag_then_environment_then_platform(tmp_path):
    environ = {"DENIALS_DATA": str(tmp_path / "b")}
    assert data_folder(environ, data=tmp_path / "a") == tmp_path / "a"
    assert data_folder(environ) == tmp_path / "b"
    assert data_folder({}).name == "denials"


def test_limits_are_in_bytes_and_pixels(tmp_path):
    limits = load({}, {}, data=write(tmp_path, "max_file_mb = 2\nmax_megapixels = 3\nmax_seconds = 9")).limits
    assert (limits.max_bytes, limits.max_pixels, limits.seconds) == (2_000_000, 3_000_000, 9.0)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("job = 3", "setting job in"),
        ('jobs = "two"', "setting jobs in"),
        ("jobs = 0", "not between 1 and 256"),
        ("jobs = true", "not a number"),
        ("jobs = 1.5", "not a whole number"),
        ("settle_seconds = -1", "below 0"),
        ('cron = "daily"', "five fields"),
        ('cron = "61 4 * * *"', "61 is not between 0 and 59"),
        ('cron = "0 */0 * * *"', "five fields"),
        ('cron = "0 4 1-32 * *"', "between 1 and 31"),
        ('timezone = "Mars/Olympus"', "IANA"),
        ('timezone = "../../etc/passwd"', "IANA"),
        ('log_level = "loud"', "none of debug"),
        ('inbox = ""', "name of a folder"),
        ("inbox = 3", "name of a folder"),
        ("[jobs]\na = 1", "not a number"),
        ("jobs = ", "not TOML"),
    ],
)
def test_a_wrong_file_is_one_line_that_names_it(tmp_path, text, words):
    with pytest.raises(UsageError) as problem:
        load({}, {}, data=write(tmp_path, text))
    assert words in str(problem.value)
    assert "denials.toml" in str(problem.value)
    assert "\n" not in str(problem.value)


@pytest.mark.parametrize("line", ["*/15 7-19 * * mon-fri", "0,30 4 1 jan *", "15  4 * * *", "0 0 * * 0,6"])
def test_cron_lines_that_are_fine(tmp_path, line):
    assert load({"cron": line}, {}, data=tmp_path).cron == " ".join(line.split())


def test_a_wrong_variable_is_named(tmp_path):
    with pytest.raises(UsageError, match="DENIALS_JBOS"):
        load({}, {"DENIALS_JBOS": "2"}, data=tmp_path)
    with pytest.raises(UsageError, match=r"DENIALS_REVIEW_PORT.*0 and 65535"):
        load({}, {"DENIALS_REVIEW_PORT": "99999"}, data=tmp_path)


def test_an_unreadable_file_is_one_line(tmp_path):
    (tmp_path / "denials.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError, match="not UTF-8"):
        load({}, {}, data=tmp_path)
    (tmp_path / "denials.toml").unlink()
    (tmp_path / "denials.toml").mkdir()
    with pytest.raises(UsageError, match="is a directory"):
        load({}, {}, data=tmp_path)


def test_settings_survive_the_way_through_an_environment(tmp_path):
    settings = load({"inbox": tmp_path / "in", "jobs": 3, "settle_seconds": 0.5}, {}, data=tmp_path)
    assert load({}, as_environment(settings)) == settings


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_the_data_folder_is_made_private(tmp_path):
    data = prepare(tmp_path / "a" / "b")
    assert mode(data) == mode(data / "tmp") == 0o700
    data.chmod(0o755)
    assert mode(prepare(data)) == 0o700


def test_a_strange_folder_is_left_alone(tmp_path):
    tmp_path.chmod(0o755)
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(UsageError, match="holds something else"):
        prepare(tmp_path)
    assert mode(tmp_path) == 0o755
    assert [p.name for p in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_file_is_no_data_folder(tmp_path):
    (tmp_path / "x").write_text("")
    with pytest.raises(UsageError, match="data folder"):
        prepare(tmp_path / "x")
    assert load({}, {}, data=tmp_path / "x").jobs == os.cpu_count()


def test_the_starter_file_names_every_key_and_changes_nothing(tmp_path):
    before = load({}, {}, data=tmp_path)
    assert all(written for _, written in write_starter_files(tmp_path))
    assert load({}, {}, data=tmp_path) == before
    text = (tmp_path / "denials.toml").read_text()
    assert all(f"# {key} = " in text for key in defaults())
    on = "\n".join(line.removeprefix("# ") for line in text.splitlines() if " = " in line)
    assert set(tomllib.loads(on)) == set(defaults())
    assert not any(written for _, written in write_starter_files(tmp_path))
    assert mode(tmp_path / "denials.toml") == mode(tmp_path / "practice.yaml") == 0o600
