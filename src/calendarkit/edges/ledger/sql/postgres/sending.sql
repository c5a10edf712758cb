-- What is different on PostgreSQL, where other machines write at the same time; everything else is the same.
-- Rows are locked in the order of their ids, then rests, then rates: so two transactions never wait for each other.

-- name: ids
(SELECT value::bigint FROM jsonb_array_elements_text(:ids::jsonb))

-- name: greatest
greatest

-- name: least
least

-- name: turn
SELECT pg_advisory_xact_lock(hashtext('calendarkit claim ' || current_schema()))

-- name: claim
UPDATE deliveries SET state = 30, fence = fence + 1, lease_until = :until, attend = :until, updated = :now
WHERE id IN (SELECT d.id FROM deliveries d WHERE d.id IN {ids} AND {claimable} ORDER BY d.id FOR UPDATE SKIP LOCKED)
RETURNING *

-- name: hold
SELECT target, kind, until FROM holds WHERE channel = :channel AND target IN ('', :target) ORDER BY target FOR UPDATE

-- name: standing
SELECT id, state, attempt, fence, lease_until, deadline FROM deliveries WHERE id IN {ids} ORDER BY id FOR UPDATE

-- name: scopes
INSERT INTO scopes (scope) SELECT value FROM jsonb_array_elements_text(:scopes::jsonb) ORDER BY 1
ON CONFLICT (scope) DO UPDATE SET arrival_ms = scopes.arrival_ms
RETURNING scope, arrival_ms, paused_until_ms

-- name: pace
UPDATE scopes SET arrival_ms = j.value::bigint FROM jsonb_each_text(:arrivals::jsonb) AS j WHERE scope = j.key

-- name: results
INSERT INTO results (attempt, at, outcome, code, detail, handle, proof, failed)
SELECT (value ->> 0)::bigint, :now, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6
FROM jsonb_array_elements(:rows::jsonb)

-- name: move
UPDATE deliveries SET lease_until = NULL, state = j.state, attend = j.attend, retries = retries + j.retried,
    outcome = j.outcome, code = j.code, detail = j.detail, proof = j.proof,
    handle = CASE WHEN j.handle = '' THEN deliveries.handle ELSE j.handle END, updated = :now
FROM (
    SELECT (value ->> 0)::bigint AS id, (value ->> 1)::int AS state, (value ->> 2)::bigint AS attend,
        (value ->> 3)::int AS retried, value ->> 4 AS outcome, value ->> 5 AS code, value ->> 6 AS detail,
        value ->> 7 AS handle, value ->> 8 AS proof
    FROM jsonb_array_elements(:rows::jsonb)) AS j
WHERE deliveries.id = j.id

-- name: over_lease
SELECT * FROM deliveries WHERE state < 70 AND attend <= :now AND state IN (30, 40) ORDER BY id
FOR UPDATE SKIP LOCKED

-- name: follow_ups
UPDATE deliveries SET attend = :until
WHERE id IN (
    SELECT id FROM deliveries WHERE state < 70 AND attend <= :now AND state IN (50, 60) ORDER BY attend LIMIT :limit
    FOR UPDATE SKIP LOCKED)
RETURNING *
