-- name: sessions
SELECT user_id, at AS started_at, at AS ended_at, 1 AS events
FROM events;

-- name: features
SELECT user_id, 0 AS events_7d, 0 AS cents_7d, NULL AS since_purchase
FROM events
WHERE at < :as_of;
