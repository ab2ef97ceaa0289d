-- name: sessions
WITH paused AS (
    SELECT user_id, at, coalesce(at - lag(at) OVER (PARTITION BY user_id ORDER BY at) > 1800, 1) AS is_first
    FROM events
),
numbered AS (
    SELECT user_id, at, sum(is_first) OVER (PARTITION BY user_id ORDER BY at ROWS UNBOUNDED PRECEDING) AS number
    FROM paused
)
SELECT user_id, min(at) AS started_at, max(at) AS ended_at, count(*) AS events
FROM numbered
GROUP BY user_id, number;

-- name: features
SELECT
    user_id,
    count(*) FILTER (WHERE at >= :as_of - 604800) AS events_7d,
    coalesce(sum(cents) FILTER (WHERE kind = 'purchase' AND at >= :as_of - 604800), 0) AS cents_7d,
    :as_of - max(at) FILTER (WHERE kind = 'purchase') AS since_purchase
FROM events
WHERE at < :as_of AND at >= :as_of - 604800
GROUP BY user_id;
