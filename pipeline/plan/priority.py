"""How urgent a task is, 0 to 100, with the reasons in words.

Four parts: the day (up to 50), urgency of the care (15), money (20), how often the remedy works (15). The weights are a
practice default, not measured. Public counts of outcomes can raise the last part and never lower it: most of them are
older than today's labels and policies.
"""

from datetime import date
from decimal import Decimal

from pipeline.knowledge.calendar import business_days_between
from pipeline.knowledge.odds import Odds
from pipeline.knowledge.routes import Fixability
from pipeline.plan.amounts import money
from pipeline.plan.odds import told
from pipeline.plan.route import Route
from pipeline.values.task import Action

_DAYS = ((7, 42), (14, 34), (30, 24))
_LATER, _UNDATED, _NOW = 12, 45, 50
_MONEY = ((Decimal(250), 2), (Decimal(1000), 6), (Decimal(5000), 12), (Decimal(20000), 16))
_MOST, _UNKNOWN_MONEY = 20, 6
_FIX = {
    Fixability.HIGH: (15, "usually mended when the evidence is found"),
    Fixability.MEDIUM: (9, "mended about as often as not"),
    Fixability.LOW: (4, "seldom mended"),
}
_URGENT = 15
MOST = 100
_MOST_CHANCE = 15


def weight_of(route: Route, *, amount: str | None, basis: str | None, odds: Odds | None = None) -> tuple[int, str]:
    """The points that no day changes and why, with what each number rests on."""
    money_points, money_words = _money(money(amount), basis)
    fix_points, fix_words = _chance(route, odds)
    urgent = route.action is Action.EXPEDITED_APPEAL
    parts = [
        *([f"urgent care ({_URGENT})"] if urgent else []),
        f"{money_words} ({money_points})",
        f"{fix_words} ({fix_points})",
    ]
    return money_points + fix_points + (_URGENT if urgent else 0), "; ".join(parts)


def with_day(weight: int, why: str, *, due: date | None, today: date) -> tuple[int, str]:
    """The priority on a day, and why: the points of the due day beside those of ``weight_of``."""
    points, words = _day(due, today)
    return min(points + weight, MOST), f"{words} ({points}); {why}"


def day_points(due: date | None, today: date) -> int:
    """The points of a due day; more the nearer it is."""
    return _day(due, today)[0]


def _chance(route: Route, odds: Odds | None) -> tuple[int, str]:
    points, words = _FIX[route.fixability]
    words = f"{words} (practice judgement)"
    if odds is None:
        return points, words
    return max(points, round(_MOST_CHANCE * odds.share)), f"{words}; {told(odds)}"


def _day(due: date | None, today: date) -> tuple[int, str]:
    if due is None:
        return _UNDATED, "no due date yet"
    left = (due - today).days
    if left < 0:
        return _NOW, f"{-left} days overdue"
    words = "due today" if left == 0 else f"due in {left} day{'s' if left > 1 else ''}"
    if left <= 7 and business_days_between(today, due) <= 3:
        return _NOW, words
    return next((points for days, points in _DAYS if left <= days), _LATER), words


def _money(amount: Decimal | None, basis: str | None) -> tuple[int, str]:
    if amount is None:
        return _UNKNOWN_MONEY, "amount not known"
    points = next((points for limit, points in _MONEY if amount < limit), _MOST)
    return points, f"${amount:,.2f} {basis}"
