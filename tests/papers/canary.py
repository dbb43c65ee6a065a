"""A server and a file that no engine of the paper room may ever touch."""

from __future__ import annotations

import socket
import threading
from dataclasses import dataclass, field
from pathlib import Path

SECRET = "canary-6f1d0c2a"  # noqa: S105


@dataclass
class Canary:
    """Counts who connects to 127.0.0.1, and keeps a file outside every engine's folder."""

    file: Path
    address: str = ""
    connections: list[str] = field(default_factory=list)

    def __enter__(self) -> Canary:
        self.file.write_text(f"name,count\n{SECRET},1\n", encoding="utf-8")
        self._server = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._server.getsockname()[1]}"
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._thread.join(5)

    def _listen(self) -> None:
        answer = (
            f"HTTP/1.0 200 OK\r\nContent-Type: text/csv\r\n\r\nname,count\n{SECRET},1\n".encode()
        )
        while True:
            try:
                caller, _ = self._server.accept()
            except OSError:
                return
            with caller:
                caller.settimeout(2)
                self.connections.append(str(caller.recv(400)[:80]))
                caller.sendall(answer)
