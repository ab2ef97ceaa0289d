-- Worked: first every open row that is no longer true is closed, whether the price changed or the plan is gone; then what is listed
-- and has no open row gets one. Both look only at what differs, so a second run finds nothing to do. Half-open days leave
-- neither a gap nor a day on which two rows are true.

-- name: load
UPDATE history AS h SET valid_to = n.day
FROM loading AS n
WHERE h.valid_to IS NULL AND NOT EXISTS (SELECT FROM listed AS l WHERE l.plan = h.plan AND l.cents = h.cents);

INSERT INTO history (plan, cents, valid_from, valid_to)
SELECT l.plan, l.cents, n.day, NULL
FROM listed AS l CROSS JOIN loading AS n
WHERE NOT EXISTS (SELECT FROM history AS h WHERE h.plan = l.plan AND h.valid_to IS NULL);

-- name: bills
SELECT u.id, h.cents
FROM uses AS u LEFT JOIN history AS h
ON h.plan = u.plan AND h.valid_from <= u.day AND (h.valid_to IS NULL OR u.day <= h.valid_to);
