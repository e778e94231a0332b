"""Making a database ready and standing on it: the commands of packaging/online.md, and what people are told where the
database is not as it must be."""

import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import psycopg
import pytest

from core.base.errors import WorkshopError
from core.cli.home import home
from core.cli.program import run
from core.home.shared import SharedShelf
from core.store.postgres.database import NoDatabase, WrongDatabase, note_restored
from core.sync.invitations import read_code
from tests.core.home.online import Online, authority, serving, sharing
from tests.core.home.test_packaging import PROJECT, SECONDS, arguments_after, environment, free_ports, running
from tests.core.store.engines import InADatabase
from tests.core.sync.desks import until
from tests.core.workshops import say
from tests.postgres import READY, ROLE, Server, free_port, owner


def no_desk(path: Path | None) -> int:
    raise AssertionError("no desk was asked for")


def blocks() -> list[str]:
    guide = (PROJECT / "packaging" / "online.md").read_text("utf-8")
    return re.findall(r"^```\n(.*?)^```", guide, re.DOTALL | re.MULTILINE)


@pytest.mark.slow
def test_the_commands_of_the_guide_end_with_a_home_that_serves(postgres: Server, tmp_path: Path) -> None:
    ready, instance, restored = (
        block.replace("db1.example.org,db2.example.org", f"127.0.0.1:{postgres.port}")
        .replace("db1.example.org", f"127.0.0.1:{postgres.port}").replace("--pwprompt ", "")
        .replace("python main.py", f"python {PROJECT / 'main.py'}")
        for block in blocks()
    )  # fmt: skip
    place = {**environment(tmp_path), "PGHOST": "127.0.0.1", "PGPORT": str(postgres.port), "PGUSER": "postgres"}
    for block in (ready, restored):
        told = subprocess.run(["bash", "-euc", block], env=place, capture_output=True, text=True, timeout=SECONDS)
        assert told.returncode == 0, told.stderr
    address, command = instance.strip().splitlines()
    given = home.make_context("home", arguments_after("home", shlex.split(command)), obj=None).params
    assert given["public"] == "https://say.example.org"
    database = address.partition("=")[2]
    try:
        port = free_ports()
        with running(f"python {PROJECT / 'main.py'} home --database {database} --port {port}", tmp_path) as process:
            assert process.stdout is not None
            people = json.loads(process.stdout.readline())["people"]
            assert httpx2.get(people, trust_env=False).status_code == 200
            figures = httpx2.get(f"http://127.0.0.1:{port + 2}/metrics", trust_env=False).text
            assert "sayback_database_answers 1" in figures
    finally:
        postgres.execute("DROP DATABASE sayback WITH (FORCE)")
        postgres.execute("DROP ROLE sayback")


def test_the_unit_starts_an_instance_with_options_that_there_are() -> None:
    unit = (PROJECT / "packaging" / "sayback-instance@.service").read_text("utf-8")
    line = re.search(r"^ExecStart=(.*)$", unit, re.MULTILINE)
    assert line is not None
    given = home.make_context("home", arguments_after("home", shlex.split(line[1].replace("%i", "8010")))).params
    assert (given["port"], given["data"]) == (8010, None)


def test_invitations_and_summaries_are_had_from_the_database(
    database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with serving(SharedShelf(database)) as online, sharing(online, tmp_path / "ann") as ann:
        say(ann.session, "one")
        ann.waits()
        assert run(["invite", "--database", database, "--to", ann.code.lower(), "--role", "venue"], no_desk) == 0
        code = read_code(capsys.readouterr().out.strip())
        assert code is not None
        invitation = online.shelf.invitations.look(code)
        assert invitation is not None
        assert invitation.workshop == ann.session.workshop_id
        assert run(["summary", "--database", database, "--to", ann.code], no_desk) == 0
        assert "1 new note: The park" in capsys.readouterr().out
        assert run(["invite", "--database", database, "--to", "NOCODE"], no_desk) == 2


def test_a_home_is_in_one_place(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SAYBACK_DATABASE", raising=False)
    for given in (["home"], ["home", "--data", "x", "--database", "postgresql:///x"], ["invite"]):
        assert run(given, no_desk) == 2
        assert "--data FOLDER, or --database URL" in capsys.readouterr().err
    assert run(["home", "--database", "postgresql:///x", "--restored"], no_desk) == 2
    assert "main.py database --restored" in capsys.readouterr().err


@pytest.mark.parametrize("lacks", ["psycopg", "psycopg_pool"])
@pytest.mark.parametrize(
    "command",
    [["home"], ["invite"], ["summary", "--to", "ABC234"], ["database", "--for", ROLE]],
    ids=lambda command: command[0],
)
def test_without_the_part_for_postgresql_it_says_how_to_get_it(
    command: list[str], lacks: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, lacks, None)    # as Python has it where nothing of this name is installed
    assert run([*command, "--database", "postgresql:///x"], no_desk) == 1
    said = capsys.readouterr().err
    assert "The part of Sayback that speaks with PostgreSQL is not installed." in said
    assert "tools/setup run-online" in said


def opening(address: str) -> WorkshopError:
    with pytest.raises((NoDatabase, WrongDatabase)) as error:
        SharedShelf(address).open()
    assert error.value.advice
    return error.value


def test_what_is_wrong_with_a_database_is_said_plainly(postgres: Server) -> None:
    assert "does not answer" in str(opening(f"postgresql://{ROLE}@127.0.0.1:{free_port()}/x"))
    assert "no address" in str(opening("postgresql://a b c=d"))
    assert "not made ready" in str(opening(postgres.address("postgres", ROLE)))
    with postgres.database() as name:
        postgres.execute("CREATE ROLE stranger LOGIN")
        try:
            assert "may not use" in str(opening(postgres.address(name, "stranger")))
            postgres.execute("ALTER ROLE stranger SET synchronous_commit = off")
            assert "synchronous_commit is off" in str(opening(postgres.address(name, "stranger")))
        finally:
            postgres.execute("DROP ROLE stranger")
        postgres.execute("UPDATE sayback.layout SET version = 99", name)
        assert "another version" in str(opening(postgres.address(name, ROLE)))


@contextmanager
def with_tls(server: Server, folder: Path) -> Iterator[Path]:
    """The server has a certificate for localhost meanwhile; the file of who vouches for it."""
    ca, both = authority(folder)
    there = server.folder / "tls.pem"
    there.write_bytes(both.read_bytes())
    there.chmod(0o600)
    if (name := owner()) is not None:
        shutil.chown(there, name)
    switch(server, ssl_cert_file=f"'{there}'", ssl_key_file=f"'{there}'", ssl="on")
    try:
        yield ca
    finally:
        switch(server, ssl="off")


def switch(server: Server, **settings: str) -> None:
    server.set(**settings)
    server.control("reload")
    until(lambda: server.execute("SHOW ssl") == [(settings["ssl"],)])


def test_over_tls_it_comes_to_the_database_that_is_vouched_for_and_to_no_other(
    postgres: Server, database: str, tmp_path: Path
) -> None:
    name = psycopg.conninfo.conninfo_to_dict(database)["dbname"]
    with with_tls(postgres, tmp_path / "tls") as ca:
        address = f"postgresql://{ROLE}@localhost:{postgres.port}/{name}?sslmode=verify-full&sslrootcert="
        with serving(SharedShelf(f"{address}{ca}")) as online:
            assert answers(online) == 1
            secure = "SELECT DISTINCT ssl FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE usename = '%s'"
            assert postgres.execute(secure % ROLE) == [(True,)]
        stranger, _ = authority(tmp_path / "another")
        assert "certificate verify failed" in str(opening(f"{address}{stranger}"))
        elsewhere = address.replace("@localhost", "@db.example.org") + f"{ca}&hostaddr=127.0.0.1"
        assert "does not match host name" in str(opening(elsewhere))
    assert "SSL" in str(opening(f"{address}{ca}"))    # never without


def test_the_role_of_the_instances_has_the_rights_that_are_written_down_and_no_more(postgres: Server) -> None:
    granted = "SELECT table_name, privilege_type FROM information_schema.role_table_grants WHERE grantee = '%s'"
    rights: dict[object, set[object]] = {}
    for table, right in postgres.execute(granted % ROLE, READY):
        rights.setdefault(table, set()).add(right)
    reads, adds = {"SELECT"}, {"SELECT", "INSERT"}
    changes = {*adds, "UPDATE", "DELETE"}
    assert rights == {
        "layout": reads, "workshop": reads, "event": reads, "words": reads, "refusal": adds, "opening": adds,
        "secret": adds, "picture": {*adds, "DELETE"}, "local": changes, "contact": changes, "guest": changes,
        "invitation": changes,
    }  # fmt: skip
    of_columns = "SELECT column_name FROM information_schema.role_column_grants WHERE privilege_type = 'UPDATE'"
    assert postgres.execute(f"{of_columns} AND table_name = 'picture' AND grantee = '{ROLE}'", READY) == [("kept_at",)]
    might = "SELECT rolsuper OR rolcreatedb OR rolcreaterole OR rolbypassrls FROM pg_roles WHERE rolname = '%s'"
    assert postgres.execute(might % ROLE) == [(False,)]


def test_what_acts_as_the_owner_is_open_to_that_role_alone_and_finds_no_tables_of_others(postgres: Server) -> None:
    ours = "SELECT proname FROM pg_proc WHERE pronamespace = 'sayback'::regnamespace AND "
    assert postgres.execute(f"{ours} has_function_privilege('public', oid, 'EXECUTE')", READY) == []
    assert len(postgres.execute(f"{ours} prosecdef", READY)) > 5
    paths = "EXISTS (SELECT FROM unnest(proconfig) AS set WHERE set = 'search_path=sayback, pg_temp')"
    assert postgres.execute(f"{ours} prosecdef AND NOT {paths}", READY) == []


def test_who_may_not_make_a_database_ready_is_told_so(
    postgres: Server, database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["database", "--database", database, "--for", ROLE], no_desk) == 1
    assert "Use the role that owns the database." in capsys.readouterr().err
    assert run(["database", "--database", postgres.address(), "--for", "nobody-there"], no_desk) == 1
    assert "There is no role nobody-there" in capsys.readouterr().err


def test_a_database_that_was_put_back_and_said_to_be_begins_a_new_epoch(
    postgres: Server, database: str, tmp_path: Path
) -> None:
    shared = InADatabase(database)
    shared.brings(tmp_path)
    with shared.opened() as session:
        before = say(session, "before").events[0].seq or 0
    note_restored(database.replace(ROLE, "postgres"))
    with shared.opened() as session:
        after = say(session, "after").events[0].seq or 0
    assert after >> 32 == (before >> 32) + 1


def test_a_home_says_when_its_database_is_gone_and_goes_on_when_it_is_back(database: str, postgres: Server) -> None:
    name = psycopg.conninfo.conninfo_to_dict(database)["dbname"]
    with serving(SharedShelf(database)) as online:
        assert answers(online) == 1
        postgres.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        postgres.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
        until(lambda: answers(online) == 0)
        postgres.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
        until(lambda: answers(online) == 1)


def answers(online: Online) -> float:
    return online.shelf.figures()["database_answers"]
