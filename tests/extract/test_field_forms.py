"""Letters in unusual forms: how much is read of the half that rules were learnt from, and of the half kept apart."""

import pytest

from tests.extract.form_bank import figures, score, total


@pytest.mark.parametrize(("seen", "precision", "recall"), [(True, 0.96, 0.77), (False, 0.90, 0.72)])
def test_unusual_forms_are_read_and_nothing_wrong_is_sure(seen, precision, recall):
    counts, _ = score(seen=seen)
    measured = figures(counts)
    assert measured[0] >= precision
    assert measured[1] >= recall
    assert total(counts, "sure_wrong") == 0
