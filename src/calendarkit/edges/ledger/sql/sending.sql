-- name: channels_due
WITH RECURSIVE found (channel) AS (
    SELECT min(channel) FROM deliveries WHERE state = 20
    UNION ALL
    SELECT (SELECT min(channel) FROM deliveries WHERE state = 20 AND channel > found.channel)
    FROM found WHERE found.channel IS NOT NULL
)
SELECT channel FROM found
WHERE channel IS NOT NULL
    AND EXISTS (SELECT 1 FROM deliveries d WHERE d.state = 20 AND d.channel = found.channel AND d.attend <= :now)

-- name: claimable
d.state = 20 AND d.attend <= :now AND d.deadline > :now
    AND NOT EXISTS (
        SELECT 1 FROM holds h WHERE h.channel = d.channel AND h.target IN ('', d.target) AND h.until > :now)
    AND NOT EXISTS (
        SELECT 1 FROM deliveries e
        WHERE e.state < 50 AND e.target = d.target AND e.channel = d.channel AND e.id <> d.id
            AND (e.state IN (30, 40)
                OR e.slot = d.slot AND e.sequence < d.sequence
                OR e.slot <> d.slot AND e.attend <= :now AND e.deadline > :now
                    AND (e.not_before, e.slot) < (d.not_before, d.slot)))

-- name: due
SELECT d.id FROM deliveries d WHERE d.channel = :channel AND {claimable} ORDER BY d.attend, d.id LIMIT :limit

-- name: turn
SELECT 1

-- name: claim
UPDATE deliveries SET state = 30, fence = fence + 1, lease_until = :until, attend = :until, updated = :now
WHERE id IN (SELECT d.id FROM json_each(:ids) j JOIN deliveries d ON d.id = j.value WHERE {claimable})
RETURNING *

-- name: message
SELECT frozen FROM messages WHERE revision = ?

-- name: hold
SELECT target, kind, until FROM holds WHERE channel = :channel AND target IN ('', :target)

-- name: drop_hold
DELETE FROM holds WHERE channel = :channel AND target = :target

-- name: probe
UPDATE holds SET until = :until WHERE channel = :channel AND target = :target

-- name: scopes
SELECT scope, arrival_ms, paused_until_ms FROM scopes WHERE scope IN (SELECT value FROM json_each(:scopes))

-- name: pace
INSERT INTO scopes (scope, arrival_ms) SELECT key, value FROM json_each(:arrivals) WHERE true
ON CONFLICT (scope) DO UPDATE SET arrival_ms = excluded.arrival_ms

-- name: pause
INSERT INTO scopes (scope, paused_until_ms) VALUES (:scope, :until)
ON CONFLICT (scope) DO UPDATE SET paused_until_ms = {greatest}(scopes.paused_until_ms, excluded.paused_until_ms)

-- name: intend
UPDATE deliveries SET state = 40, lease_until = :until, attend = :until, attempt = attempt + 1,
    first_sent = coalesce(first_sent, :now), updated = :now
WHERE id IN {ids}

-- name: attempt
INSERT INTO attempts (delivery, number, fence, started)
SELECT id, attempt, fence, :now FROM deliveries WHERE id IN {ids}
RETURNING delivery, id, number

-- name: results
INSERT INTO results (attempt, at, outcome, code, detail, handle, proof, failed)
SELECT json_extract(value, '$[0]'), :now, json_extract(value, '$[1]'), json_extract(value, '$[2]'), json_extract(value, '$[3]'), json_extract(value, '$[4]'), json_extract(value, '$[5]'), json_extract(value, '$[6]')
FROM json_each(:rows)

-- name: standing
SELECT id, state, attempt, fence, lease_until, deadline FROM deliveries WHERE id IN {ids}

-- name: move
UPDATE deliveries SET lease_until = NULL, state = j.state, attend = j.attend, retries = retries + j.retried,
    outcome = j.outcome, code = j.code, detail = j.detail, proof = j.proof,
    handle = CASE WHEN j.handle = '' THEN deliveries.handle ELSE j.handle END, updated = :now
FROM (
    SELECT json_extract(value, '$[0]') AS id, json_extract(value, '$[1]') AS state, json_extract(value, '$[2]') AS attend, json_extract(value, '$[3]') AS retried,
        json_extract(value, '$[4]') AS outcome, json_extract(value, '$[5]') AS code, json_extract(value, '$[6]') AS detail, json_extract(value, '$[7]') AS handle,
        json_extract(value, '$[8]') AS proof
    FROM json_each(:rows)) AS j
WHERE deliveries.id = j.id

-- name: rest
INSERT INTO holds (channel, target, kind, until, since, attempt, outcome, code, detail)
VALUES (:channel, :target, :kind, :until, :now, :attempt, :outcome, :code, :detail)
ON CONFLICT (channel, target) DO UPDATE SET
    kind = excluded.kind, until = {greatest}(holds.until, excluded.until), attempt = excluded.attempt,
    since = CASE WHEN holds.kind = excluded.kind THEN holds.since ELSE excluded.since END,
    outcome = excluded.outcome, code = excluded.code, detail = excluded.detail
WHERE holds.kind = 'rate' OR excluded.kind = 'fault'

-- name: proven
DELETE FROM holds WHERE channel = :channel AND target IN ('', :target) AND kind = 'fault' AND attempt < :attempt

-- name: put_back
UPDATE deliveries SET state = 20, lease_until = NULL, attend = :attend, updated = :now
WHERE id = :id AND fence = :fence AND state = 30

-- name: withhold
UPDATE deliveries SET state = 82, lease_until = NULL, attend = NULL, guard = :guard,
    reason_zh = :zh, reason_en = :en, updated = :now
WHERE id = :id AND fence = :fence AND state = 30

-- name: over_lease
SELECT * FROM deliveries WHERE state < 70 AND attend <= :now AND state IN (30, 40) ORDER BY attend

-- name: expire
UPDATE deliveries SET state = 81, lease_until = NULL, attend = NULL, updated = :now
WHERE state < 50 AND state < 40 AND deadline <= :now AND (state <> 30 OR lease_until <= :now)
RETURNING *

-- name: own_attempt
SELECT id, started FROM attempts WHERE delivery = :id AND number = :number

-- name: open_attempt
SELECT a.id FROM attempts a WHERE a.delivery = :id AND a.number = :number

-- name: follow_ups
UPDATE deliveries SET attend = :until
WHERE id IN (
    SELECT id FROM deliveries WHERE state < 70 AND attend <= :now AND state IN (50, 60) ORDER BY attend LIMIT :limit)
RETURNING *

-- name: holds
SELECT channel, target, until, since, outcome, code, detail FROM holds WHERE kind = 'fault' ORDER BY channel, target

-- name: lift
DELETE FROM holds WHERE channel = :channel AND (:target = '' OR target IN ('', :target))
    AND (:before IS NULL OR since < :before)

-- name: any_hold
SELECT 1 FROM holds LIMIT 1

-- name: attend
SELECT min(attend) FROM deliveries WHERE state < 70 AND attend IS NOT NULL

-- name: attend_despite_holds
SELECT min(
    CASE WHEN d.state = 20 THEN {greatest}(d.attend, {least}(d.deadline, coalesce((
        SELECT max(h.until) FROM holds h WHERE h.channel = d.channel AND h.target IN ('', d.target)), 0)))
    ELSE d.attend END)
FROM deliveries d WHERE d.state < 70 AND d.attend IS NOT NULL

-- name: by_id
SELECT * FROM deliveries WHERE id = ?

-- name: reapable
SELECT 1 WHERE EXISTS (SELECT 1 FROM deliveries WHERE state < 70 AND attend <= :now AND state IN (30, 40))
    OR EXISTS (SELECT 1 FROM deliveries WHERE state < 50 AND state < 40 AND deadline <= :now AND (state <> 30 OR lease_until <= :now))
    OR EXISTS (SELECT 1 FROM holds WHERE until <= :now - CASE kind WHEN 'rate' THEN 60 ELSE 604800 END)

-- name: forget_holds
DELETE FROM holds WHERE until <= :now - CASE kind WHEN 'rate' THEN 60 ELSE 604800 END

-- name: any_follow_up
SELECT 1 FROM deliveries WHERE state < 70 AND attend <= :now AND state IN (50, 60) LIMIT 1

-- name: next_ready
SELECT min(moment) FROM (
    SELECT d.deadline, {greatest}(d.attend, coalesce((
        SELECT max(h.until) FROM holds h WHERE h.channel = d.channel AND h.target IN ('', d.target)), 0)) AS moment
    FROM deliveries d WHERE d.state = 20) AS ready
WHERE moment > :now AND moment < deadline

-- name: ids
(SELECT value FROM json_each(:ids))

-- name: greatest
max

-- name: least
min
