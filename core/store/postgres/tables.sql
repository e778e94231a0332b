-- The tables and functions of an online home, made once by who owns the database (`main.py database`). The instances
-- of the home come with a role that owns nothing: it may read, and may change the log only by the functions here.
-- Times are in milliseconds since 1970, as in the files of desks.

CREATE SCHEMA sayback;
SET LOCAL search_path = sayback, pg_temp;

CREATE TABLE layout (version integer PRIMARY KEY);
INSERT INTO layout VALUES (1);

-- One row for each workshop: the lock that gives one instance after another its turn, and how far the log goes.
CREATE TABLE workshop (
    id text PRIMARY KEY,
    head bigint NOT NULL DEFAULT 0,       -- the highest number that was given, or that a new epoch begins after
    last bigint NOT NULL DEFAULT 0,       -- the last rowid: what was kept when
    anew integer NOT NULL DEFAULT 0,      -- goes up where who follows must read everything anew
    lineage text NOT NULL                 -- of which history of the database the numbers are
) WITH (fillfactor = 50);                 -- changed by each commit, in place

CREATE TABLE event (
    workshop text NOT NULL,               -- there by take_turn; a key to it would cost a third of an append
    rowid bigint NOT NULL,
    seq bigint,
    state text NOT NULL,
    id text NOT NULL,
    origin text NOT NULL,
    origin_seq bigint NOT NULL,
    desk text NOT NULL,
    actor text NOT NULL,
    act text NOT NULL,
    kind text NOT NULL,
    subject text NOT NULL,
    base text NOT NULL,
    was text,
    body text NOT NULL,
    schema integer NOT NULL,
    said_at bigint NOT NULL,
    received_at bigint NOT NULL,
    hash text NOT NULL,
    PRIMARY KEY (workshop, rowid),
    UNIQUE (workshop, id),
    UNIQUE (workshop, origin, origin_seq),
    CHECK (state IN ('confirmed', 'refused') AND (seq IS NULL) = (state = 'refused'))
);
CREATE UNIQUE INDEX event_seq ON event (workshop, seq) WHERE seq IS NOT NULL;
CREATE INDEX event_subject ON event (workshop, subject);
CREATE INDEX event_erasures ON event (workshop) WHERE kind = 'person.erased';

CREATE TABLE words (
    workshop text NOT NULL, hash text NOT NULL, salt bytea NOT NULL, text text NOT NULL,
    PRIMARY KEY (workshop, hash)
);
CREATE TABLE refusal (
    workshop text NOT NULL REFERENCES workshop, id text NOT NULL, reason text NOT NULL, PRIMARY KEY (workshop, id)
);
CREATE TABLE opening (
    workshop text NOT NULL REFERENCES workshop, origin text NOT NULL, desk text NOT NULL, is_home integer NOT NULL,
    at bigint NOT NULL, PRIMARY KEY (workshop, origin)
);
CREATE TABLE local (
    workshop text NOT NULL REFERENCES workshop, name text NOT NULL, value text NOT NULL, PRIMARY KEY (workshop, name)
);
CREATE TABLE picture (
    workshop text NOT NULL REFERENCES workshop, hash text NOT NULL, kind text NOT NULL, width integer NOT NULL,
    height integer NOT NULL, bytes bytea NOT NULL, kept_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (workshop, hash)
);
-- The addresses that people left, until an organiser's desk has fetched them.
CREATE TABLE contact (
    workshop text NOT NULL REFERENCES workshop, contributor text NOT NULL, way text NOT NULL, address text NOT NULL,
    consent integer NOT NULL, language text NOT NULL, at bigint NOT NULL, next_event integer NOT NULL,
    record_sent bigint, next_event_sent bigint, PRIMARY KEY (workshop, contributor)
);
-- The desks that were let in; of their tokens only a hash.
CREATE TABLE guest (
    workshop text NOT NULL REFERENCES workshop, desk text NOT NULL, name text NOT NULL, role text NOT NULL,
    token_hash text NOT NULL, PRIMARY KEY (workshop, desk)
);
CREATE INDEX guest_token ON guest (workshop, token_hash);
-- Of an invitation's code only a hash, under a key that all instances share.
CREATE TABLE invitation (
    hash text PRIMARY KEY, role text NOT NULL, workshop text NOT NULL, until bigint NOT NULL, claim text,
    venue text NOT NULL DEFAULT ''
);
CREATE TABLE secret (name text PRIMARY KEY, value bytea NOT NULL);

-- Which history of the database this is: another one after a standby was promoted, and after a back-up was restored.
CREATE FUNCTION lineage() RETURNS text LANGUAGE sql STABLE SET search_path = sayback, pg_catalog, pg_temp AS $$
    SELECT system_identifier || '.' || left(pg_walfile_name(pg_current_wal_lsn()), 8) FROM pg_control_system()
$$;

-- Room for a workshop that a desk brings; false where it is here already.
CREATE FUNCTION make(which text) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = sayback, pg_temp AS $$
DECLARE
    is_new boolean;
BEGIN
    INSERT INTO workshop (id, lineage) VALUES (which, lineage()) ON CONFLICT DO NOTHING;
    is_new := FOUND;
    PERFORM pg_notify('sayback', which);
    RETURN is_new;
END $$;

CREATE FUNCTION next_epoch(number bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT (number / 4294967296 + 1) * 4294967296
$$;

-- The turn of one instance, until it commits. `known` is the highest number it has seen: where that is not here, or the
-- database has another history, numbers may have been given that it does not know of, and a new epoch begins.
CREATE FUNCTION take_turn(which text, known bigint) RETURNS TABLE (head bigint, last bigint, anew integer, newest text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = sayback, pg_temp AS $$
DECLARE
    w workshop;
BEGIN
    SELECT * INTO STRICT w FROM workshop WHERE id = which FOR UPDATE;
    IF w.lineage <> lineage() OR known > w.head THEN
        IF greatest(w.head, known) > 0 THEN
            w.head := next_epoch(greatest(w.head, known));
        END IF;
        w.anew := w.anew + 1;
        UPDATE workshop SET head = w.head, anew = w.anew, lineage = lineage() WHERE id = which;
    END IF;
    RETURN QUERY SELECT w.head, w.last, w.anew,
        coalesce((SELECT hash FROM event WHERE workshop = which AND rowid = w.last), '');
END $$;

-- From here on the numbers are of a new epoch, also after this one. Returns what it begins after.
CREATE FUNCTION begin_epoch(which text, claimed bigint) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = sayback, pg_temp AS $$
    UPDATE workshop SET head = next_epoch(greatest(head, claimed)) WHERE id = which RETURNING head
$$;

-- Keep events, one array for each column, as the next rows after `expected`, and tell who follows. Raises where
-- somebody else had a turn in between, or where the numbers would have a gap.
CREATE FUNCTION append(
    which text, expected bigint, seqs bigint[], states text[], ids text[], origins text[], origin_seqs bigint[],
    desks text[], actors text[], acts text[], kinds text[], subjects text[], bases text[], wases text[], bodies text[],
    schemas integer[], saids bigint[], receiveds bigint[], hashes text[]
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = sayback, pg_temp AS $$
DECLARE
    w workshop;
    highest bigint;
    new_ones bigint;
BEGIN
    SELECT * INTO STRICT w FROM workshop WHERE id = which FOR UPDATE;
    IF w.last <> expected THEN
        RAISE EXCEPTION 'another instance had a turn' USING ERRCODE = 'serialization_failure';
    END IF;
    SELECT max(s), count(*) FILTER (WHERE s > w.head) INTO highest, new_ones FROM unnest(seqs) AS s;
    IF new_ones > 0 AND highest <> w.head + new_ones THEN
        RAISE EXCEPTION 'the numbers have a gap' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    INSERT INTO event
    SELECT which, w.last + n, seq, state, id, origin, origin_seq, desk, actor, act, kind, subject, base, was, body,
        schema, said_at, received_at, hash
    FROM unnest(
        seqs, states, ids, origins, origin_seqs, desks, actors, acts, kinds, subjects, bases, wases, bodies, schemas,
        saids, receiveds, hashes
    ) WITH ORDINALITY AS row (
        seq, state, id, origin, origin_seq, desk, actor, act, kind, subject, base, was, body, schema, said_at,
        received_at, hash, n
    );
    UPDATE workshop SET head = greatest(w.head, highest), last = w.last + cardinality(seqs) WHERE id = which;
    PERFORM pg_notify('sayback', which);
    RETURN w.last + cardinality(seqs);
END $$;

-- Keep words. Returns how many of them were not here.
CREATE FUNCTION keep_words(which text, hashes text[], salts bytea[], texts text[]) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = sayback, pg_temp AS $$
    WITH kept AS (
        INSERT INTO words SELECT which, * FROM unnest(hashes, salts, texts) ON CONFLICT DO NOTHING RETURNING 1
    ) SELECT count(*) FROM kept
$$;

-- Who follows must read everything anew. Returns by which sign they know.
CREATE FUNCTION read_anew(which text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = sayback, pg_temp AS $$
DECLARE
    sign integer;
BEGIN
    UPDATE workshop SET anew = anew + 1 WHERE id = which RETURNING anew INTO sign;
    PERFORM pg_notify('sayback', which);
    RETURN sign;
END $$;

-- The events of these people and about their notes: what they name are words of theirs.
CREATE FUNCTION events_of(which text, people text[]) RETURNS SETOF event
LANGUAGE sql STABLE SET search_path = sayback, pg_temp AS $$
    SELECT * FROM event WHERE workshop = which AND (
        actor = ANY (people) OR subject IN (
            SELECT subject FROM event WHERE workshop = which AND (
                kind = 'note.said' AND substring(body FROM '"contributor":\s*"([^"]*)"') = ANY (people)
                OR kind = 'back.said' AND actor = ANY (people))))
$$;

-- The only way by which words leave: those of people whose erasure is in the log. Returns how many there were.
CREATE FUNCTION erase(which text, hashes text[]) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = sayback, pg_temp AS $$
    WITH theirs AS (
        SELECT body || coalesce(was, '') AS said FROM events_of(which, (
            SELECT array_agg(subject) FROM event WHERE workshop = which AND kind = 'person.erased'))
    ), gone AS (
        DELETE FROM words WHERE workshop = which AND hash = ANY (hashes)
            AND EXISTS (SELECT 1 FROM theirs WHERE position(words.hash IN said) > 0) RETURNING 1
    ) SELECT count(*) FROM gone
$$;

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA sayback FROM PUBLIC;
