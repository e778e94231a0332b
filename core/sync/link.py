"""A desk's link to its workshop's home: sends what was done here, fetches what is new, again and again, on a thread of
its own, in the language of whoever made it. Whatever breaks, what was done here stays here, and is sent when the home
is back."""

import asyncio
import logging
import random
import threading
from collections.abc import AsyncGenerator, Callable, Collection
from contextlib import nullcontext, suppress
from contextvars import copy_context
from dataclasses import replace
from typing import TypeVar

from core.base.collecting import uncollected
from core.base.errors import NotSaved, WorkshopError
from core.base.faults import described
from core.base.ids import PictureHash
from core.base.language import _
from core.domain.bodies import NoteSaid
from core.session import Answer, Change, Mark, Parcel, Session, together
from core.sync.errors import NotReached, NotTaken
from core.sync.known import Home
from core.sync.ledger import confirm_erasures
from core.sync.line import Busy, Differs, Line, Page, TooLarge
from core.sync.moved import Moved, WayThere
from core.sync.standing import LinkState, Way
from core.sync.waiting import ahead, within
from core.sync.wire import EVENTS_AT_MOST

logger = logging.getLogger("sayback.sync")

PUSH_EVENTS = 500
PAGES_INTO_A_NEW_FILE = 5
"""So many are taken in together where nobody waits for the writer: ids lie anywhere in their index, so that each commit
writes nearly all of it, and a few large ones write half as much (docs/decisions/a-new-desk-catches-up.md)."""
LOOK_SECONDS = 15.0
"""So often the home is asked even where nothing hints at news."""
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0
STOP_SECONDS = 3.0
CANCEL_SECONDS = 1.0
Chance = Callable[[], float]
Value = TypeVar("Value")
at_random = random.SystemRandom().random


class Link:
    """Keeps a session and its home in step from `start` to `stop`. `changed` is called on the link's thread whenever
    `state` is another."""

    def __init__(
        self, session: Session, home: Home, changed: Callable[[], None] = lambda: None,
        chance: Chance = at_random, moved: Moved = lambda home: None,
    ) -> None:  # fmt: skip
        """`moved` is told on another thread where the home is now, once we were let in there; it may raise NotSaved."""
        self._moved = moved
        self.state = LinkState(is_online=home.is_online)
        self._session, self._home, self._changed, self._chance = session, home, changed, chance
        self._loop: asyncio.AbstractEventLoop | None = None
        self._task: asyncio.Task[None] | None = None
        self._keeping: Keeping | None = None
        self._stopped = False
        self._told = threading.Condition()
        speaking = copy_context().run
        self._thread = threading.Thread(target=speaking, args=(self._run,), name="sayback-link", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wait_until(self, is_so: Callable[[LinkState], bool], seconds: float) -> bool:
        """Wait for the link to stand so; whether it did in time."""
        with self._told:
            return self._told.wait_for(lambda: is_so(self.state), seconds)

    def stop(self, timeout: float = STOP_SECONDS) -> None:
        """End, after what is under way where that is soon; what waits is sent at the next start."""
        self._stopped = True
        if self._keeping is not None:
            self._call(self._keeping.end)
        if self._thread.is_alive():
            self._thread.join(timeout - CANCEL_SECONDS)
            if self._task is not None:
                self._call(self._task.cancel)
            self._thread.join(CANCEL_SECONDS)

    def _call(self, act: Callable[[], object]) -> None:
        if self._loop is not None:
            with suppress(RuntimeError):    # it has ended already
                self._loop.call_soon_threadsafe(act)

    def _run(self) -> None:
        with suppress(asyncio.CancelledError):
            asyncio.run(self._keep())

    async def _keep(self) -> None:
        """Until told to stop. A problem that only somebody can mend ends it, too, and is told."""
        self._loop, self._task = asyncio.get_running_loop(), asyncio.current_task()
        self._keeping = keeping = Keeping(self._session, self._home, self._tell, self._chance, self._moved)
        if self._stopped:    # told so before there was somebody to tell it to
            keeping.end()
        leave = self._session.subscribe(keeping.hear)
        try:
            await keeping.go_on()
        finally:
            leave()
            await keeping.close()

    def _tell(self, state: LinkState) -> None:
        if state != self.state:
            with self._told:
                self.state = state
                self._told.notify_all()
            self._changed()


class Keeping:
    """The work of a link on its loop."""

    def __init__(
        self, session: Session, home: Home, tell: Callable[[LinkState], None], chance: Chance, moved: Moved
    ) -> None:
        self._session, self._tell, self._chance = session, tell, chance
        self._line, self._workshop, self._is_online = Line(home), home.workshop, home.is_online
        self._way = WayThere(home, moved)
        self._is_known = False
        self._differed = False
        self._loop = asyncio.get_running_loop()
        self._news, self._over = asyncio.Event(), asyncio.Event()
        self._hears = asyncio.Event()
        self._pause = FIRST_PAUSE
        self._most = PUSH_EVENTS
        self._hints: asyncio.Task[None] | None = None

    def hear(self, change: Change) -> None:
        """On the writer's thread: something was done here, or came in."""
        with suppress(RuntimeError):    # the link has ended
            self._loop.call_soon_threadsafe(self._news.set)

    def end(self) -> None:
        """Nothing more is begun."""
        self._over.set()
        self._news.set()

    async def go_on(self) -> None:
        """Send and fetch, then wait for news; where the home is away, for longer and longer. What was begun is let
        come to its end: to break off a handshake would leave its socket open."""
        while not self._over.is_set():
            self._news.clear()
            try:
                if not await self._met():
                    continue
            except WorkshopError as error:
                await self._say(Way.ENDED, error)
                return
            self._pause = FIRST_PAUSE
            await self._say(Way.ON)
            self._listen()
            if not self._over.is_set():
                await within(LOOK_SECONDS, self._news)

    async def close(self) -> None:
        """Hang up."""
        if self._hints is not None:
            if not self._hints.done():
                await within(CANCEL_SECONDS, self._hears)
            self._hints.cancel()
            await asyncio.gather(self._hints, return_exceptions=True)
        await self._line.close()

    async def _met(self) -> bool:
        """Whether both are in step; else some time went by. Before we go elsewhere, what was done here is sent."""
        try:
            await self._meet()
        except (NotReached, NotSaved, Busy) as error:
            await self._lost(error if isinstance(error, WorkshopError) else None)
            return False
        told = self._session.board.home_address    # before the look: what is said of it after that is not sent yet
        waits = await asyncio.to_thread(self._session.parcels.count_waiting)
        return waits > 0 or not await self._follow(told)

    # sending and fetching

    async def _meet(self) -> None:
        theirs: Mark | None = None
        if not self._is_known:
            theirs = await self._line.hello(self._workshop)
            await self._bring_pictures(self._session.pictures_named())
            await self._get_pictures(self._session.pictures_named())
            await self._ask_for_words()
            self._is_known = True
        try:
            if theirs is not None and not await self._has(theirs):
                raise Differs    # before it gives numbers that it has given already: it was put back from an old copy
            await self._send()
            await self._fetch(await self._mark())
        except Differs:
            await self._reconcile()
        else:
            self._differed = False
        await confirm_erasures(self._session)

    async def _follow(self, told: str) -> bool:
        """To where the log says that the home is, once it lets us in there; whether we went."""
        there = await self._way.found(told)
        if there is not None:
            before, self._line, self._is_known = self._line, there, False
            await before.close()
            if self._hints is not None:
                self._hints.cancel()
        return there is not None

    async def _has(self, theirs: Mark) -> bool:
        """Whether the home has all that is numbered here, as far as we can tell. One that has come less far would give
        what waits here numbers that it has given before."""
        ours = await self._mark()
        return ours.seq < theirs.seq or ours == theirs

    async def _send(self) -> None:
        """Everything that waits for a number, batch by batch. What is numbered comes back with the next fetch; only
        what is refused, or was numbered before what we have, is taken from the answers."""
        sent: set[str] = set()
        while True:
            parcel = await asyncio.to_thread(self._session.parcels.waiting, self._most)
            if not parcel.events or parcel.events[0].id in sent:
                return
            sent.update(event.id for event in parcel.events)
            await self._bring_pictures(parcel.pictures)
            await self._push(parcel)
            await self._fetch(await self._mark())

    async def _push(self, parcel: Parcel) -> None:
        try:
            answers = await self._line.push(parcel)
        except TooLarge:
            if len(parcel.events) == 1:
                raise NotTaken(_("Something that was done here is too large to send.")) from None
            self._most = max(1, len(parcel.events) // 2)
            half = parcel.events[: self._most]
            await self._push(replace(parcel, events=half))
            return
        head = (await self._mark()).seq if parcel.events[0].seq is None else 0
        if told := [answer for answer in answers if _matters(answer, head)]:
            await asyncio.wrap_future(self._session.merge([], [], told))

    async def _fetch(self, mark: Mark) -> None:
        """Page by page. Where the home says what its mark is at the end of one, the next are on their way while this is
        taken in; whether both logs are the same is found out all the same, by our own mark after the last."""
        page = await self._line.pull(mark)
        most = 1 if mark.seq else PAGES_INTO_A_NEW_FILE
        with uncollected() if page.more else nullcontext():
            while page.parcel.events:
                is_all = not page.more
                async with ahead(self._pages_from(page), most) as came:
                    while pages := await came():
                        await self._take_in(together([each.parcel for each in pages]))
                if is_all:
                    return
                page = await self._line.pull(await self._mark())

    async def _pages_from(self, page: Page) -> AsyncGenerator[Page, None]:
        yield page
        while page.more and page.mark:
            page = await self._line.pull(page.mark)
            yield page

    async def _take_in(self, came: Parcel) -> None:
        await self._get_pictures(came.pictures)
        await asyncio.wrap_future(self._session.merge(came.events, came.words, rows=came.rows))

    async def _bring_pictures(self, named: Collection[PictureHash]) -> None:
        """A picture is at the home before the note that names it."""
        for digest in await self._line.lacking(named):
            if (picture := await asyncio.to_thread(self._session.picture, digest)) is not None:
                await self._line.send_picture(picture)

    async def _get_pictures(self, named: Collection[PictureHash]) -> None:
        """And here before the note is."""
        for digest in await asyncio.to_thread(self._session.parcels.lacking, named) if named else ():
            picture = await self._line.fetch_picture(digest)
            if picture is not None:
                await asyncio.wrap_future(self._session.bring_picture(picture))

    async def _ask_for_words(self) -> None:
        """Words that got lost on their way, and that nobody has erased: whichever side has them gives them."""
        parcels = self._session.parcels
        missing = await asyncio.to_thread(parcels.missing_words, EVENTS_AT_MOST)
        if found := await self._line.words(missing):
            await asyncio.wrap_future(self._session.bring_words(found))
        await self._line.bring_words(await asyncio.to_thread(parcels.words, await self._line.missing_words()))

    async def _mark(self) -> Mark:
        return await asyncio.to_thread(self._session.parcels.mark)

    async def _reconcile(self) -> None:
        """The home was restored, or another one numbered what we have: from where both logs are the same, ours is
        sent again under the numbers it has, then the home's is fetched."""
        if self._differed:
            raise Busy    # it did not help just now: not again at once
        self._differed = True
        same = await self._last_in_common()
        at = same.seq
        while (parcel := await asyncio.to_thread(self._session.parcels.after, at, self._most)).events:
            await self._bring_pictures(parcel.pictures)
            await self._push(parcel)
            at = parcel.events[-1].seq or 0
        after, more = same, True
        while more:
            page = await self._line.pull(after)
            parcel, more = page.parcel, page.more
            await self._get_pictures(parcel.pictures)
            await asyncio.wrap_future(self._session.merge(parcel.events, parcel.words))
            if parcel.events:
                after = await self._line.mark(parcel.events[-1].seq or 0)
        self._news.set()    # what has lost its number is to be sent

    async def _last_in_common(self) -> Mark:
        """The last mark that both logs have, found by halves."""
        numbers = [0, *await asyncio.to_thread(self._session.parcels.numbers)]
        low, high = 0, len(numbers) - 1
        while low < high:
            middle = (low + high + 1) // 2
            ours = await asyncio.to_thread(self._session.parcels.mark, numbers[middle])
            if await self._line.mark(numbers[middle]) == ours:
                low = middle
            else:
                high = middle - 1
        return await asyncio.to_thread(self._session.parcels.mark, numbers[low])

    # waiting

    async def _lost(self, error: WorkshopError | None) -> None:
        """Wait, each time twice as long, and never in step with other desks. A home that asks for a moment is there: it
        is to be told first where we go."""
        self._is_known = False
        await self._say(Way.LOST, error)
        if error is not None and await self._follow(self._session.board.home_address):
            return
        await within(self._pause * (0.5 + self._chance()), self._over)
        self._pause = min(LONGEST_PAUSE, 2 * self._pause)

    async def _say(self, way: Way, problem: WorkshopError | None = None) -> None:
        waiting = await asyncio.to_thread(self._session.parcels.count_waiting)
        notes = await asyncio.to_thread(self._session.parcels.count_waiting, NoteSaid.KIND) if waiting else 0
        self._tell(LinkState(way, waiting, problem, notes, self._is_online))

    def _listen(self) -> None:
        if self._hints is None or self._hints.done():
            self._hints = asyncio.get_running_loop().create_task(self._hear_hints())

    async def _hear_hints(self) -> None:
        self._hears.clear()
        try:
            async with self._line.hints() as lines:
                self._hears.set()
                async for line in lines:
                    if line.startswith("data:"):
                        self._news.set()
        except (WorkshopError, Busy) as error:
            logger.debug("No more hints: %s", type(error).__name__)    # the next round finds out why
        except Exception as fault:    # noqa: BLE001 - without hints the home is asked now and then; logged
            logger.error("The hints of the home broke: %s", described(fault))
        self._hears.set()
        await within(FIRST_PAUSE, self._over)
        self._news.set()


def _matters(answer: Answer, head: int) -> bool:
    return answer.refused is not None or (answer.seq is not None and answer.seq <= head)
