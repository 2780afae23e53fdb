"""How often disputes like a level's were won, from public counts: the narrowest that fits."""

from pipeline.knowledge.odds import Odds
from pipeline.plan.situation import Situation
from pipeline.values.task import Action


def odds_of(situation: Situation, action: Action) -> Odds | None:
    """The entry with most cues that all fit, of several the one that counts from the latest year; None without any."""
    fitting = [odds for odds in situation.knowledge.odds if odds.group is None and _fits(odds, situation, action)]
    return max(fitting, key=lambda odds: (_cues(odds), odds.years, odds.id), default=None)


def told(odds: Odds) -> str:
    """The figure in words, with what it rests on.

    >>> told(Odds(id="a", meaning="reviews of Botox", source="open data", years="2001-2016", cases=88, overturned=52,
    ...           share=0.591, low=0.486, high=0.687))
    'reviews of Botox, 2001-2016: 52 of 88 overturned (59 %, 49 to 69 %)'
    """
    share = f"{odds.share:.0%}".replace("%", " %")
    if odds.cases is None or odds.low is None or odds.high is None:
        return f"{odds.meaning}, {odds.years}: {share} overturned (published figure, no counts)"
    bounds = f"{odds.low * 100:.0f} to {odds.high * 100:.0f} %"
    return f"{odds.meaning}, {odds.years}: {odds.overturned} of {odds.cases} overturned ({share}, {bounds})"


def _fits(odds: Odds, situation: Situation, action: Action) -> bool:
    letter = situation.letter
    reasons = {reason.category for reason in letter.denial_reasons}
    codes = {found.value for found in letter.procedure_codes}
    illnesses = [found.value or "" for found in letter.diagnosis_codes]
    return (
        (not odds.actions or action in odds.actions)
        and (not odds.tracks or situation.track in odds.tracks)
        and (not odds.categories or bool(reasons & set(odds.categories)))
        and (not odds.drugs or bool(codes & set(odds.drugs)))
        and (not odds.diagnoses or any(code.startswith(odds.diagnoses) for code in illnesses))
    )


def _cues(odds: Odds) -> int:
    return sum(bool(cue) for cue in (odds.actions, odds.tracks, odds.categories, odds.drugs, odds.diagnoses))
