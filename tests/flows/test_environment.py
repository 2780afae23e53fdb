"""What Prefect is allowed to see is settled before it is imported."""

import stat
import subprocess
import sys

import pytest

from flows.environment import settle_prefect
from pipeline.settings import load, prepare


@pytest.fixture
def settings(tmp_path):
    return load({"jobs": 3}, {}, data=prepare(tmp_path / "data"))


def test_telemetry_results_and_logs_are_off(settings):
    environ: dict[str, str] = {"PREFECT_API_KEY": "x", "PREFECT_CLOUD_API_URL": "https://example.invalid", "PATH": "p"}
    settle_prefect(settings, api_url="http://127.0.0.1:1/api", environ=environ)
    assert environ["DO_NOT_TRACK"] == "1"
    assert environ["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
    assert environ["PREFECT_LOGGING_TO_API_ENABLED"] == "false"
    assert environ["PREFECT_RESULTS_PERSIST_BY_DEFAULT"] == "false"
    assert environ["PREFECT_API_URL"] == "http://127.0.0.1:1/api"
    assert environ["DENIALS_JOBS"] == environ["PREFECT_TASKS_RUNNER_THREAD_POOL_MAX_WORKERS"] == "3"
    assert "PREFECT_API_KEY" not in environ
    assert "PREFECT_CLOUD_API_URL" not in environ
    assert environ["PATH"] == "p"


def test_the_home_is_private_and_the_password_is_kept(settings):
    first: dict[str, str] = {}
    second: dict[str, str] = {}
    home = settle_prefect(settings, api_url="http://127.0.0.1:1/api", environ=first)
    settle_prefect(settings, api_url="http://127.0.0.1:2/api", environ=second)
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert stat.S_IMODE((home / "password").stat().st_mode) == 0o600
    assert first["PREFECT_SERVER_API_AUTH_STRING"] == second["PREFECT_API_AUTH_STRING"]
    assert len(first["PREFECT_API_AUTH_STRING"]) > 30


@pytest.mark.slow
def test_prefect_takes_the_settings_over(settings):
    probe = """
import sys
from pathlib import Path
from pipeline.settings import load
from flows.environment import settle_prefect
settings = load({"jobs": 3}, {}, data=Path(sys.argv[1]))
settle_prefect(settings, api_url="http://127.0.0.1:9/api")
assert "prefect" not in sys.modules
from prefect.settings import get_current_settings
from prefect.task_runners import ThreadPoolTaskRunner
s = get_current_settings()
assert s.server.analytics_enabled is False
assert s.results.persist_by_default is False
assert s.logging.to_api.enabled is False
assert s.server.ephemeral.enabled is False
assert str(s.home) == str(settings.data / "prefect")
assert ThreadPoolTaskRunner()._max_workers == 3
assert s.server.services.db_vacuum.enabled == {"events", "flow_runs"}
try:
    settle_prefect(settings, api_url="http://127.0.0.1:9/api")
except RuntimeError:
    print("told")
"""
    done = subprocess.run([sys.executable, "-c", probe, settings.data], capture_output=True, text=True, check=False)
    assert done.stdout == "told\n", done.stderr
