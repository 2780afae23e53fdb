"""The mixed mail of an office: half first denials and appeals, half everything else that payers send."""

from dataclasses import replace
from random import Random

from sample_letters.generator import corpus, mail
from sample_letters.generator.answer import Answer
from sample_letters.generator.blocks import Draft
from sample_letters.generator.spec import Spec, fresh

_MAIL_SHARE = 0.5
_ELSEWHERE_SHARE = 0.15
_ABOUT_NOBODY = ("outgoing", "credentialing", "newsletter", "invoice")
_EXTRA = ("nondiscrimination", "languages", "glossary")
Written = tuple[Answer, Draft, str]


def drawn(rng: Random, *, short: bool = False) -> Written:
    """The answer key, the draft and the house style of one letter."""
    if rng.random() >= _MAIL_SHARE:
        return denial(rng, short=short)
    kinds = mail.names()
    kind = rng.choices(kinds, [1 if k in _ABOUT_NOBODY else 2 for k in kinds])[0]
    apart = kind not in _ABOUT_NOBODY and rng.random() < _ELSEWHERE_SHARE
    one = mail.write(kind, rng, elsewhere=apart)
    return one.answer, one.draft, one.style


def denial(rng: Random, *, long: bool = False, short: bool = False) -> Written:
    """A denial, an upheld appeal, a dismissal or a demand; ``long`` ends it with pages of notices.

    ``short`` leaves such pages out: they hold no identifier, and reading them costs a minute a dozen.
    """
    spec: Spec = next(iter(fresh(rng, 1)))
    spec = replace(spec, extra=_EXTRA, laws=True) if long else spec
    spec = replace(spec, extra=()) if short else spec
    answer, draft = corpus.written(spec, rng.randrange(10**6))
    return answer, draft, spec.style
