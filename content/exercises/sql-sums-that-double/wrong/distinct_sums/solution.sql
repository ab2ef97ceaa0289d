-- name: customers
WITH totals AS (
    SELECT o.id, o.customer, o.state,
        (SELECT coalesce(sum(DISTINCT i.pieces * i.cents), 0) FROM items AS i WHERE i.order_id = o.id) AS ordered,
        (SELECT coalesce(sum(DISTINCT p.cents), 0) FROM payments AS p WHERE p.order_id = o.id) AS paid
    FROM orders AS o
)
SELECT customer, count(*) AS orders, sum(ordered) AS ordered, sum(paid) AS paid
FROM totals WHERE state <> 'cancelled' GROUP BY customer;

-- name: unsettled
WITH totals AS (
    SELECT o.id, o.state,
        (SELECT coalesce(sum(i.pieces * i.cents), 0) FROM items AS i WHERE i.order_id = o.id) AS ordered,
        (SELECT coalesce(sum(p.cents), 0) FROM payments AS p WHERE p.order_id = o.id) AS paid
    FROM orders AS o
)
SELECT id AS order_id, ordered - paid AS due FROM totals WHERE state <> 'cancelled' AND ordered <> paid;
