"""A real HTTP server on loopback that keeps what it gets and answers as it is told to."""

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pytest_django import Settings

from tests.support.pages import county, visit

__all__ = ["county", "listener", "visit"]


@dataclass
class Listener:
    """`answers` are status codes by path; /slow says nothing for two seconds."""

    port: int = 0
    got: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    answers: dict[str, int] = field(default_factory=dict)

    def url(self, path: str = "/") -> str:
        return f"http://127.0.0.1:{self.port}{path}"


@pytest.fixture
def listener(settings: Settings) -> Iterator[Listener]:
    settings.ITOPS_WEBHOOK_LOOPBACK = True
    kept = Listener()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            kept.got.append((self.path, dict(self.headers), body))
            if self.path == "/slow":
                time.sleep(2)
            self.send_response(kept.answers.get(self.path, 200))
            if self.path == "/redirect":
                self.send_header("Location", kept.url("/elsewhere"))
            self.end_headers()
            if kept.answers.get(self.path) == 204:
                return
            try:
                self.wfile.write("收到\0".encode())
            except OSError:
                return

        def log_message(self, format: str, *args: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    kept.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield kept
    server.shutdown()
    server.server_close()
