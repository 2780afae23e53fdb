"""What people see and do at the review desk, over a desk, its pictures and a worker that reads what they send through.

``opened.py`` is what lies open on the screen, ``review.py`` what is asked and done, ``worker.py`` what nobody waits
for.
"""

from pipeline.pictures import NotShown
from pipeline.review.forms import LoadedForm, add_form, confirm_form, forms_of, remove_form, shown
from pipeline.review.opened import CaseMail, DecidedLetter, Linked, OpenCase, OpenLetter, OpenTask
from pipeline.review.review import Review
from pipeline.review.signing import Signature, fill, sign, signature_of
from pipeline.review.worker import Worker

__all__ = [
    "CaseMail",
    "DecidedLetter",
    "Linked",
    "LoadedForm",
    "NotShown",
    "OpenCase",
    "OpenLetter",
    "OpenTask",
    "Review",
    "Signature",
    "Worker",
    "add_form",
    "confirm_form",
    "fill",
    "forms_of",
    "remove_form",
    "shown",
    "sign",
    "signature_of",
]
