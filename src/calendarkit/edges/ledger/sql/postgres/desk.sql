-- What is different on PostgreSQL; everything else is the same.

-- name: ids
(SELECT value::bigint FROM jsonb_array_elements_text(:ids::jsonb))

-- name: states
(SELECT value::int FROM jsonb_array_elements_text(:states::jsonb))

-- name: last_letter
chr(1114111)

-- name: unlimited
coalesce(:limit::bigint, 9223372036854775807)

-- name: integrity
SELECT 'ok'

-- name: any_key
:key::text IS NULL
