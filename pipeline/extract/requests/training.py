"""Learns how letters ask and name papers: ``python -m pipeline.extract.requests.training`` (``make train``).

No letter is read. The same sentences give the same weights.
"""

from pipeline.extract.opinions.learning import learn, said_in
from pipeline.extract.requests.opinion import ASKING, PAPERS, signs_of_paper, signs_of_sentence

if __name__ == "__main__":
    learn(ASKING, [(signs_of_sentence(text), answer) for text, answer in said_in(ASKING)])
    learn(PAPERS, [(signs_of_paper(text), answer) for text, answer in said_in(PAPERS)])
