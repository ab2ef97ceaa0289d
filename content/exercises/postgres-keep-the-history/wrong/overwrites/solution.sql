-- name: load
INSERT INTO history (plan, cents, valid_from, valid_to)
SELECT plan, cents, day, NULL FROM listed CROSS JOIN loading
WHERE plan NOT IN (SELECT plan FROM history WHERE valid_to IS NULL);
UPDATE history SET cents = l.cents FROM listed AS l WHERE l.plan = history.plan AND valid_to IS NULL;
UPDATE history SET valid_to = day FROM loading WHERE valid_to IS NULL AND plan NOT IN (SELECT plan FROM listed);

-- name: bills
SELECT u.id, h.cents FROM uses AS u LEFT JOIN history AS h
ON h.plan = u.plan AND h.valid_from <= u.day AND (h.valid_to IS NULL OR u.day < h.valid_to);
