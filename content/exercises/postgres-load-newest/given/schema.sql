CREATE TABLE prices (
    article integer PRIMARY KEY,
    at timestamp NOT NULL,       -- when the price was set
    cents integer NOT NULL,
    changes integer NOT NULL     -- how often a load has changed this row
);
CREATE TABLE staging (
    article integer,
    at timestamp,
    cents integer
);
CREATE TABLE log (article integer NOT NULL, at timestamp NOT NULL, note text NOT NULL);
