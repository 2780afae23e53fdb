"""Schema of ``models/charts/ideas.yaml`` and ``frames.yaml``: what is said by ideas that meet in one clause."""

from pydantic import Field

from pipeline.knowledge.entry import Exemplified


class Idea(Exemplified):
    """Words that stand for one idea, in the notation of phrases (``pipeline/language/phrases.py``)."""

    phrases: tuple[str, ...] = Field(min_length=1)


class Frame(Exemplified):
    """Ideas that together say one thing: ``gives`` is ``outcome/<id>`` or ``finding/<id>``.

    ``ideas`` stand in one clause, each at most ``within`` words from the next; where ``ordered``, in this order. One of
    the ideas of ``unless`` inside, or up to ``near`` words behind, and the frame says nothing; ``within_list``: a comma
    between them parts nothing.
    """

    gives: str = Field(pattern=r"^(?:outcome|finding)/[a-z_]+$")
    ideas: tuple[str, ...] = Field(min_length=1)
    within: int = Field(default=5, ge=0, le=20)
    near: int = Field(default=4, ge=0, le=20)
    ordered: bool = False
    within_list: bool = False
    unless: tuple[str, ...] = ()
