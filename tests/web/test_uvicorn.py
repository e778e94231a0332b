"""What core/web/protocol.py and listeners.py rest on inside uvicorn and httptools. Where this fails after a new
version, read the new code before the pin is moved."""

import inspect
from importlib.metadata import version

import httptools
import pytest
import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

CALLBACKS = (
    "on_message_begin", "on_url", "on_header", "on_headers_complete", "on_body", "on_message_complete",
    "on_response_complete", "connection_made", "connection_lost", "data_received", "send_400_response", "shutdown",
)  # fmt: skip


def test_the_version_is_the_one_that_was_read() -> None:
    assert version("uvicorn") == "0.54.0"


@pytest.mark.parametrize("name", CALLBACKS)
def test_the_protocol_has_what_ours_overrides(name: str) -> None:
    assert callable(getattr(HttpToolsProtocol, name))


@pytest.mark.parametrize("name", ["url", "headers", "cycle", "pipeline", "parser", "client", "app_state", "loop"])
def test_the_protocol_keeps_what_ours_reads(name: str) -> None:
    assert f"self.{name}" in inspect.getsource(HttpToolsProtocol)


@pytest.mark.parametrize(
    "name", ["keep_alive", "more_body", "disconnected", "response_started", "response_complete", "message_event"]
)
def test_a_cycle_has_what_a_refusal_sets(name: str) -> None:
    assert f"self.{name} = " in inspect.getsource(RequestResponseCycle.__init__)


def test_what_a_callback_raises_ends_in_the_answer_that_we_override() -> None:
    received = inspect.getsource(HttpToolsProtocol.data_received)
    assert "except httptools.HttpParserError" in received
    assert "self.send_400_response(msg)" in received
    assert issubclass(httptools.HttpParserCallbackError, httptools.HttpParserError)


def test_a_disconnected_cycle_sends_nothing_more() -> None:
    assert "if self.disconnected:\n            return" in inspect.getsource(RequestResponseCycle.send)


def test_connections_are_made_with_these_arguments_and_kept_in_one_set() -> None:
    names = list(inspect.signature(HttpToolsProtocol.__init__).parameters)
    assert names == ["self", "config", "server_state", "app_state", "_loop"]
    assert isinstance(ServerState().connections, set)


def test_the_server_begins_ticks_and_ends_where_ours_steps_in() -> None:
    for step in (uvicorn.Server.startup, uvicorn.Server.shutdown, uvicorn.Server.on_tick):
        assert inspect.iscoroutinefunction(step)
    assert "self.servers" in inspect.getsource(uvicorn.Server.startup)
