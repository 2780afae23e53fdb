"""Line breaks made on purpose part statements; wraps do not."""

from pipeline.charts.statements import statements_of
from pipeline.read.plain import plain_pages
from tests.charts.test_chart_files import clinical


def said(text: str) -> list[str]:
    return [s.text for s in statements_of(clinical().language.reading(plain_pages(text)), clinical())]


def test_a_line_for_each_finding_is_a_statement_each():
    lines = [
        "Frequency: 24 of 30 days with a headache, 14 of them severe",
        "Misses about three days of work every month",
        "Topiramate 100 mg daily was stopped for paresthesia in May",
        "Propranolol 80 mg daily has been continued",
    ]
    assert said("\n".join(lines)) == lines


def test_a_wrapped_sentence_stays_whole():
    text = (
        "She has had migraine since her teens and was tried on several medicines, among them\n"
        "Topiramate, which she could not tolerate because of a tingling in both hands and trouble\n"
        "finding words at work."
    )
    assert len(said(text)) == 1


def test_a_line_that_had_room_for_the_next_word_was_ended_on_purpose():
    text = (
        "She was seen today for chronic migraine, which has not improved over the last twelve\n"
        "months in spite of two preventive medicines that were given for three months each.\n"
        "Nadolol 40 mg daily failed\n"
        "Candesartan is taken now\n"
    )
    assert said(text)[-2:] == ["Nadolol 40 mg daily failed", "Candesartan is taken now"]
