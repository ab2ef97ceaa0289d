-- name: customers
SELECT o.customer, count(DISTINCT o.id) AS orders,
    coalesce(sum(i.pieces * i.cents), 0) AS ordered, coalesce(sum(p.cents), 0) AS paid
FROM orders AS o LEFT JOIN items AS i ON i.order_id = o.id LEFT JOIN payments AS p ON p.order_id = o.id
WHERE o.state <> 'cancelled'
GROUP BY o.customer;

-- name: unsettled
SELECT o.id AS order_id, coalesce(sum(i.pieces * i.cents), 0) - coalesce(sum(p.cents), 0) AS due
FROM orders AS o LEFT JOIN items AS i ON i.order_id = o.id LEFT JOIN payments AS p ON p.order_id = o.id
WHERE o.state <> 'cancelled'
GROUP BY o.id HAVING due <> 0;
