-- Worked: an order's items and its payments know nothing of each other, so each is summed for the order by itself before they
-- meet. DISTINCT within a sum hides the doubling only until two amounts are equal.

-- name: customers
WITH totals AS (
    SELECT o.id, o.customer, o.state,
        (SELECT coalesce(sum(i.pieces * i.cents), 0) FROM items AS i WHERE i.order_id = o.id) AS ordered,
        (SELECT sum(p.cents) FROM payments AS p WHERE p.order_id = o.id) AS paid
    FROM orders AS o
)
SELECT customer, count(*) AS orders, sum(ordered) AS ordered, sum(paid) AS paid
FROM totals WHERE state <> 'cancelled' GROUP BY customer;

-- name: unsettled
WITH totals AS (
    SELECT o.id, o.state,
        (SELECT coalesce(sum(i.pieces * i.cents), 0) FROM items AS i WHERE i.order_id = o.id) AS ordered,
        (SELECT sum(p.cents) FROM payments AS p WHERE p.order_id = o.id) AS paid
    FROM orders AS o
)
SELECT id AS order_id, ordered - paid AS due FROM totals WHERE state <> 'cancelled' AND ordered <> paid;
