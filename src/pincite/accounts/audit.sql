-- audit.db: what was done, by whom, in order. Each entry holds the hash of the one before it. Of a
-- question only a commitment is in the chain: SHA-256 of a random nonce and the text. The text and
-- its nonce stand beside the chain and can be deleted for good; what is left tells nothing of it.

CREATE TABLE entries (
    seq INTEGER PRIMARY KEY,            -- 1, 2, 3, ... with no gap
    at TEXT NOT NULL,
    actor TEXT NOT NULL,                -- the account's name, or 'console'
    account TEXT NOT NULL,              -- its id
    via TEXT NOT NULL,                  -- 'session', a key's prefix, 'console'
    workspace TEXT NOT NULL,
    action TEXT NOT NULL,
    detail TEXT NOT NULL,               -- JSON
    before TEXT NOT NULL,               -- the hash of the entry before
    hash TEXT NOT NULL
);

CREATE TABLE texts (
    seq INTEGER PRIMARY KEY REFERENCES entries (seq),
    workspace TEXT NOT NULL,
    answer TEXT NOT NULL,               -- the id of the answer, to delete it by
    nonce TEXT NOT NULL,
    text TEXT NOT NULL
);

CREATE INDEX texts_by_answer ON texts (workspace, answer);

CREATE TRIGGER entries_stay BEFORE DELETE ON entries
BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;

CREATE TRIGGER entries_are_as_written BEFORE UPDATE ON entries
BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
