-- The first schema, the same as SQLite's, column by column. States are the numbers of model/state.py; instants are epoch
-- seconds, *_ms epoch milliseconds. Texts compare by code point, as in SQLite, whatever the database's own language is.

CREATE TABLE mark (
    one INT PRIMARY KEY CHECK (one = 1),
    instant BIGINT NOT NULL,
    created BIGINT NOT NULL
);

CREATE TABLE deliveries (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key TEXT COLLATE "C" NOT NULL UNIQUE,
    slot TEXT COLLATE "C" NOT NULL,
    column_id TEXT COLLATE "C" NOT NULL,
    day TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    deadline BIGINT NOT NULL,
    zone TEXT COLLATE "C" NOT NULL,
    ordinal INT NOT NULL,
    origin TEXT COLLATE "C" NOT NULL,
    target TEXT COLLATE "C" NOT NULL,
    store TEXT COLLATE "C" NOT NULL,
    channel TEXT COLLATE "C" NOT NULL,
    part TEXT COLLATE "C" NOT NULL,
    sequence INT NOT NULL,
    item TEXT COLLATE "C" NOT NULL,
    offer TEXT COLLATE "C" NOT NULL,
    not_before BIGINT NOT NULL,
    on_unknown TEXT COLLATE "C" NOT NULL,
    state INT NOT NULL,
    attend BIGINT,
    fence INT NOT NULL DEFAULT 0,
    lease_until BIGINT,
    attempt INT NOT NULL DEFAULT 0,
    retries INT NOT NULL DEFAULT 0,
    first_sent BIGINT,
    revision TEXT COLLATE "C" NOT NULL DEFAULT '',
    outcome TEXT COLLATE "C" NOT NULL DEFAULT '',
    code TEXT COLLATE "C" NOT NULL DEFAULT '',
    detail TEXT COLLATE "C" NOT NULL DEFAULT '',
    handle TEXT COLLATE "C" NOT NULL DEFAULT '',
    proof TEXT COLLATE "C" NOT NULL DEFAULT 'none',
    guard TEXT COLLATE "C" NOT NULL DEFAULT '',
    reason_zh TEXT COLLATE "C" NOT NULL DEFAULT '',
    reason_en TEXT COLLATE "C" NOT NULL DEFAULT '',
    updated BIGINT NOT NULL
);

CREATE INDEX deliveries_at ON deliveries (at);
-- Open rows only, and no more than three: every step of a delivery touches each of them.
CREATE INDEX open_attend ON deliveries (attend) WHERE state < 70 AND attend IS NOT NULL;
CREATE INDEX open_ready ON deliveries (channel, attend, id) WHERE state = 20;
CREATE INDEX open_lanes ON deliveries (target, channel) WHERE state < 50;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0];
END $$;

CREATE TRIGGER delivered_is_final BEFORE UPDATE OF state ON deliveries
FOR EACH ROW WHEN (OLD.state = 70 AND NEW.state <> 70) EXECUTE FUNCTION refuse_change('delivered is final');

-- When a column last showed an item of its pool; rows of old deliveries may go, this stays.
CREATE TABLE shown (
    column_id TEXT COLLATE "C" NOT NULL,
    item TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (column_id, item)
);

CREATE TABLE messages (
    revision TEXT COLLATE "C" PRIMARY KEY,
    frozen TEXT COLLATE "C" NOT NULL
);

CREATE TABLE attempts (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    delivery BIGINT NOT NULL REFERENCES deliveries (id),
    number INT NOT NULL,
    fence INT NOT NULL,
    started BIGINT NOT NULL,
    UNIQUE (delivery, number)
);

CREATE TABLE results (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    attempt BIGINT NOT NULL REFERENCES attempts (id),
    at BIGINT NOT NULL,
    outcome TEXT COLLATE "C" NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    detail TEXT COLLATE "C" NOT NULL,
    handle TEXT COLLATE "C" NOT NULL,
    proof TEXT COLLATE "C" NOT NULL,
    failed TEXT COLLATE "C" NOT NULL
);

CREATE INDEX results_attempt ON results (attempt);

CREATE TRIGGER attempts_stay BEFORE UPDATE OR DELETE ON attempts
FOR EACH ROW EXECUTE FUNCTION refuse_change('attempts are append-only');
CREATE TRIGGER results_stay BEFORE UPDATE OR DELETE ON results
FOR EACH ROW EXECUTE FUNCTION refuse_change('results are append-only');

CREATE TABLE scopes (
    scope TEXT COLLATE "C" PRIMARY KEY,
    arrival_ms BIGINT NOT NULL DEFAULT 0,
    paused_until_ms BIGINT NOT NULL DEFAULT 0
);

-- What rests: a whole channel (target '') or one target on it. kind 'rate' ends by itself, the others are probed.
CREATE TABLE holds (
    channel TEXT COLLATE "C" NOT NULL,
    target TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('rate', 'fault')),
    until BIGINT NOT NULL,
    since BIGINT NOT NULL,
    attempt BIGINT NOT NULL,
    outcome TEXT COLLATE "C" NOT NULL,
    code TEXT COLLATE "C" NOT NULL,
    detail TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (channel, target)
);

CREATE TABLE audit (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at BIGINT NOT NULL,
    who TEXT COLLATE "C" NOT NULL,
    verb TEXT COLLATE "C" NOT NULL,
    key TEXT COLLATE "C" NOT NULL
);

CREATE TABLE runs (
    id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    started BIGINT NOT NULL,
    took_ms INT,
    due INT NOT NULL DEFAULT 0,
    sent INT NOT NULL DEFAULT 0,
    failed INT NOT NULL DEFAULT 0,
    unknown INT NOT NULL DEFAULT 0,
    expired INT NOT NULL DEFAULT 0,
    withheld INT NOT NULL DEFAULT 0,
    error TEXT COLLATE "C" NOT NULL DEFAULT ''
);
