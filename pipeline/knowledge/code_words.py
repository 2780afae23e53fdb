"""What a number with the shape of a service code is, by the words around it."""

from dataclasses import dataclass

from pipeline.knowledge.load import load_sorts
from pipeline.knowledge.names import NameWords


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeWords:
    """The words by sort; each field is the entry of that id in ``models/code_roles.yaml``."""

    label: NameWords
    code_word: NameWords
    something_else: NameWords
    no_name: NameWords
    asked: NameWords
    counted: NameWords
    street: NameWords


def load_code_words() -> CodeWords:
    """The words of ``models/code_roles.yaml``.

    Raises:
        UsageError: where a sort is missing or unknown.
    """
    return load_sorts("code_roles.yaml", NameWords, CodeWords)
