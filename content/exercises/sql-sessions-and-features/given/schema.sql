CREATE TABLE events (
    user_id INTEGER NOT NULL,
    at INTEGER NOT NULL,      -- seconds
    kind TEXT NOT NULL,       -- 'view', 'cart' or 'purchase'
    cents INTEGER             -- of purchases; NULL for all others
);
