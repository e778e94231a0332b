"""Figures for whoever runs a home, in the text form that Prometheus reads; never about a person or a note."""

import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

KIND = "text/plain; version=0.0.4; charset=utf-8"
BUCKETS = (0.01, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
NO_ANSWER = 499
Gauges = Callable[[], Mapping[str, float]]
"""What is counted just now, by its name."""


@dataclass(slots=True)
class Requests:
    """What one app has answered."""

    by_status: Counter[int] = field(default_factory=Counter)
    within: Counter[float] = field(default_factory=Counter)
    seconds: float = 0.0

    def note(self, status: int, seconds: float) -> None:
        """One more."""
        self.by_status[status] += 1
        self.seconds += seconds
        for bucket in BUCKETS:
            self.within[bucket] += seconds <= bucket


class Metrics:
    """Counts what the apps that it wraps answer. Used on one loop."""

    def __init__(self, gauges: Gauges) -> None:
        self._gauges = gauges
        self._requests: dict[str, Requests] = {}
        self.is_draining = False

    def counted(self, name: str, app: ASGIApp) -> ASGIApp:
        """The same app. A stream counts from its first byte."""
        requests = self._requests[name] = Requests()

        async def counting(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                return await app(scope, receive, send)
            began, status, answered = time.monotonic(), NO_ANSWER, 0.0

            async def sent(message: Message) -> None:
                nonlocal status, answered
                if message["type"] == "http.response.start":
                    status, answered = message["status"], time.monotonic()
                await send(message)

            try:
                return await app(scope, receive, sent)
            finally:
                requests.note(status, (answered or time.monotonic()) - began)

        return counting

    def app(self) -> Starlette:
        """What operators ask: /metrics, and /health, which says whether to send anybody here."""
        return Starlette(routes=[Route("/metrics", self._told), Route("/health", self._health)])

    def text(self) -> str:
        """Everything, as Prometheus reads it."""
        lines = [f"sayback_{name} {value:g}" for name, value in sorted(self._gauges().items())]
        for name, requests in self._requests.items():
            lines += _lines_of(name, requests)
        return "\n".join([*lines, ""])

    async def _told(self, _request: Request) -> Response:
        return PlainTextResponse(self.text(), media_type=KIND)

    async def _health(self, _request: Request) -> Response:
        return PlainTextResponse("draining\n", 503) if self.is_draining else PlainTextResponse("ready\n")


def _lines_of(app: str, requests: Requests) -> list[str]:
    name, label, total = "sayback_request_seconds", f'app="{app}"', requests.by_status.total()
    return [
        *(f'sayback_requests_total{{{label},status="{status}"}} {count}'
          for status, count in sorted(requests.by_status.items())),
        *(f'{name}_bucket{{{label},le="{bucket:g}"}} {requests.within[bucket]}' for bucket in BUCKETS),
        f'{name}_bucket{{{label},le="+Inf"}} {total}',
        f"{name}_sum{{{label}}} {requests.seconds:.6f}",
        f"{name}_count{{{label}}} {total}",
    ]  # fmt: skip


