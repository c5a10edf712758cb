-- name: row
SELECT * FROM deliveries WHERE key = ?

-- name: counts
SELECT state, count(*) FROM deliveries GROUP BY state

-- name: counts_of_day
SELECT state, count(*) FROM deliveries WHERE day = :day GROUP BY state

-- name: overdue
SELECT count(*) FROM deliveries WHERE state < 50 AND not_before <= :now AND deadline > :now

-- name: attempts
SELECT a.id, a.number, a.started, r.at, r.outcome, r.code, r.detail, r.handle, r.proof
FROM deliveries d JOIN attempts a ON a.delivery = d.id
LEFT JOIN results r ON r.id = (SELECT max(id) FROM results WHERE attempt = a.id)
WHERE d.key = ? ORDER BY a.number

-- name: resolve
UPDATE deliveries SET state = :state, attend = NULL, proof = :proof, updated = :now
WHERE key = :key AND state IN (50, 60)

-- name: retry
UPDATE deliveries SET state = CASE WHEN revision = '' THEN 10 ELSE 20 END, attend = :now, retries = 0,
    first_sent = NULL, updated = :now
WHERE key = :key AND state = 80 AND deadline > :now
RETURNING channel, target

-- name: waiting
SELECT channel, target FROM deliveries WHERE key = :key AND state IN (10, 20)

-- name: lift
DELETE FROM holds WHERE channel = :channel AND target IN ('', :target) AND kind = 'fault'

-- name: cancel
UPDATE deliveries SET state = 83, attend = NULL, lease_until = NULL, reason_zh = :zh, reason_en = :en, updated = :now
WHERE key = :key AND state IN (10, 20, 30)

-- name: note
INSERT INTO audit (at, who, verb, key) VALUES (:now, :by, :verb, :key)

-- name: audit
SELECT at, who, verb, key FROM audit WHERE {any_key} OR key = :key ORDER BY id

-- name: start_run
INSERT INTO runs (started) VALUES (:now) RETURNING id

-- name: finish_run
UPDATE runs SET took_ms = :took_ms, due = :due, sent = :sent, failed = :failed, unknown = :unknown,
    expired = :expired, withheld = :withheld, error = :error
WHERE id = :run

-- name: last_run
SELECT id, started, took_ms, due, sent, failed, unknown, expired, withheld, error FROM runs
ORDER BY took_ms IS NULL, id DESC LIMIT 1

-- name: old_runs
DELETE FROM runs WHERE id <= :run - 5000

-- name: ids
(SELECT value FROM json_each(:ids))

-- name: states
(SELECT value FROM json_each(:states))

-- name: last_letter
char(1114111)

-- name: unlimited
coalesce(:limit, -1)

-- name: rows
SELECT * FROM deliveries

-- name: in_order
ORDER BY at, key LIMIT {unlimited}

-- name: with_ids
id IN {ids}

-- name: with_prefix
key >= :prefix AND key < :prefix || {last_letter}

-- name: with_column
column_id = :column

-- name: with_day
day = :day

-- name: with_target
target = :target

-- name: with_states
state IN {states}

-- name: with_channel
channel = :channel

-- name: with_since
at >= :since

-- name: with_updated_since
updated >= :updated_since

-- name: open_only
state < 70

-- name: integrity
PRAGMA quick_check

-- name: any_key
:key IS NULL
