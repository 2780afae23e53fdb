"""One child process a document: a hostile file can cost that child, never the batch.

Three processes play here. The **batch** asks (``batch``, from any of its threads). A **template** (``template``),
started once, has loaded spaCy, PDFium and the knowledge, and forks. A **child** (``child``) reads one document in its
own session, under limits, in its own private temp folder, and answers with JSON through a pipe. The template is ours
and not ``multiprocessing``'s fork server because that one imports the caller's ``__main__`` again in every child, and
because only a template that outlives the batch can clear up after it:

- a child that is too slow, or whose batch asks no more, is killed with its whole process group (Tesseract too);
- what escaped its group comes back to the template, which adopts orphans, and is killed there;
- when the batch dies, by ``kill -9`` too, the template sees the end of its control socket, kills every child and
  removes the temp folders; when the template dies, the kernel kills the children (parent-death signal).
"""

from pipeline.sandbox.batch import Sandbox
from pipeline.sandbox.late import LateSandbox
from pipeline.sandbox.reader import ChartReader, Reader

__all__ = ["ChartReader", "LateSandbox", "Reader", "Sandbox"]
