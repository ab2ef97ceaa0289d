SELECT day / 7 AS cohort, 1 AS month, count(*) AS users, 0 AS back, 0.0 AS share
FROM visits
WHERE day <= :today
GROUP BY cohort;
