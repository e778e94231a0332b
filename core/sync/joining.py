"""Joining another desk's workshop: from an address and a code to a home that this desk knows."""

import re
import secrets
import ssl
import threading
import time
from collections.abc import Callable

import httpx2

from core.base.ids import DeskId, WorkshopId, is_id
from core.base.join import host_with_port
from core.session import Session
from core.sync import wire
from core.sync.certificate import client_context, fingerprint
from core.sync.code import is_proof, proof, read_code, stretched
from core.sync.door import USUAL_PORT
from core.sync.errors import NewerDesk, NotLetIn, NotReached, WrongAddress, WrongCode
from core.sync.known import Home
from core.sync.link import Link
from core.sync.pairing import LIFE_SECONDS
from core.sync.roles import Role
from core.sync.standing import Way
from core.sync.wire import Garbled, Json

CONNECT_SECONDS = 5.0
ASK_SECONDS = 0.5
FILL_SECONDS = 60.0
ADDRESS = re.compile(
    r"(?:https://)?(?:\[(?P<six>[0-9a-f:.]+(?:%\w+)?)\]|(?P<host>[\w.-]+))(?::(?P<port>\d{1,5}))?/?", re.IGNORECASE
)
Wait = Callable[[float], bool]
"""Waits so many seconds; True as soon as nobody wants to join any more."""


def read_address(typed: str) -> tuple[str, int]:
    """Host and port as people type them. Raises WrongAddress."""
    found = ADDRESS.fullmatch(typed.strip())
    if found is None or not 0 < int(found["port"] or USUAL_PORT) < 65_536:
        raise WrongAddress
    return found["six"] or found["host"], int(found["port"] or USUAL_PORT)


def join(address: str, code: str, desk: DeskId, name: str, wait: Wait) -> Home | None:
    """Ask to be let in, and wait until somebody at the first desk has answered; None where `wait` says that nobody
    wants to any more. Blocks. Raises WrongAddress, WrongCode, NotReached, NotLetIn, NewerDesk."""
    host, port = read_address(address)
    signs = read_code(code)
    if signs is None:
        raise WrongCode
    certificate = _certificate_at(host, port)
    with httpx2.Client(
        base_url="https://" + host_with_port(host, port), verify=client_context(certificate), trust_env=False,
        timeout=CONNECT_SECONDS,
    ) as client:  # fmt: skip
        ticket = _ask(client, stretched(signs), fingerprint(certificate), desk, name)
        until = time.monotonic() + LIFE_SECONDS
        while time.monotonic() < until:
            told = _posted(client, "/ticket", {"ticket": ticket}, NotLetIn)
            if not told.get("waits"):
                return _home(told, host, port, certificate)
            if wait(ASK_SECONDS):
                return None
    raise NotLetIn


def _certificate_at(host: str, port: int) -> str:
    """The certificate of whoever answers there; nobody is trusted before the proofs."""
    try:
        return ssl.get_server_certificate((host, port), timeout=CONNECT_SECONDS)
    except (OSError, ValueError) as error:    # ValueError: a name that cannot be one
        raise NotReached from error


def _ask(client: httpx2.Client, key: bytes, over: str, desk: DeskId, name: str) -> str:
    """The ticket. Raises WrongCode where either side does not know the code."""
    nonce = secrets.token_hex(16)
    asked = {"desk": desk, "name": name, "nonce": nonce, "proof": proof(key, "joins", over, nonce, desk, name)}
    told = _posted(client, "/pair", asked, WrongCode)
    if told.get("protocol") != wire.PROTOCOL:
        raise NewerDesk
    if not is_proof(key, str(told.get("proof")), "welcomes", over, nonce):
        raise WrongCode
    return str(told.get("ticket"))


def _posted(client: httpx2.Client, path: str, asked: Json, refused: type[WrongCode | NotLetIn]) -> Json:
    try:
        answer = client.post(path, json=dict(asked))
        told = wire.parsed(answer.content)
    except httpx2.TransportError as error:
        raise NotReached from error
    except Garbled as error:
        raise NewerDesk from error
    if answer.status_code == 403:
        raise refused
    if answer.status_code not in (200, 202):
        raise NotReached
    return told


def _home(told: Json, host: str, port: int, certificate: str) -> Home:
    workshop, role, token = told.get("workshop"), told.get("role"), told.get("token")
    if not is_id(workshop) or role not in set(Role) or not isinstance(token, str):
        raise NewerDesk
    return Home(WorkshopId(str(workshop)), host, port, certificate, token, Role(role), str(told.get("title", "")))


def fill(session: Session, home: Home, seconds: float = FILL_SECONDS) -> None:
    """Fetch the workshop into a new file. Blocks. Raises NotReached, or what else ended the link."""
    told = threading.Event()
    link = Link(session, home, changed=told.set)
    link.start()
    until = time.monotonic() + seconds
    try:
        while link.state.way is Way.BEGINS and time.monotonic() < until:
            told.wait(ASK_SECONDS)
    finally:
        link.stop()
    if link.state.way is not Way.ON:
        raise link.state.problem or NotReached()
