"""What is kept of a task's letters beside them: packets as they were made, and what proves that one went out."""

from collections.abc import Iterator, Sequence
from typing import IO

from django.core.files.base import File
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from pipeline.store import Act
from pipeline.web.answers import else_again
from pipeline.web.source import look, name_of, review
from pipeline.web.typed import Mistyped
from pipeline.web.views.tasks import opened_task, task_again

_PIECE = 1 << 16


def named(files: "Sequence[File[bytes]]") -> Iterator[tuple[str, Iterator[bytes]]]:
    """What was sent with a form: each file's name, and its bytes in pieces."""
    for file in files:
        yield file.name or "", file.chunks(_PIECE)


def chosen_files(request: HttpRequest) -> "Sequence[File[bytes]]":
    """The files that a form was sent with. Raises ``Mistyped`` where none was chosen."""
    files: Sequence[File[bytes]] = request.FILES.getlist("file")
    if not files:
        raise Mistyped("Choose a file first.")
    return files


@require_POST
@else_again(task_again, refused="Not kept")
def keep(request: HttpRequest, task_id: str) -> HttpResponse:
    """Keep what proves a sending: a fax confirmation, a receipt, the letter as it went out."""
    opened_task(request, task_id)
    review().packets.keep_proofs(task_id, named(chosen_files(request)), by=name_of(request))
    return HttpResponseRedirect(f"{reverse('task', args=(task_id,))}#h-send")


@require_GET
def kept(request: HttpRequest, task_id: str, digest: str) -> FileResponse:
    """A kept file of the task, to be saved and never shown: a browser is told to open nothing of it."""
    paper = next((one for one in opened_task(request, task_id).kept if one.digest == digest), None)
    if paper is None:
        raise Http404
    try:
        file = review().packets.paper(paper.digest).open("rb")
    except OSError:
        raise Http404 from None
    look(request, task_id, act=Act.DOWNLOADED, code=paper.kind)
    return attached(file, name=paper.name)


def attached(file: IO[bytes], *, name: str) -> FileResponse:
    """A file as a download that no browser opens by itself."""
    answer = FileResponse(file, as_attachment=True, filename=name)
    answer["Content-Type"] = "application/octet-stream"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
