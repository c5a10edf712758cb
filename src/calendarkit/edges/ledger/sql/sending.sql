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

-- name: leased
SELECT lease_until, deadline FROM deliveries WHERE id = :id AND fence = :fence AND state = 30

-- name: scope
SELECT arrival_ms, paused_until_ms FROM scopes WHERE scope = ?

-- name: pace
INSERT INTO scopes (scope, arrival_ms) VALUES (:scope, :arrival)
ON CONFLICT (scope) DO UPDATE SET arrival_ms = excluded.arrival_ms

-- name: pause
INSERT INTO scopes (scope, paused_until_ms) VALUES (:scope, :until)
ON CONFLICT (scope) DO UPDATE SET paused_until_ms = max(paused_until_ms, excluded.paused_until_ms)

-- name: intend
UPDATE deliveries SET state = 40, lease_until = :until, attend = :until, attempt = attempt + 1,
    first_sent = coalesce(first_sent, :now), updated = :now
WHERE id = :id
RETURNING attempt

-- name: attempt
INSERT INTO attempts (delivery, number, fence, started) VALUES (:id, :number, :fence, :now) RETURNING id

-- name: result
INSERT INTO results (attempt, at, outcome, code, detail, handle, proof, failed)
VALUES (:attempt, :now, :outcome, :code, :detail, :handle, :proof, :failed)

-- name: standing
SELECT state, attempt FROM deliveries WHERE id = ?

-- name: move
UPDATE deliveries SET state = :state, attend = :attend, lease_until = NULL, retries = retries + :retried,
    outcome = :outcome, code = :code, detail = :detail, proof = :proof,
    handle = CASE WHEN :handle = '' THEN handle ELSE :handle END, updated = :now
WHERE id = :id

-- name: rest
INSERT INTO holds (channel, target, kind, until, since, attempt, outcome, code, detail)
VALUES (:channel, :target, :kind, :until, :now, :attempt, :outcome, :code, :detail)
ON CONFLICT (channel, target) DO UPDATE SET
    kind = excluded.kind, until = max(until, excluded.until), attempt = excluded.attempt,
    since = CASE WHEN kind = excluded.kind THEN since ELSE excluded.since END,
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
SELECT * FROM deliveries WHERE state < 70 AND attend <= :now AND state IN (30, 40) ORDER BY id

-- name: expire
UPDATE deliveries SET state = 81, lease_until = NULL, attend = NULL, updated = :now
WHERE state < 50 AND state < 40 AND deadline <= :now AND (state <> 30 OR lease_until <= :now)
RETURNING *

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
    CASE WHEN d.state = 20 THEN max(d.attend, min(d.deadline, coalesce((
        SELECT max(h.until) FROM holds h WHERE h.channel = d.channel AND h.target IN ('', d.target)), 0)))
    ELSE d.attend END)
FROM deliveries d WHERE d.state < 70 AND d.attend IS NOT NULL

-- name: by_id
SELECT * FROM deliveries WHERE id = ?

-- name: reapable
SELECT 1 WHERE EXISTS (SELECT 1 FROM deliveries WHERE state < 70 AND attend <= :now AND state IN (30, 40))
    OR EXISTS (SELECT 1 FROM deliveries WHERE state < 50 AND state < 40 AND deadline <= :now AND (state <> 30 OR lease_until <= :now))

-- name: any_follow_up
SELECT 1 FROM deliveries WHERE state < 70 AND attend <= :now AND state IN (50, 60) LIMIT 1

-- name: next_ready
SELECT min(moment) FROM (
    SELECT d.deadline, max(d.attend, coalesce((
        SELECT max(h.until) FROM holds h WHERE h.channel = d.channel AND h.target IN ('', d.target)), 0)) AS moment
    FROM deliveries d WHERE d.state = 20)
WHERE moment > :now AND moment < deadline
