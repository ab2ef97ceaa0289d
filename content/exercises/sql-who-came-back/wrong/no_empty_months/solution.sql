-- Worked: the denominator is fixed by first visits alone, before anybody looks who came back; the grid of cohorts and months is made
-- first and the answers are hung on it, so that an empty month is a 0 and no gap; a month counts only when all members have had it.
WITH firsts AS (
    SELECT user_id, min(day) AS day, min(day) / 7 AS cohort FROM visits GROUP BY user_id
),
sizes AS (
    SELECT cohort, count(*) AS users FROM firsts GROUP BY cohort
),
months (month) AS (VALUES (1), (2), (3)),
backs AS (
    SELECT f.cohort, (v.day - f.day) / 30 AS month, count(DISTINCT v.user_id) AS users
    FROM firsts AS f JOIN visits AS v ON v.user_id = f.user_id
    GROUP BY 1, 2
)
SELECT s.cohort, m.month, s.users, coalesce(b.users, 0) AS back, coalesce(b.users, 0) * 1.0 / s.users AS share
FROM sizes AS s CROSS JOIN months AS m JOIN backs AS b ON b.cohort = s.cohort AND b.month = m.month
WHERE s.cohort * 7 + 6 + 30 * m.month + 29 <= :today;
