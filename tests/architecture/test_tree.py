"""What the tree promises: readable files, no machine or registry named, layers that break when broken on purpose."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CODE = ("pipeline", "flows", "sample_letters", "tests", "benchmarks")


def tracked() -> list[Path]:
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=False
    )
    if listing.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listing.stdout.decode().splitlines() if (ROOT / name).is_file()]


def test_no_python_file_is_over_400_lines():
    long = [(p.name, n) for p in tracked() if p.suffix == ".py" and (n := len(p.read_text().splitlines())) > 400]
    assert long == []


def test_no_module_is_named_for_nothing():
    empty_names = {"utils", "helpers", "common", "base", "manager", "misc"}
    assert [p for p in tracked() if p.suffix == ".py" and p.stem in empty_names] == []


def test_no_file_names_a_registry_or_a_machine():
    registry = re.compile(r"https?://[^\s\"']*/(?:simple|packages)/|files\.python" + r"hosted")
    machine = re.compile("/" + r"(?:work/|root/\.|home/\w+/)")
    for path in tracked():
        if path.suffix in {".py", ".toml", ".md", ".yaml", ".lock", ".html", ""} and path.stat().st_size < 2_000_000:
            text = path.read_text(errors="ignore")
            assert not registry.search(text), path.name
            assert not machine.search(text), path.name


def test_every_pinned_package_has_a_hash():
    lock = (ROOT / "requirements.lock").read_text()
    pinned = re.findall(r"^([a-z0-9][\w.\-\[\]]*)==.*\\\n(\s+--hash=sha256:[0-9a-f]{64})", lock, re.MULTILINE)
    assert len(pinned) == len(re.findall(r"^[a-z0-9][\w.\-\[\]]*==", lock, re.MULTILINE)) > 100
    assert not (ROOT / "uv.lock").exists()


def test_fastapi_is_held_where_prefect_starts():
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    assert "fastapi>=0.139,<0.151" in wanted
    version = re.search(r"^fastapi==0\.(\d+)", (ROOT / "requirements.lock").read_text(), re.MULTILINE)
    assert version
    assert int(version.group(1)) < 151


@pytest.mark.slow
def test_a_clean_environment_from_the_lock_starts_prefects_server(tmp_path):
    uv = Path(sys.executable).parent / "uv"
    venv = tmp_path / "venv"
    subprocess.run([uv, "venv", "-q", "--python", sys.executable, venv], check=True)
    sync = [
        uv,
        "pip",
        "sync",
        "--system-certs",
        "-q",
        "--python",
        venv / "bin" / "python",
        "--require-hashes",
        ROOT / "requirements.lock",
    ]
    subprocess.run(sync, check=True)
    probe = "import prefect.server.api.server as s; s.create_app(); print('started')"
    environment = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(tmp_path),
        "PREFECT_HOME": str(tmp_path / "prefect"),
        "DO_NOT_TRACK": "1",
    }
    done = subprocess.run(
        [venv / "bin" / "python", "-c", probe], capture_output=True, text=True, env=environment, check=False
    )
    assert done.stdout.strip().endswith("started"), done.stderr[-500:]


BREAKS = [
    ("values/text.py", "pipeline.knowledge", "layers"),
    ("read/__init__.py", "pipeline.extract", "layers"),
    ("desk/desk.py", "flows", "flows-stand-on-desk"),
    ("made_tomorrow.py", "flows", "flows-stand-on-desk"),
    ("extract/kind/__init__.py", "prefect", "prefect-only-in-flows"),
    ("case.py", "django", "django-only-in-store-and-web"),
    ("extract/kind/__init__.py", "spacy", "spacy-only-in-language"),
    ("made_tomorrow.py", "spacy", "spacy-only-in-language"),
    ("split/__init__.py", "PIL", "readers-only-in-read"),
    ("output/packet/made_tomorrow.py", "pypdfium2", "readers-only-in-read"),
    ("packing.py", "pypdfium2", "output-reads-no-document"),
    ("store/__init__.py", "pandas", "pandas-only-in-output"),
]
"""A file of the pipeline, what it imports on purpose, and the contract that must tell."""


@pytest.fixture(scope="module")
def broken(tmp_path_factory):
    """What the linter says of each contract, by its id, about a tree that breaks all of them."""
    place = tmp_path_factory.mktemp("broken")
    for package in ("pipeline", "flows", "models"):
        shutil.copytree(ROOT / package, place / package, ignore=shutil.ignore_patterns("__pycache__", "*.yaml"))
    for file, imported, _ in BREAKS:
        target = place / "pipeline" / file
        target.write_text((target.read_text() if target.exists() else "") + f"\nimport {imported}\n")
    # What has no place in the layers is told before any of them is looked at.
    shutil.copy(ROOT / "pyproject.toml", place)
    undeclared = _linted(place)
    wanted = (ROOT / "pyproject.toml").read_text()
    assert wanted.count("\nexhaustive = true\n") == 1
    (place / "pyproject.toml").write_text(wanted.replace("\nexhaustive = true\n", "\n"))
    told = _linted(place)
    names = {one["id"]: one["name"] for one in tomllib.loads(wanted)["tool"]["importlinter"]["contracts"]}
    _, *parts = re.split(f"({'|'.join(map(re.escape, names.values()))})\n-+\n", told.partition("Broken contracts")[2])
    by_name = dict(zip(parts[::2], parts[1::2], strict=True))
    return {**{contract: by_name.get(name, "") for contract, name in names.items()}, "undeclared": undeclared}


def _linted(place):
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"], cwd=place, capture_output=True, text=True,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(place), "COLUMNS": "1000"}, check=False,
    )  # fmt: skip
    assert done.returncode == 1, done.stdout[-800:]
    return done.stdout


@pytest.mark.slow
@pytest.mark.parametrize(("file", "imported", "contract"), BREAKS, ids=[f"{b[2]}-{b[0]}" for b in BREAKS])
def test_each_contract_breaks_when_broken_on_purpose(broken, file, imported, contract):
    module = "pipeline." + file.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    assert re.search(rf"\b{re.escape(module)} -> {re.escape(imported)}\b", broken[contract]), broken[contract][-800:]


@pytest.mark.slow
def test_a_module_without_a_place_in_the_layers_is_told(broken):
    assert "pipeline.made_tomorrow" in broken["undeclared"]
