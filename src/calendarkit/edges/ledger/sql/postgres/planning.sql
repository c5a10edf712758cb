-- What is different on PostgreSQL; everything else is the same.

-- name: greatest
greatest

-- name: targets_given
:targets::text

-- name: targets
(SELECT jsonb_array_elements_text(:targets::jsonb))
