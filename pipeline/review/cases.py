"""Cases: which letters are one, as proposed and as people say."""

from collections.abc import Collection, Mapping

from pipeline import store
from pipeline.desk import Desk
from pipeline.errors import UsageError
from pipeline.review.letters import Letters
from pipeline.review.opened import CaseMail, OpenCase, written_on
from pipeline.store import Within
from pipeline.values import decision


class Cases:
    """Cases with their letters."""

    def __init__(self, desk: Desk, *, letters: Letters) -> None:
        self._desk = desk
        self._letters = letters

    def opened(self, case_id: str, *, within: Within = None) -> OpenCase | None:
        """A case with its letters, and those of ``within`` it may be one with; None where there is none such."""
        letters = self._mail(case_id)
        if not letters:
            return None
        tasks = store.tasks_of([case_id])
        proposed = {proposal.case_id: proposal for task in tasks for proposal in task.proposals}
        seen = [pair for pair in sorted(proposed.items()) if store.case_lies_within(pair[0], within)]
        pairs = [(proposal, self._mail(other)) for other, proposal in seen]
        return OpenCase(
            case_id=case_id, letters=letters, tasks=tasks, proposals=tuple(pair for pair in pairs if pair[1])
        )

    def put(self, letters: Mapping[str, int], *, case_id: str, by: str) -> None:
        """Put letters (id to version) into a case, or each into one of its own (``decision.APART``).

        Raises:
            Conflict: somebody decided on one of them since; those before it are moved.
            UsageError: one of them is not there, or concerns several claims, which are cases of their own.
        """
        stored = [self._letters.stored(letter_id) for letter_id in letters]
        for one in stored:
            if len(one.case_ids) > 1:
                raise UsageError(
                    "the letter", why="it concerns several claims, each a case of its own",
                    advice="Correct the claims on the letter.",
                )  # fmt: skip
        for one, version in zip(stored, letters.values(), strict=True):
            self._letters.decide(one, field=decision.CASE, value=case_id, by=by, version=version)

    def rework(self, case_ids: Collection[str]) -> None:
        """Work cases out anew, where another one changed what is proposed on them."""
        self._desk.rework(tuple(case_ids))

    def _mail(self, case_id: str) -> tuple[CaseMail, ...]:
        found = [
            CaseMail(
                letter=self._desk.working.lay(letter, said), received=day, version=said[-1].number if said else 0,
                by_hand=decision.CASE in decision.standing(said), claims=len(letter.claims),
            )
            for letter, day, said in store.letters_of_case(case_id)
        ]  # fmt: skip
        return tuple(sorted(found, key=lambda mail: (written_on(mail.letter), mail.received)))
