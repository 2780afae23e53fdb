"""A FHIR R4 Bundle as a document of the chart. Coded, dated and of one patient; what it does not say stays None."""

import base64
import binascii
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from pipeline.charts.clinical import Clinical
from pipeline.charts.dates import days_between
from pipeline.errors import DocumentError, ProblemCode
from pipeline.knowledge.drugs import UNCLASSED, drug_phrases
from pipeline.values.chart import ChartDocument, Context, Fact, FactKind, Outcome

_PLANNED = {"draft", "proposal", "plan"}


Reader = Callable[[bytes, str], tuple[ChartDocument, tuple[Fact, ...]]]
"""Reads an attached document: its bytes and the name it is to have."""


def bundle_chart(
    data: object, *, file_name: str, clinical: Clinical, attached: Reader
) -> list[tuple[ChartDocument, tuple[Fact, ...]]]:
    """The patient and facts of a Bundle, and each document that is attached to it as one of its own.

    Raises:
        DocumentError: ``unsupported_type`` where the JSON is no Bundle.
    """
    if not isinstance(data, dict) or data.get("resourceType") != "Bundle":
        raise DocumentError(ProblemCode.UNSUPPORTED_TYPE)
    resources = [r for e in _list(data.get("entry")) if isinstance(r := _dict(e).get("resource"), dict)]
    patient = next((r for r in resources if r.get("resourceType") == "Patient"), {})
    medicines = {str(r.get("id")): _words(r.get("code")) for r in resources if r.get("resourceType") == "Medication"}
    own = {str(patient["id"])} if patient.get("id") else set()
    own |= {
        str(e.get("fullUrl")) for e in map(_dict, _list(data.get("entry"))) if patient and e.get("resource") is patient
    }
    facts = tuple(
        replace(f, context=Context.ANOTHER_PERSON) if _is_of_another(r, own) else f
        for r in resources
        for f in _facts(r, file_name=file_name, clinical=clinical, medicines=medicines)
    )
    days = [f.date for f in facts if f.date]
    name = _dict(next(iter(_list(patient.get("name"))), {}))
    spoken = " ".join([*(str(g) for g in _list(name.get("given"))), str(name.get("family", ""))]).strip()
    document = ChartDocument(
        file_name=file_name, evidence_type="ev.med_history" if any(f.drug for f in facts) else None,
        date=max(days, default=None), pages=(1,),
        patient_name=spoken or str(name.get("text") or "") or None, date_of_birth=patient.get("birthDate"),
    )  # fmt: skip
    inside = [r for r in resources if r.get("resourceType") == "DocumentReference" and not _is_of_another(r, own)]
    return [(document, facts), *_attachments(inside, file_name=file_name, attached=attached)]


def _is_of_another(resource: dict[str, Any], own: set[str]) -> bool:
    """Whether a resource names as its subject somebody else than the patient who has these ids."""
    told = _dict(resource.get("subject")).get("reference") or _dict(resource.get("patient")).get("reference")
    return bool(own) and isinstance(told, str) and not {told, told.split("/")[-1]} & own


_RETRACTED = {"entered-in-error", "superseded"}


def _attachments(
    resources: list[dict[str, Any]], *, file_name: str, attached: Reader
) -> Iterator[tuple[ChartDocument, tuple[Fact, ...]]]:
    """The documents that the Bundle carries in itself, named ``<file>#1`` and so on.

    One that is only linked to is not here and says nothing.
    """
    number = 0
    for resource in resources:
        if str(resource.get("status")) in _RETRACTED or str(resource.get("docStatus")) in _RETRACTED:
            continue
        for content in _list(resource.get("content")):
            data = _dict(_dict(content).get("attachment")).get("data")
            if not isinstance(data, str):
                continue
            try:
                found = base64.b64decode(data, validate=True)
            except (binascii.Error, ValueError):
                continue
            number += 1
            document, facts = attached(found, f"{file_name}#{number}")
            draft = str(resource.get("docStatus")) == "preliminary"
            yield (replace(document, signed=False) if draft else document), facts


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _facts(
    resource: dict[str, Any], *, file_name: str, clinical: Clinical, medicines: Mapping[str, str]
) -> Iterator[Fact]:
    match resource.get("resourceType"):
        case "Condition":
            yield from _condition(resource, file_name, clinical)
        case "MedicationRequest" | "MedicationStatement":
            yield from _medication(resource, file_name, clinical, medicines)
        case "Observation":
            yield from _observation(resource, file_name, clinical)
        case "Procedure":
            yield from _procedure(resource, file_name)
        case "AllergyIntolerance":
            yield from _allergy(resource, file_name, clinical)


def _words(concept: object) -> str:
    """The text of a CodeableConcept, else the display of its first coding."""
    plain = _dict(concept)
    shown = next((str(_dict(c).get("display")) for c in _list(plain.get("coding")) if _dict(c).get("display")), "")
    return str(plain.get("text") or shown)


def _made(kind: FactKind, resource: dict[str, Any], file_name: str, *, text: str, day: object, **fields: Any) -> Fact:
    date = str(day)[:10] if day else None
    return Fact(
        kind=kind,
        file_name=file_name,
        page=1,
        text=text or str(resource.get("resourceType")),
        date=date,
        recorded=date,
        confidence=0.95,
        **fields,
    )


def _coded_status(resource: dict[str, Any], key: str) -> str:
    return next((str(_dict(c).get("code")) for c in _list(_dict(resource.get(key)).get("coding"))), "")


def _condition(resource: dict[str, Any], file_name: str, clinical: Clinical) -> Iterator[Fact]:
    code = next(
        (
            str(_dict(c).get("code"))
            for c in _list(_dict(resource.get("code")).get("coding"))
            if "icd-10" in str(_dict(c).get("system", ""))
        ),
        None,
    )
    fits = [(len(c), e.id) for e in clinical.knowledge.illnesses for c in e.codes if code and code.startswith(c)]
    context = None
    if _coded_status(resource, "verificationStatus") in {"refuted", "entered-in-error"}:
        context = Context.NEGATED
    elif _coded_status(resource, "verificationStatus") in {"provisional", "differential", "unconfirmed"}:
        context = Context.HYPOTHETICAL
    elif _coded_status(resource, "clinicalStatus") in {"inactive", "remission", "resolved"}:
        context = Context.HISTORICAL
    yield _made(
        FactKind.DIAGNOSIS, resource, file_name, text=_words(resource.get("code")),
        day=resource.get("recordedDate") or resource.get("onsetDateTime"),
        code=code, name=max(fits)[1] if fits else None, context=context, negated=context is Context.NEGATED,
    )  # fmt: skip


def _drug_of(words: str, clinical: Clinical) -> tuple[str, str] | None:
    plain = words.casefold()
    fits = [
        (len(name), key)
        for key, names in drug_phrases(clinical.knowledge.drugs).items()
        for name in names
        if not key.endswith("/") and not key.startswith(UNCLASSED) and name.casefold() in plain
    ]
    if not fits:
        return None
    drug_class, drug = max(fits)[1].split("/")
    return drug_class, drug


def _named(resource: dict[str, Any], medicines: Mapping[str, str]) -> str:
    """The medicine of a resource: its own words, or those of the Medication that it refers to."""
    referred = _dict(resource.get("medicationReference"))
    contained = {str(_dict(c).get("id")): _words(_dict(c).get("code")) for c in _list(resource.get("contained"))}
    place = str(referred.get("reference") or "").split("/")[-1].lstrip("#")
    return (
        _words(resource.get("medicationCodeableConcept"))
        or contained.get(place, "")
        or medicines.get(place, "")
        or str(referred.get("display") or "")
    )


def _medication(
    resource: dict[str, Any], file_name: str, clinical: Clinical, medicines: Mapping[str, str]
) -> Iterator[Fact]:
    words = _named(resource, medicines)
    found = _drug_of(words, clinical)
    if found is None:
        return
    period = _dict(resource.get("effectivePeriod"))
    start, stop = (str(period[k])[:10] if period.get(k) else None for k in ("start", "end"))
    status = str(resource.get("status", ""))
    said = resource.get("statusReason")
    reason = _words(said) or "; ".join(filter(None, (_words(one) for one in _list(said))))
    if not reason:
        reason = "; ".join(str(_dict(n).get("text", "")) for n in _list(resource.get("note")))
    meant = _words(next(iter(_list(resource.get("reasonCode"))), None)) or next(
        (str(_dict(r).get("display") or "") for r in _list(resource.get("reasonReference"))), ""
    )
    intended = str(resource.get("intent", "")) in _PLANNED or status in {"draft", "intended"}
    ended = status in {"stopped", "completed", "cancelled"}
    dose = next(
        (
            str(_dict(d).get("text", ""))
            for d in [*_list(resource.get("dosage")), *_list(resource.get("dosageInstruction"))]
        ),
        "",
    )
    context = (
        Context.NEGATED
        if status in {"not-taken", "entered-in-error", "cancelled"}
        else Context.PLANNED
        if intended
        else None
    )
    kind = FactKind.ORDER if intended else FactKind.CURRENT_DRUG
    outcome = Outcome.ONGOING if not intended and context is None else None
    illness = meant.casefold()
    yield _made(
        FactKind.DRUG_TRIAL if ended or context is Context.NEGATED else kind, resource, file_name,
        text=" ".join(filter(None, [words, dose, reason])),
        day=stop or start or resource.get("authoredOn") or resource.get("dateAsserted"),
        drug_class=found[0], drug=found[1], dose=dose or None,
        indication="migraine" if "migraine" in illness or "headache" in illness else illness or None,
        start=start, stop=stop, duration_days=days_between(start, stop) if start and stop else None,
        outcome=_outcome(reason) if ended else outcome, reason=reason or None,
        context=context, negated=context is Context.NEGATED,
    )  # fmt: skip


def _outcome(reason: str) -> Outcome:
    plain = reason.casefold()
    if any(w in plain for w in ("intoler", "side effect", "adverse")):
        return Outcome.INTOLERANCE
    if any(
        w in plain
        for w in (
            "ineffective",
            "fail",
            "no benefit",
            "no effect",
            "no response",
            "lack of",
            "inadequate",
            "no improvement",
        )
    ):
        return Outcome.FAILURE
    return Outcome.UNKNOWN


def _observation(resource: dict[str, Any], file_name: str, clinical: Clinical) -> Iterator[Fact]:
    words = _words(resource.get("code"))
    value = _dict(resource.get("valueQuantity")).get("value", resource.get("valueInteger"))
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return
    plain = words.casefold()
    day = resource.get("effectiveDateTime") or resource.get("issued")
    context = (
        Context.HYPOTHETICAL
        if str(resource.get("status")) in {"preliminary", "registered", "cancelled", "entered-in-error"}
        else None
    )
    unit = str(_dict(resource.get("valueQuantity")).get("unit", ""))
    amount = {"value": float(value), "value_high": float(value)}
    scale = next((s.id for s in clinical.knowledge.scales if any(p.casefold() in plain for p in s.phrases)), None)
    if scale is not None:
        yield _made(
            FactKind.SCORE,
            resource,
            file_name,
            text=f"{words}: {value:g}",
            day=day,
            name=scale,
            context=context,
            **amount,
        )
    elif "headache day" in plain or "migraine day" in plain:
        monthly = "month" in f"{plain} {unit}".casefold()
        kind = FactKind.MIGRAINE_DAYS if "migraine" in plain else FactKind.HEADACHE_DAYS
        yield _made(
            kind,
            resource,
            file_name,
            text=f"{words}: {value:g} {unit}".strip(),
            day=day,
            unit="day/month" if monthly else None,
            context=context,
            **amount,
        )


def _procedure(resource: dict[str, Any], file_name: str) -> Iterator[Fact]:
    day = resource.get("performedDateTime") or _dict(resource.get("performedPeriod")).get("start")
    code = next((str(_dict(c).get("code")) for c in _list(_dict(resource.get("code")).get("coding"))), None)
    done = str(resource.get("status")) == "completed"
    ahead = str(resource.get("status")) in {"preparation", "in-progress"}
    yield _made(
        FactKind.PROCEDURE, resource, file_name, text=_words(resource.get("code")), day=day, code=code,
        context=None if done else Context.PLANNED if ahead else Context.NEGATED,
    )  # fmt: skip


def _allergy(resource: dict[str, Any], file_name: str, clinical: Clinical) -> Iterator[Fact]:
    words = _words(resource.get("code"))
    found = _drug_of(words, clinical)
    if found is not None:
        yield _made(
            FactKind.CONTRAINDICATION, resource, file_name, text=words, day=resource.get("recordedDate"),
            drug_class=found[0], drug=found[1], outcome=Outcome.CONTRAINDICATED,
        )  # fmt: skip
