"""Prefect runs that a power cut or a kill left running are marked as crashed.

Nothing waits for them: the leases in our own tables decide which document is whose. It keeps Prefect's page honest.
"""

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterState, FlowRunFilterStateType
from prefect.client.schemas.objects import StateType
from prefect.states import Crashed

_UNFINISHED = [StateType.RUNNING, StateType.PENDING, StateType.CANCELLING]
_MOST = 200


def close_stale_runs() -> int:
    """Mark every unfinished flow run as crashed; how many there were. Only for who has the server to itself."""
    unfinished = FlowRunFilter(state=FlowRunFilterState(type=FlowRunFilterStateType(any_=_UNFINISHED)))
    client = get_client(sync_client=True)
    if not isinstance(client, SyncPrefectClient):
        raise TypeError("Prefect gave an asynchronous client")
    with client:
        runs = client.read_flow_runs(flow_run_filter=unfinished, limit=_MOST)
        for run in runs:
            client.set_flow_run_state(run.id, Crashed(message="its process is gone"), force=True)
    return len(runs)
