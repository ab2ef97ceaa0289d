-- name: load
INSERT INTO prices AS known (article, at, cents, changes)
SELECT DISTINCT ON (article) article, at, cents, 0
FROM staging
WHERE article IS NOT NULL AND at IS NOT NULL AND cents IS NOT NULL
ORDER BY article, at DESC, cents
ON CONFLICT (article) DO UPDATE
SET at = excluded.at, cents = excluded.cents, changes = known.changes + 1
WHERE excluded.at > known.at;

-- name: index
CREATE INDEX ON log (article, at);
