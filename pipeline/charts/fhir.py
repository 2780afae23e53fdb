"""A FHIR R4 Bundle as a document of the chart. Coded, dated and of one patient; what it does not say stays None."""

from collections.abc import Iterator
from typing import Any

from pipeline.charts.clinical import Clinical
from pipeline.charts.dates import days_between
from pipeline.errors import DocumentError, ProblemCode
from pipeline.knowledge.drugs import drug_phrases
from pipeline.values.chart import ChartDocument, Context, Fact, FactKind, Outcome

_PLANNED = {"draft", "proposal", "plan"}


def bundle_chart(data: object, *, file_name: str, clinical: Clinical) -> tuple[ChartDocument, tuple[Fact, ...]]:
    """The patient and facts of a Bundle.

    Raises:
        DocumentError: ``unsupported_type`` where the JSON is no Bundle.
    """
    if not isinstance(data, dict) or data.get("resourceType") != "Bundle":
        raise DocumentError(ProblemCode.UNSUPPORTED_TYPE)
    resources = [r for e in _list(data.get("entry")) if isinstance(r := _dict(e).get("resource"), dict)]
    patient = next((r for r in resources if r.get("resourceType") == "Patient"), {})
    facts = tuple(f for r in resources for f in _facts(r, file_name=file_name, clinical=clinical))
    days = [f.date for f in facts if f.date]
    name = _dict(next(iter(_list(patient.get("name"))), {}))
    spoken = " ".join([*(str(g) for g in _list(name.get("given"))), str(name.get("family", ""))]).strip()
    document = ChartDocument(
        file_name=file_name, evidence_type="ev.med_history" if any(f.drug for f in facts) else None, date=max(days, default=None), pages=(1,),  # noqa: E501
        patient_name=spoken or str(name.get("text") or "") or None, date_of_birth=patient.get("birthDate"),
    )  # fmt: skip
    return document, facts


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _facts(resource: dict[str, Any], *, file_name: str, clinical: Clinical) -> Iterator[Fact]:
    match resource.get("resourceType"):
        case "Condition":
            yield from _condition(resource, file_name, clinical)
        case "MedicationRequest" | "MedicationStatement":
            yield from _medication(resource, file_name, clinical)
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
        FactKind.DIAGNOSIS, resource, file_name, text=_words(resource.get("code")), day=resource.get("recordedDate") or resource.get("onsetDateTime"),  # noqa: E501
        code=code, name=max(fits)[1] if fits else None, context=context, negated=context is Context.NEGATED,
    )  # fmt: skip


def _drug_of(words: str, clinical: Clinical) -> tuple[str, str] | None:
    plain = words.casefold()
    fits = [
        (len(name), key)
        for key, names in drug_phrases(clinical.knowledge.drugs).items()
        for name in names
        if not key.endswith("/") and name.casefold() in plain
    ]
    if not fits:
        return None
    drug_class, drug = max(fits)[1].split("/")
    return drug_class, drug


def _medication(resource: dict[str, Any], file_name: str, clinical: Clinical) -> Iterator[Fact]:
    words = _words(resource.get("medicationCodeableConcept"))
    found = _drug_of(words, clinical)
    if found is None:
        return
    period = _dict(resource.get("effectivePeriod"))
    start, stop = (str(period[k])[:10] if period.get(k) else None for k in ("start", "end"))
    status = str(resource.get("status", ""))
    reason = _words(resource.get("statusReason") or next(iter(_list(resource.get("statusReason"))), None))
    if not reason:
        reason = "; ".join(str(_dict(n).get("text", "")) for n in _list(resource.get("note")))
    meant = _words(next(iter(_list(resource.get("reasonCode"))), None))
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
    yield _made(
        FactKind.DRUG_TRIAL if ended or context is Context.NEGATED else FactKind.ORDER if intended else FactKind.CURRENT_DRUG, resource, file_name,  # noqa: E501
        text=" ".join(filter(None, [words, dose, reason])), day=stop or start or resource.get("authoredOn") or resource.get("dateAsserted"),  # noqa: E501
        drug_class=found[0], drug=found[1], dose=dose or None, indication="migraine" if "migraine" in meant.casefold() or "headache" in meant.casefold() else meant.casefold() or None,  # noqa: E501
        start=start, stop=stop, duration_days=days_between(start, stop) if start and stop else None,
        outcome=_outcome(reason) if ended else Outcome.ONGOING if not intended and context is None else None, reason=reason or None,  # noqa: E501
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
    yield _made(
        FactKind.PROCEDURE, resource, file_name, text=_words(resource.get("code")), day=day, code=code,
        context=None if done else Context.PLANNED if str(resource.get("status")) in {"preparation", "in-progress"} else Context.NEGATED,  # noqa: E501
    )  # fmt: skip


def _allergy(resource: dict[str, Any], file_name: str, clinical: Clinical) -> Iterator[Fact]:
    words = _words(resource.get("code"))
    found = _drug_of(words, clinical)
    if found is not None:
        yield _made(
            FactKind.CONTRAINDICATION, resource, file_name, text=words, day=resource.get("recordedDate"),
            drug_class=found[0], drug=found[1], outcome=Outcome.CONTRAINDICATED,
        )  # fmt: skip
