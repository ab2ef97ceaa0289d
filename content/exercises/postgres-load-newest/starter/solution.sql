-- name: load
INSERT INTO prices
SELECT article, at, cents, 0 FROM staging;

-- name: index
SELECT 1;
