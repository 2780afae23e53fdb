"""``denials schedule``: serves the batch by a cron line in a time zone. Prefect must be settled before (``server``)."""

import asyncio
import signal
from typing import Any

from prefect.deployments.runner import RunnerDeployment
from prefect.runner import Runner
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

from flows.inbox_batch import inbox_batch

DEPLOYMENT = "nightly"


class QuietRunner(Runner):
    """A runner that ends its loop when told to; Prefect's own leaves a coroutine unawaited, and Python says so."""

    def handle_sigterm(self, *args: Any, **kwargs: Any) -> None:
        """Stop polling, end the run in hand, and return from ``start``."""
        self.execute_in_background(self.astop)


def serve_batches(*, cron: str, timezone: str) -> None:
    """Serve until the process is told to end. One run at a time; a stop does not pause the schedule.

    A run in hand at that moment is ended; what it had not finished is taken up by the next.
    """
    asyncio.run(_serve(cron, timezone))


async def _serve(cron: str, timezone: str) -> None:
    runner = QuietRunner(limit=1, pause_on_shutdown=False)
    deployment = RunnerDeployment.from_flow(
        inbox_batch,
        name=DEPLOYMENT,
        schedule=Cron(cron, timezone=timezone),
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    await runner.aadd_deployment(deployment)
    asyncio.get_running_loop().add_signal_handler(signal.SIGINT, runner.handle_sigterm)
    await runner.start()
