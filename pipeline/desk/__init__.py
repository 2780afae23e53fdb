"""The desk: the one place where effects happen, in order. Take in, process, save; everything else is asked of it.

A batch, for the command line and for a flow alike, whatever thread works on which document:

>>> def batch(desk, inbox, day):
...     batch_id = desk.start_batch(inbox, received=day)
...     desk.take_in(batch_id)
...     for document_id in desk.queued():
...         desk.process(document_id, batch_id=batch_id)
...     return desk.finish_batch(batch_id)

Always true, whenever it is killed: files seen = queued + working + needs review + done + quarantined + in the inbox.

``opening.py`` makes a desk over a data folder; ``desk.py`` is what is asked of it; ``processing.py`` is the way of one
document through it, from the claim to the save.
"""

from pipeline.desk.clock import Clock
from pipeline.desk.desk import Desk
from pipeline.desk.opening import open_desk, restore
from pipeline.sandbox import Reader
from pipeline.store import Conflict, StoreBusy

__all__ = ["Clock", "Conflict", "Desk", "Reader", "StoreBusy", "open_desk", "restore"]
