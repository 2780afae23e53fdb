"""``python -m flows.server_process FD``: Prefect's server on a listening socket that the parent made.

It ends when its standard input ends, which happens whenever the parent is gone, killed or not; a Ctrl-C on the
terminal, which reaches every process there, is left to the parent.
"""

import os
import signal
import socket
import sys
import threading
import time
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import uvicorn


_LAST_SECONDS = 10.0


def main() -> None:
    """Serve until the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.environ["PREFECT__SERVER_FINAL"] = "1"
    import uvicorn

    class Server(uvicorn.Server):
        """A server that a Ctrl-C does not end."""

        def handle_exit(self, sig: int, frame: FrameType | None) -> None:
            """Ends on a termination signal only."""
            if sig != signal.SIGINT:
                super().handle_exit(sig, frame)

    listening = socket.socket(fileno=int(sys.argv[1]))
    config = uvicorn.Config(
        "prefect.server.api.server:create_app", factory=True, lifespan="on", log_level="error", log_config=None
    )
    server = Server(config)
    threading.Thread(target=_end_with_parent, args=(server,), daemon=True).start()
    server.run(sockets=[listening])


def _end_with_parent(server: "uvicorn.Server") -> None:
    while os.read(0, 1024):
        pass
    server.should_exit = True
    time.sleep(_LAST_SECONDS)
    os._exit(1)


if __name__ == "__main__":
    main()
