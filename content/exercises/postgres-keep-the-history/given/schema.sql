CREATE TABLE history (plan text NOT NULL, cents integer NOT NULL, valid_from date NOT NULL, valid_to date);
CREATE TABLE listed (plan text PRIMARY KEY, cents integer NOT NULL);
CREATE TABLE loading (day date NOT NULL);
CREATE TABLE uses (id integer PRIMARY KEY, plan text NOT NULL, day date NOT NULL);
