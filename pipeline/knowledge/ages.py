"""Schema of ``models/charts/ages.yaml``: the forms in which notes tell how old somebody is."""

import re
from collections.abc import Iterable

from pydantic import Field

from pipeline.knowledge.entry import Exemplified

_SEX = r"(?:[MF]|male|female)"
_NAMED = r"(?-i:[A-Z][\w'-]+(?:,?\s[A-Z][\w.'-]*){1,3})"
"""A name of two to four words with capitals."""


class AgeForm(Exemplified):
    """One form: what stands before the ``number`` of years, and what stands after it, as pieces of a pattern."""

    id: str = Field(pattern=r"^[a-z][a-z_]*$")
    before: str = ""
    number: str
    after: str = ""

    @property
    def pattern(self) -> str:
        """The form as a pattern with one group, the number of years, under the form's id."""
        before, after = (part.replace("{sex}", _SEX).replace("{named}", _NAMED) for part in (self.before, self.after))
        return f"{before}(?P<{self.id}>{self.number}){after}"


def compiled_ages(forms: Iterable[AgeForm]) -> re.Pattern[str]:
    """One pattern of all forms; ``lastgroup`` of a match is the id of its form."""
    return re.compile("|".join(form.pattern for form in forms), re.IGNORECASE)
