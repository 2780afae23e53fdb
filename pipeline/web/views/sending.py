"""What goes to the payer from a task: the packet, what is open in it, its signature, and the word that it was sent."""

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from pipeline.errors import DenialsError
from pipeline.review import signature_of
from pipeline.store import Act, Followed
from pipeline.values.letter import Channel
from pipeline.values.task import FollowUpAct
from pipeline.web.answers import else_again
from pipeline.web.source import look, name_of, number, review, told
from pipeline.web.typed import Mistyped, day
from pipeline.web.views.papers import named
from pipeline.web.views.tasks import opened_task, task_again, task_page

_LONGEST, _LONGEST_TEXT = 200, 4000


@require_POST
@else_again(task_again)
def follow_up(request: HttpRequest, task_id: str) -> HttpResponse:
    """Write down that it went out, that it arrived, or that the last of these was wrong."""
    opened_task(request, task_id)
    said = _followed(request)
    files = request.FILES.getlist("file")
    if files:  # first: a file that is not fit leaves nothing half-said
        review().packets.keep_proofs(task_id, named(files), by=name_of(request))
    review().tasks.follow_up(task_id, said, by=name_of(request), version=number(request.POST.get("version")))
    return HttpResponseRedirect(reverse("task", args=(task_id,)))


@require_GET
def packet(request: HttpRequest, task_id: str) -> HttpResponse:
    """What the packet of a task holds, and what is still open in it."""
    opened_task(request, task_id)
    look(request, task_id, code="packet")
    return packet_again(request, task_id)


def packet_again(request: HttpRequest, task_id: str, *, status: int = 200, **more: Any) -> HttpResponse:
    """The packet as it is now; the task where none can be made."""
    opened = opened_task(request, task_id)
    try:
        with review().packets.packed(task_id) as packed:
            files = [(path.name, path.stat().st_size) for path in map(Path, packed.files)]
    except DenialsError as wrong:
        return task_page(request, opened, wrong=told("No packet", wrong), status=422)
    signature = signature_of(opened.task, opened.remarks, content=packed.content)
    context = {
        "task": opened.task, "packed": packed, "files": files, "signature": signature, "kept": request.POST, **more,
    }  # fmt: skip
    return render(request, "web/packet.html", context, status=status)


@require_POST
@else_again(packet_again)
def fill_gap(request: HttpRequest, task_id: str) -> HttpResponse:
    """A clinician's words for what is open in the letter."""
    opened_task(request, task_id)
    gap, words = request.POST.get("gap", ""), _word(request, "words", most=_LONGEST_TEXT)
    if not words:
        raise Mistyped("Nothing was written.")
    review().packets.fill(task_id, gap=gap, words=words, by=name_of(request))
    return HttpResponseRedirect(reverse("packet", args=(task_id,)))


@require_POST
@else_again(packet_again, refused="Not signed")
def sign_letter(request: HttpRequest, task_id: str) -> HttpResponse:
    """A clinician signs the letter as it was shown."""
    opened_task(request, task_id)
    name = _word(request, "name")
    if not name:
        raise Mistyped("Write your name as it is to stand under the letter.")
    review().packets.sign(task_id, name=name, content=request.POST.get("content", ""), by=name_of(request))
    return HttpResponseRedirect(reverse("packet", args=(task_id,)))


@require_POST
def download(request: HttpRequest, task_id: str) -> HttpResponse:
    """The files of the packet in one archive. Nothing is sent by it, and no state changes."""
    opened = opened_task(request, task_id)
    content = io.BytesIO()
    try:
        keeping = review().packets.packed(task_id, kept_by=name_of(request))
        with keeping as packed, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in map(Path, packed.files):
                archive.write(path, path.name)
    except DenialsError as wrong:
        return task_page(request, opened, wrong=told("No packet", wrong), status=422)
    look(request, task_id, act=Act.DOWNLOADED, code="packet")
    answer = HttpResponse(content.getvalue(), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="packet-{task_id[:40]}.zip"'
    return answer


def _followed(request: HttpRequest) -> Followed:
    """What somebody wrote down. Raises ``Mistyped``."""
    try:
        act = FollowUpAct(request.POST.get("act", ""))
        channel = Channel(request.POST["channel"]) if request.POST.get("channel") else None
    except ValueError:
        raise Mistyped("Choose one of the list.") from None
    typed = _word(request, "day")
    when = date.fromisoformat(day(typed)) if typed else review().today()
    return Followed(
        act=act, day=when, channel=channel, number=_word(request, "number"), proof=_word(request, "proof"),
        note=_word(request, "note"),
    )  # fmt: skip


def _word(request: HttpRequest, key: str, *, most: int = _LONGEST) -> str:
    return request.POST.get(key, "").replace("\x00", "").strip()[:most]
