"""What people see and do at the review desk, over a desk, its pictures and a worker that reads what they send through.

A service a subject: ``letters.py``, ``tasks.py``, ``cases.py``, ``patients.py``, ``packets.py``, ``pages.py`` and
``incoming.py``, put together by ``review.py``. ``opened.py`` is what lies open on the screen, ``worker.py`` what nobody
waits for, ``counted.py`` what every page counts.
"""

from pipeline.pictures import NotShown
from pipeline.review.forms import LoadedForm, add_form, confirm_form, forms_of, remove_form, shown
from pipeline.review.opened import CaseMail, DecidedLetter, Linked, OpenCase, OpenLetter, OpenTask
from pipeline.review.review import Review, review_of
from pipeline.review.signing import Signature, signature_of
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
    "forms_of",
    "remove_form",
    "review_of",
    "shown",
    "signature_of",
]
