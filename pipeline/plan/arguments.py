"""What one argument can answer: tasks of one payer with the same reason and the same policy clause."""

from pipeline.plan.situation import Situation
from pipeline.values.letter import value_of
from pipeline.values.task import Action
from pipeline.values.vocabulary import Category, CitationRole


def argument_of(situation: Situation, action: Action) -> str | None:
    """Payer, first reason, clause and action in words, naming no person; None where payer or reason is not known."""
    payer = situation.letter.payer_id or value_of(situation.letter.payer)
    reasons = [r for r in situation.letter.denial_reasons if r.category is not Category.NOT_A_DENIAL]
    if payer is None or not reasons:
        return None
    cited = [c.value for c in situation.letter.policy_citations if c.role is CitationRole.BASIS and c.value]
    clause = cited[0] if cited else "no policy cited"
    return f"{payer}: {reasons[0].category.value.replace('_', ' ')}, {clause}, {action.value.replace('_', ' ')}"
