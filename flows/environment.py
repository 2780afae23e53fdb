"""What Prefect may see and keep: a private home, no telemetry, no results, no logs in its database.

Prefect reads its settings when it is imported, so this runs before the first import of it and imports none itself.
"""

import os
import secrets
import sys
from collections.abc import MutableMapping
from pathlib import Path

from pipeline.settings import Settings, as_environment

HOME_NAME = "prefect"
_VACUUM_SECONDS = 30 * 24 * 3600
_LOGGING = """\
version: 1
disable_existing_loggers: false
formatters:
  plain:
    format: "%(asctime)s %(levelname)s %(name)s %(message)s"
handlers:
  file:
    class: logging.FileHandler
    filename: {file}
    formatter: plain
    encoding: utf-8
    delay: true
loggers:
  prefect:
    level: WARNING
    handlers: [file]
    propagate: false
"""


def settle_prefect(
    settings: Settings, *, api_url: str, page: bool = False, environ: MutableMapping[str, str] | None = None
) -> Path:
    """Put Prefect's settings and ours into the environment, for this process and its children; Prefect's home.

    Every ``PREFECT_*`` variable that was there is taken out: an API address or key of somewhere else, or an empty
    value that Prefect refuses, would send ids away or stop the batch.

    ``page``: the server shows Prefect's own page too.

    Raises:
        RuntimeError: Prefect was imported already, with other settings.
    """
    target = os.environ if environ is None else environ
    if environ is None and "prefect" in sys.modules:
        raise RuntimeError("Prefect was imported before its settings were made")
    home = private_home(settings.data)
    for name in [name for name in target if name.startswith("PREFECT_")]:
        del target[name]
    target.update(_prefect_settings(settings, home=home, api_url=api_url, page=page))
    target.update(as_environment(settings))
    return home


def private_home(data: Path) -> Path:
    """Prefect's home below the data folder, mode 0700."""
    home = data / HOME_NAME
    home.mkdir(mode=0o700, exist_ok=True)
    home.chmod(0o700)
    return home


def _prefect_settings(settings: Settings, *, home: Path, api_url: str, page: bool) -> dict[str, str]:
    auth = _auth_string(home)
    return {
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_UI_ENABLED": str(page).lower(),
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_HOME": str(home),
        "PREFECT_API_URL": api_url,
        "PREFECT_API_AUTH_STRING": auth,
        "PREFECT_SERVER_API_AUTH_STRING": auth,
        "PREFECT_SERVER_API_HOST": "127.0.0.1",
        "PREFECT_SERVER_EPHEMERAL_ENABLED": "false",
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{home / 'prefect.db'}",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(_VACUUM_SECONDS),
        "PREFECT_API_BLOCKS_REGISTER_ON_START": "false",
        "PREFECT_LOGGING_TO_API_ENABLED": "false",
        "PREFECT_LOGGING_CONFIG_PATH": str(_logging_file(home)),
        "PREFECT_LOGGING_LOG_PRINTS": "false",
        "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
        "PREFECT_TASKS_RUNNER_THREAD_POOL_MAX_WORKERS": str(settings.jobs),
        "OMP_THREAD_LIMIT": "1",
    }


def _auth_string(home: Path) -> str:
    """A password for Prefect's server, made once: other users of the machine reach the loopback address too."""
    path = home / "password"
    if not path.is_file():
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(f"denials:{secrets.token_urlsafe(24)}")
    return path.read_text(encoding="utf-8")


def _logging_file(home: Path) -> Path:
    """Prefect's logging goes to a private file, warnings and worse; nothing of it to the terminal."""
    path = home / "logging.yml"
    path.write_text(_LOGGING.format(file=_quoted(home / "prefect.log")), encoding="utf-8")
    return path


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
