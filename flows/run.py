"""One batch under Prefect, in this process: the server beside it, one flow run, everything stopped at the end."""

from collections.abc import Callable

from flows.server import prefect_server
from pipeline.batch import Batch
from pipeline.errors import DenialsError, MissingToolError
from pipeline.settings import Settings

_ADVICE = "What was taken in stays queued; run it again with --direct, which needs no Prefect."


def run_with_prefect(batch: Batch, *, settings: Settings, waiting: Callable[[], None] | None = None) -> None:
    """Work the batch through as a flow run.

    Raises:
        MissingToolError: Prefect does not start, or stopped working on the way; what was taken in stays queued.
    """
    with prefect_server(settings, waiting=waiting) as server:
        from flows.inbox_batch import inbox_batch
        from flows.stale import close_stale_runs
        from flows.tasks import working_on

        try:
            with working_on(batch):
                if server.own:
                    close_stale_runs()
                inbox_batch()
        except DenialsError:
            raise
        except Exception as error:  # its text is Prefect's
            raise MissingToolError(
                "Prefect", why=f"it stopped on the way ({type(error).__name__})", advice=_ADVICE
            ) from None
    batch.settled()


def serve_schedule(settings: Settings, *, started: Callable[[str], None]) -> None:
    """Serve the batch by the clock, until told to end; batches beside it use the same Prefect server.

    ``started`` is told the address of Prefect's own page once it serves; its password is in ``prefect/password``.

    Raises:
        MissingToolError: Prefect does not start.
    """
    with prefect_server(settings, lasting=True) as server:
        from flows.deployments import serve_batches
        from flows.stale import close_stale_runs

        if server.own:
            close_stale_runs()
        started(server.address.removesuffix("/api"))
        serve_batches(cron=settings.cron, timezone=settings.timezone)
