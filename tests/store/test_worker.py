"""The thread of the serving process looks from time to time whether who we are changed."""

import threading
from types import SimpleNamespace

from pipeline.review import worker as module
from pipeline.review.worker import Worker


def test_while_nothing_waits_it_is_looked_whether_who_we_are_changed(data, monkeypatch):
    monkeypatch.setattr(module, "_LOOK_SECONDS", 0.01)
    looked = threading.Event()
    with Worker(SimpleNamespace(follow_practice=looked.set)):
        assert looked.wait(30)
