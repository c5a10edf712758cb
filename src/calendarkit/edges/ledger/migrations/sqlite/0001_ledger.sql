-- The first schema. States are the numbers of model/state.py; instants are epoch seconds, *_ms epoch milliseconds.

CREATE TABLE mark (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    instant INTEGER NOT NULL,
    created INTEGER NOT NULL
) STRICT;

CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    slot TEXT NOT NULL,
    column_id TEXT NOT NULL,
    day TEXT NOT NULL,
    name TEXT NOT NULL,
    at INTEGER NOT NULL,
    deadline INTEGER NOT NULL,
    zone TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    origin TEXT NOT NULL,
    target TEXT NOT NULL,
    store TEXT NOT NULL,
    channel TEXT NOT NULL,
    part TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    item TEXT NOT NULL,
    offer TEXT NOT NULL,
    not_before INTEGER NOT NULL,
    on_unknown TEXT NOT NULL,
    state INTEGER NOT NULL,
    attend INTEGER,
    fence INTEGER NOT NULL DEFAULT 0,
    lease_until INTEGER,
    attempt INTEGER NOT NULL DEFAULT 0,
    retries INTEGER NOT NULL DEFAULT 0,
    first_sent INTEGER,
    revision TEXT NOT NULL DEFAULT '',
    outcome TEXT NOT NULL DEFAULT '',
    code TEXT NOT NULL DEFAULT '',
    detail TEXT NOT NULL DEFAULT '',
    handle TEXT NOT NULL DEFAULT '',
    proof TEXT NOT NULL DEFAULT 'none',
    guard TEXT NOT NULL DEFAULT '',
    reason_zh TEXT NOT NULL DEFAULT '',
    reason_en TEXT NOT NULL DEFAULT '',
    updated INTEGER NOT NULL
) STRICT;

CREATE INDEX deliveries_at ON deliveries (at);
-- Open rows only, and no more than three: every step of a delivery touches each of them.
CREATE INDEX open_attend ON deliveries (attend) WHERE state < 70 AND attend IS NOT NULL;
CREATE INDEX open_ready ON deliveries (channel, attend, id) WHERE state = 20;
CREATE INDEX open_lanes ON deliveries (target, channel) WHERE state < 50;

CREATE TRIGGER delivered_is_final BEFORE UPDATE OF state ON deliveries
WHEN OLD.state = 70 AND NEW.state <> 70
BEGIN
    SELECT RAISE(ABORT, 'delivered is final');
END;

-- When a column last showed an item of its pool; rows of old deliveries may go, this stays.
CREATE TABLE shown (
    column_id TEXT NOT NULL,
    item TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (column_id, item)
) STRICT, WITHOUT ROWID;

CREATE TABLE messages (
    revision TEXT PRIMARY KEY,
    frozen TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE attempts (
    id INTEGER PRIMARY KEY,
    delivery INTEGER NOT NULL REFERENCES deliveries (id),
    number INTEGER NOT NULL,
    fence INTEGER NOT NULL,
    started INTEGER NOT NULL,
    UNIQUE (delivery, number)
) STRICT;

CREATE TABLE results (
    id INTEGER PRIMARY KEY,
    attempt INTEGER NOT NULL REFERENCES attempts (id),
    at INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    code TEXT NOT NULL,
    detail TEXT NOT NULL,
    handle TEXT NOT NULL,
    proof TEXT NOT NULL,
    failed TEXT NOT NULL
) STRICT;

CREATE INDEX results_attempt ON results (attempt);

CREATE TRIGGER attempts_keep BEFORE UPDATE ON attempts BEGIN SELECT RAISE(ABORT, 'attempts are append-only'); END;
CREATE TRIGGER attempts_stay BEFORE DELETE ON attempts BEGIN SELECT RAISE(ABORT, 'attempts are append-only'); END;
CREATE TRIGGER results_keep BEFORE UPDATE ON results BEGIN SELECT RAISE(ABORT, 'results are append-only'); END;
CREATE TRIGGER results_stay BEFORE DELETE ON results BEGIN SELECT RAISE(ABORT, 'results are append-only'); END;

CREATE TABLE scopes (
    scope TEXT PRIMARY KEY,
    arrival_ms INTEGER NOT NULL DEFAULT 0,
    paused_until_ms INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- What rests: a whole channel (target '') or one target on it. kind 'rate' ends by itself, the others are probed.
CREATE TABLE holds (
    channel TEXT NOT NULL,
    target TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('rate', 'fault')),
    until INTEGER NOT NULL,
    since INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    outcome TEXT NOT NULL,
    code TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (channel, target)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    verb TEXT NOT NULL,
    key TEXT NOT NULL
) STRICT;

CREATE TABLE runs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    started INTEGER NOT NULL,
    took_ms INTEGER,
    due INTEGER NOT NULL DEFAULT 0,
    sent INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0,
    unknown INTEGER NOT NULL DEFAULT 0,
    expired INTEGER NOT NULL DEFAULT 0,
    withheld INTEGER NOT NULL DEFAULT 0,
    error TEXT NOT NULL DEFAULT ''
) STRICT;
