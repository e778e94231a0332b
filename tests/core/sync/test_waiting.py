"""What is fetched ahead, while the work with what came before goes on."""

import asyncio
from collections.abc import AsyncGenerator

import pytest

from core.sync.waiting import ahead


class Pages:
    """Numbers, each of which comes once it may; what is asked for is written down."""

    def __init__(self, count: int, breaks_at: int | None = None) -> None:
        self.asked: list[int] = []
        self.came: list[int] = []
        self.may = asyncio.Semaphore(0)
        self._count, self._breaks_at = count, breaks_at

    async def __call__(self) -> AsyncGenerator[int, None]:
        for number in range(self._count):
            self.asked.append(number)
            await self.may.acquire()
            if number == self._breaks_at:
                raise ConnectionError
            self.came.append(number)
            yield number

    async def let(self, count: int) -> None:
        """So many more may come; until they have, or no more are asked for."""
        for _ in range(count):
            self.may.release()
        for _ in range(10 * count):
            await asyncio.sleep(0)


async def all_of(pages: Pages, most: int) -> list[list[int]]:
    found = []
    async with ahead(pages(), most) as since_then:
        await pages.let(9)
        while some := await since_then():
            found.append(some)
    return found


def test_all_that_came_meanwhile_is_given_together_and_in_order() -> None:
    async def tried() -> None:
        assert await all_of(Pages(7), 3) == [[0, 1, 2], [3, 4, 5], [6]]
        assert await all_of(Pages(3), 1) == [[0], [1], [2]]
        assert await all_of(Pages(0), 3) == []

    asyncio.run(tried())


def test_no_more_than_so_many_are_fetched_ahead_of_the_work() -> None:
    async def tried() -> None:
        pages = Pages(9)
        async with ahead(pages(), 2) as since_then:
            await pages.let(9)
            assert pages.came == [0, 1]
            assert await since_then() == [0, 1]
            await pages.let(1)
            assert pages.came == [0, 1, 2, 3]

    asyncio.run(tried())


def test_what_came_before_it_broke_is_given_first() -> None:
    async def tried() -> None:
        pages = Pages(5, breaks_at=2)
        async with ahead(pages(), 5) as since_then:
            await pages.let(5)
            assert await since_then() == [0, 1]
            with pytest.raises(ConnectionError):
                await since_then()

    asyncio.run(tried())


def test_where_the_work_breaks_what_is_under_way_comes_to_its_end_and_no_more_is_asked_for() -> None:
    async def tried() -> None:
        pages, breaks = Pages(5), asyncio.Event()

        async def broken() -> None:
            async with ahead(pages(), 3) as since_then:
                await pages.let(1)
                assert await since_then() == [0]
                breaks.set()
                raise ZeroDivisionError

        work = asyncio.get_running_loop().create_task(broken())
        await breaks.wait()
        assert not work.done()
        await pages.let(1)
        with pytest.raises(ZeroDivisionError):
            await work
        assert (pages.asked, pages.came) == ([0, 1], [0, 1])

    asyncio.run(tried())
