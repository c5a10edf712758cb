-- name: mark
SELECT instant, created FROM mark

-- name: move_mark
INSERT INTO mark (one, instant, created) VALUES (1, :mark, :now)
ON CONFLICT (one) DO UPDATE SET instant = {greatest}(mark.instant, excluded.instant)

-- name: admit
INSERT INTO deliveries (
    key, slot, column_id, day, name, at, deadline, zone, ordinal, origin, target, store, channel, part, sequence,
    item, offer, not_before, on_unknown, state, attend, guard, code, reason_zh, reason_en, updated
) VALUES (
    ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?
) ON CONFLICT (key) DO NOTHING

-- name: to_render
SELECT * FROM deliveries WHERE state < 70 AND attend <= :now AND state = 10 AND deadline > :now ORDER BY attend, id LIMIT :limit

-- name: keep_message
INSERT INTO messages (revision, frozen) VALUES (:revision, :frozen) ON CONFLICT (revision) DO NOTHING

-- name: freeze
UPDATE deliveries SET state = 20, revision = :revision, attend = {greatest}(attend, not_before), updated = :now
WHERE id = :id AND state = 10

-- name: broken
UPDATE deliveries SET state = 80, attend = NULL, outcome = 'bad_content', code = :code, detail = :detail,
    reason_zh = :zh, reason_en = :en, updated = :now
WHERE id = :id AND state = 10

-- name: history
SELECT target, slot, column_id, min(not_before), max(item), max(offer) FROM deliveries
WHERE at >= :since AND state BETWEEN 10 AND 70
    AND ({targets_given} IS NULL OR target IN {targets})
GROUP BY target, slot, column_id
ORDER BY target, min(not_before), slot

-- name: show
INSERT INTO shown (column_id, item, at) VALUES (?, ?, ?)
ON CONFLICT (column_id, item) DO UPDATE SET at = {greatest}(shown.at, excluded.at)

-- name: shown
SELECT item, at FROM shown WHERE column_id = ?

-- name: replan
UPDATE deliveries SET state = 10, at = :at, deadline = :deadline, zone = :zone, ordinal = :ordinal, origin = :origin,
    item = :item, offer = :offer, not_before = :not_before, attend = :not_before, lease_until = NULL, retries = 0,
    first_sent = NULL, revision = '', outcome = '', code = '', detail = '', guard = '', reason_zh = '', reason_en = '',
    updated = :now
WHERE key = :key AND state = :state AND fence = :fence AND state IN (10, 20, 81, 82, 83) AND outcome <> 'unknown'

-- name: note
INSERT INTO audit (at, who, verb, key) VALUES (:now, :by, :verb, :key)

-- name: open_before
SELECT * FROM deliveries WHERE state < 50 AND not_before < :before ORDER BY id

-- name: close_attempt
INSERT INTO results (attempt, at, outcome, code, detail, handle, proof, failed)
SELECT id, :now, 'unknown', 'restored', '', '', 'none', '[]' FROM attempts WHERE delivery = :id AND number = :number

-- name: doubt
UPDATE deliveries SET state = 60, attend = :attend, lease_until = NULL, fence = fence + 1, outcome = 'unknown',
    code = :code, updated = :now
WHERE id = :id

-- name: doubted
SELECT key FROM deliveries WHERE state = 60 AND code = :code AND updated = :now ORDER BY key

-- name: fact
SELECT value FROM facts WHERE name = :name

-- name: set_fact
INSERT INTO facts (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value

-- name: greatest
max

-- name: targets_given
:targets

-- name: targets
(SELECT value FROM json_each(:targets))
