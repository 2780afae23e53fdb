"""Learns how letters ask and name papers: ``python -m pipeline.extract.requests.training`` (``make train``).

No letter is read. The same sentences give the same weights.
"""

from collections.abc import Iterator

from pipeline.extract.opinions import Signs
from pipeline.extract.opinions.learning import learn, said_in
from pipeline.extract.requests.opinion import ASKING, PAPERS, signs_of_paper, signs_of_sentence


def lessons() -> Iterator[tuple[str, list[tuple[Signs, str]]]]:
    """Both models by name, with what each is learned from."""
    yield ASKING, [(signs_of_sentence(text), answer) for text, answer in said_in(ASKING)]
    yield PAPERS, [(signs_of_paper(text), answer) for text, answer in said_in(PAPERS)]


if __name__ == "__main__":
    for name, said in lessons():
        learn(name, said)
