-- What machines that share the ledger must agree about, such as which documents were planned with.

CREATE TABLE facts (
    name TEXT COLLATE "C" PRIMARY KEY,
    value TEXT COLLATE "C" NOT NULL
);
