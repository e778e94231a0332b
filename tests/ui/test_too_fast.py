"""A phone that sends faster than it may is told of at the desk, never whose it is, and can be stopped there."""

import re
from collections.abc import Callable
from pathlib import Path

import httpx2
import pytest
from PySide6.QtWidgets import QApplication

from core.web.limits import HURRY_TIMES
from tests.ui.at_the_desk import DeskUnderTest
from tests.ui.hall import Hall, hall
from tests.web.phones import NO_TLS

KEPT, TOO_MANY = 200, 429
NOTES = 200
STOP = "Take nothing more from it"


class Flood:
    """A phone whose person, or whose program, never waits."""

    def __init__(self, desk: DeskUnderTest) -> None:
        self.base = f"http://127.0.0.1:{desk.door.port}"
        self.code = desk.door.code
        self.phone = httpx2.Client(
            base_url=self.base, follow_redirects=True, trust_env=False, verify=NO_TLS, timeout=10
        )

    def sends_until_it_is_turned_away(self, times: int) -> None:
        """Note after note."""
        turned_away = 0
        fields = self._fields()
        for number in range(NOTES):
            data = {**fields, "text": f"Note {number}"}
            answer = self.phone.post(f"/{self.code}/note", data=data, headers={"origin": self.base})
            assert answer.status_code in (KEPT, TOO_MANY)
            turned_away += answer.status_code == TOO_MANY
            if turned_away == times:
                return
            if number == 0:
                fields = self._fields()    # now it is somebody, with a token of its own
            QApplication.processEvents()
        raise AssertionError("It was never turned away.")

    def _fields(self) -> dict[str, str]:
        page = self.phone.get(f"/{self.code}/q/1")
        return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text))


@pytest.mark.slow
def test_a_flood_is_told_of_and_stopped_without_a_name(
    new_desk: Callable[[], DeskUnderTest], tmp_path: Path
) -> None:
    desk = new_desk()
    desk.begin(hall(tmp_path / "town.sayback", desk.settings.settings.desk))
    flood = Flood(desk)
    with flood.phone:
        flood.sends_until_it_is_turned_away(HURRY_TIMES)
    desk.wait(lambda: desk.notice.startswith("1 phone is sending very fast."))
    desk.press(STOP)
    room = Hall(desk)
    desk.wait(lambda: any(room.board.is_blocked(who) for who in room.board.joined))
    desk.wait(lambda: desk.notice.startswith("Nothing more is taken from that phone. Its notes stay."))
    desk.do("undo")
    desk.wait(lambda: not any(room.board.is_blocked(who) for who in room.board.joined))
