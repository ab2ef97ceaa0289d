-- name: load
INSERT INTO history (plan, cents, valid_from, valid_to)
SELECT plan, cents, day, NULL FROM listed CROSS JOIN loading;

-- name: bills
SELECT id, 0 AS cents FROM uses;
