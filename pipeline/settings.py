"""Settings of one call: a flag over the environment (``DENIALS_*``) over ``denials.toml`` in the data folder.

Read by the command line, the flows, the review page and the evaluation, and passed down; nothing else looks at the
environment.

>>> load({"jobs": 2}, {"DENIALS_JOBS": "8"}).jobs
2
"""

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from platformdirs import user_data_path

from pipeline.errors import UsageError
from pipeline.values.limits import Limits

FILE_NAME = "denials.toml"
PRACTICE_NAME = "practice.yaml"
PREFIX = "DENIALS_"
_LOG_LEVELS = ("debug", "info", "warning", "error")
_CRON_FIELD = re.compile(r"(\*|\w+(-\w+)?)(/[1-9]\d*)?(,(\*|\w+(-\w+)?)(/[1-9]\d*)?)*")
_CRON_RANGES = ((0, 59), (0, 23), (1, 31), (1, 12), (0, 7))
_MEGA = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a person may choose, in the units of ``denials.toml``.

    ``data`` is the data folder; seconds are wall clock; ``mb`` are millions of bytes; ``cron`` has five fields and is
    read in ``timezone`` (an IANA name). ``database_url`` is None for the SQLite file in the data folder.
    """

    data: Path
    inbox: Path | None
    charts: Path | None
    jobs: int
    settle_seconds: float
    max_file_mb: int
    max_pages: int
    max_megapixels: int
    max_seconds: float
    max_memory_mb: int
    free_space_floor_mb: int
    cron: str
    timezone: str
    database_url: str | None
    review_host: str
    review_port: int
    second_factor: bool
    log_level: str

    @property
    def limits(self) -> Limits:
        """The bounds of one document's child process."""
        return Limits(
            max_bytes=self.max_file_mb * _MEGA,
            max_pages=self.max_pages,
            max_pixels=self.max_megapixels * _MEGA,
            seconds=self.max_seconds,
            memory_bytes=self.max_memory_mb * _MEGA,
        )

    @property
    def practice_file(self) -> Path | None:
        """``practice.yaml`` of the data folder, where there is one."""
        path = self.data / PRACTICE_NAME
        return path if path.is_file() else None


def defaults() -> dict[str, Any]:
    """Every key of ``denials.toml`` with the value it has when nothing is said."""
    limits = Limits()
    return {
        "inbox": None,
        "charts": None,
        "jobs": os.cpu_count() or 1,
        "settle_seconds": 2.0,
        "max_file_mb": limits.max_bytes // _MEGA,
        "max_pages": limits.max_pages,
        "max_megapixels": limits.max_pixels // _MEGA,
        "max_seconds": limits.seconds,
        "max_memory_mb": limits.memory_bytes // _MEGA,
        "free_space_floor_mb": 500,
        "cron": "15 4 * * *",
        "timezone": local_timezone(),
        "database_url": None,
        "review_host": "127.0.0.1",
        "review_port": 8741,
        "second_factor": False,
        "log_level": "warning",
    }


def load(flags: Mapping[str, object], environ: Mapping[str, str], *, data: Path | None = None) -> Settings:
    """The settings of this call; nothing is made on disk.

    Args:
        flags: what was said on the command line, by key; None where nothing was said.
        environ: the environment; a name that starts with ``DENIALS_`` and is no key is refused, an empty one is unset.
        data: the ``--data`` flag.

    Raises:
        UsageError: naming the key, the file or variable it came from, and what to do.
    """
    folder = data_folder(environ, data=data)
    chosen = defaults()
    chosen.update(_from_file(folder / FILE_NAME))
    chosen.update(_from_environment(environ))
    chosen.update({k: _checked(k, v, where="on the command line") for k, v in flags.items() if v is not None})
    return Settings(data=folder, **chosen)


def data_folder(environ: Mapping[str, str], *, data: Path | None = None) -> Path:
    """Where everything is kept: the flag, else ``DENIALS_DATA``, else the platform's folder for a user's data."""
    said = data or (Path(named) if (named := environ.get(f"{PREFIX}DATA")) else None)
    return (said.expanduser() if said else user_data_path("denials", appauthor=False)).absolute()


def as_environment(settings: Settings) -> dict[str, str]:
    """The settings as ``DENIALS_*`` variables, for a process that is started without our command line."""
    values = {field.name: getattr(settings, field.name) for field in fields(settings)}
    return {f"{PREFIX}{name.upper()}": str(value) for name, value in values.items() if value is not None}


def prepare(data: Path) -> Path:
    """The data folder, made if it is missing, private (mode 0700), with a private folder for temporary files in it.

    An empty folder, or one of ours, that others can read is made private; a strange one is refused, so that
    ``--data`` on the wrong folder changes nothing there.

    Raises:
        UsageError: it cannot be made, is no folder, or holds something else.
    """
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        if data.stat().st_mode & 0o077:
            if any(data.iterdir()) and not any((data / name).exists() for name in (FILE_NAME, PRACTICE_NAME, "tmp")):
                raise UsageError(
                    f"data folder {data}",
                    why="it holds something else and others can read it",
                    advice="Name an empty folder with --data, or run chmod 700 on it if it is the right one.",
                )
            data.chmod(0o700)
        (data / "tmp").mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise UsageError(
            f"data folder {data}",
            why=os.strerror(error.errno or 0).lower(),
            advice="Name a folder that you may write to, with --data or DENIALS_DATA.",
        ) from None
    return data


def local_timezone() -> str:
    """The machine's time zone as an IANA name; ``UTC`` where it does not say."""
    for candidate in (os.environ.get("TZ", "").lstrip(":"), _zone_of(Path("/etc/localtime")), "UTC"):
        if candidate and _is_zone(candidate):
            return candidate
    return "UTC"


def _zone_of(link: Path) -> str:
    _, found, zone = str(link.resolve()).partition("/zoneinfo/")
    return zone if found else ""


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (OSError, ValueError, KeyError):  # a folder, a bad name, an unknown one
        return False
    return name in available_timezones()


def _from_file(path: Path) -> dict[str, Any]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except NotADirectoryError:
        return {}
    except OSError as error:
        why = os.strerror(error.errno or 0).lower()
        raise UsageError(f"settings file {path}", why=why, advice="Give yourself the right to read it.") from None
    except UnicodeDecodeError:
        raise UsageError(f"settings file {path}", why="it is not UTF-8 text", advice="Save it as UTF-8.") from None
    except tomllib.TOMLDecodeError as error:
        raise UsageError(
            f"settings file {path}",
            why=f"it is not TOML: {error}",
            advice="Mend that line; `denials init --data` on an empty folder writes one to copy from.",
        ) from None
    return {key: _checked(key, value, where=f"in {path}") for key, value in content.items()}


def _from_environment(environ: Mapping[str, str]) -> dict[str, Any]:
    found = {}
    for name, value in environ.items():
        if name.startswith(PREFIX) and name != f"{PREFIX}DATA" and value:
            key = name.removeprefix(PREFIX).lower()
            found[key] = _checked(key, value, where=f"in the environment ({name})")
    return found


def _checked(key: str, value: object, *, where: str) -> Any:
    known = defaults()
    if key not in known:
        near = ", ".join(sorted(known))
        raise UsageError(f"setting {key} {where}", why="there is no such setting", advice=f"The settings are {near}.")
    try:
        return _converters()[key](value)
    except (TypeError, ValueError) as problem:
        raise UsageError(f"setting {key} {where}", why=str(problem), advice="Correct it, or leave it out.") from None


def _converters() -> dict[str, Any]:
    return {
        "inbox": _path,
        "charts": _path,
        "jobs": lambda v: _whole(v, least=1, most=256),
        "settle_seconds": lambda v: _number(v, least=0),
        "max_file_mb": _whole,
        "max_pages": _whole,
        "max_megapixels": _whole,
        "max_seconds": lambda v: _number(v, least=1),
        "max_memory_mb": lambda v: _whole(v, least=100),
        "free_space_floor_mb": lambda v: _whole(v, least=0),
        "cron": _cron,
        "timezone": _timezone,
        "database_url": lambda v: None if v == "" else _text(v),
        "review_host": _text,
        "review_port": lambda v: _whole(v, least=0, most=65_535),
        "second_factor": _yes_or_no,
        "log_level": _log_level,
    }


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise TypeError("it is not a text in quotes")
    return value.strip()


def _path(value: object) -> Path:
    if not isinstance(value, Path | str) or not str(value).strip():
        raise TypeError("it is not the name of a folder")
    return Path(value).expanduser().absolute()


def _number(value: object, *, least: float) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise TypeError("it is not a number")
    try:
        number = float(value)
    except ValueError:
        raise ValueError("it is not a number") from None
    if not least <= number < float("inf"):
        raise ValueError(f"it is below {least:g}")
    return number


def _whole(value: object, *, least: int = 1, most: int = 1_000_000) -> int:
    number = _number(value, least=float("-inf"))
    if not number.is_integer() or isinstance(value, float):
        raise ValueError("it is not a whole number")
    if not least <= number <= most:
        raise ValueError(f"it is not between {least} and {most}")
    return int(number)


def _cron(value: object) -> str:
    text = " ".join(_text(value).split())
    parts = text.split(" ")
    if len(parts) != 5 or not all(_CRON_FIELD.fullmatch(part) for part in parts):
        raise ValueError('it is not a cron line of five fields, as in "15 4 * * *"')
    for part, (least, most) in zip(parts, _CRON_RANGES, strict=True):
        numbers = re.findall(r"(?<![\w/])\d+", part)
        if not all(least <= int(number) <= most for number in numbers):
            raise ValueError(f"{part} is not between {least} and {most}")
    return text


def _timezone(value: object) -> str:
    name = _text(value)
    if not _is_zone(name):
        raise ValueError('it is not an IANA time zone, as in "America/New_York"')
    return name


def _yes_or_no(value: object) -> bool:
    said = {"true": True, "false": False}.get(str(value).lower())
    if said is None:
        raise ValueError("it is neither true nor false")
    return said


def _log_level(value: object) -> str:
    level = _text(value).lower()
    if level not in _LOG_LEVELS:
        raise ValueError(f"it is none of {', '.join(_LOG_LEVELS)}")
    return level
