"""The command ``denials knowledge``: whether criteria, policies and letters hold together, and their JSON Schema."""

import json
import sys
from typing import Annotated

import typer

from pipeline.ending import Exit
from pipeline.errors import UsageError


def knowledge(
    act: Annotated[str, typer.Argument(metavar="check|schema", help="check: lint; schema: JSON Schema on stdout.")],
    of: Annotated[str, typer.Argument(metavar="policy|criterion", help="Which schema.")] = "policy",
) -> int:
    """Check the payers' criteria, policies and our letters, or print the schema that an entry must follow."""
    if act == "schema":
        return _schema(of)
    if act != "check":
        raise UsageError(f"knowledge {act}", why="there is no such act", advice="Choose check or schema.")
    from pipeline.knowledge import load_knowledge
    from pipeline.knowledge.clinical import load_clinical_knowledge
    from pipeline.knowledge.letters import load_letters
    from pipeline.knowledge.lint import complaints
    from pipeline.knowledge.policies import load_policies
    from pipeline.knowledge.service_rules import load_service_rules
    from pipeline.output.packet.lint import letter_complaints

    load_service_rules()
    policies = load_policies()
    found = [
        *complaints(load_knowledge(), load_clinical_knowledge(), policies),
        *letter_complaints(load_letters(), knowledge=load_knowledge(), clinical=load_clinical_knowledge()),
    ]
    for line in found:
        print(line, file=sys.stderr)
    by = {word: sum(p.verified.value == word for p in policies.policies) for word in ("primary", "secondary", "known")}
    print(f"{len(policies.policies)} policies ({by}), {len(policies.criteria)} criteria, {len(found)} complaints")
    return Exit.NEEDS_A_PERSON if found else Exit.DONE


def _schema(of: str) -> int:
    from pipeline.knowledge.entry import Strict
    from pipeline.knowledge.policies import Criterion, Policy

    kinds: dict[str, type[Strict]] = {"policy": Policy, "criterion": Criterion}
    if of not in kinds:
        raise UsageError(f"knowledge schema {of}", why="there is no such schema", advice="Choose policy or criterion.")
    print(json.dumps({"type": "array", "items": kinds[of].model_json_schema()}, indent=1, sort_keys=True))
    return Exit.DONE
