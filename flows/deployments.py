"""``denials schedule``: serves the batch by a cron line in a time zone. Prefect must be settled before (``server``)."""

from prefect import serve
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron
from prefect.types.entrypoint import EntrypointType

from flows.inbox_batch import inbox_batch

DEPLOYMENT = "nightly"


def serve_batches(*, cron: str, timezone: str) -> None:
    """Serve until the process is told to end. One run at a time; a stop does not pause the schedule."""
    deployment = RunnerDeployment.from_flow(
        inbox_batch,
        name=DEPLOYMENT,
        schedule=Cron(cron, timezone=timezone),
        entrypoint_type=EntrypointType.MODULE_PATH,
    )
    serve(deployment, limit=1, pause_on_shutdown=False, print_starting_message=False)
