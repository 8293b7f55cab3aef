-- Writes that came with an Idempotency-Key: what it made, and what was answered.
CREATE TABLE requests (
    workspace TEXT NOT NULL,
    key TEXT NOT NULL,
    sha256 TEXT NOT NULL,   -- of the request
    begun_at INTEGER NOT NULL,  -- seconds since 1970
    made TEXT,              -- the id of what it made; NULL while it runs
    reply TEXT,             -- what was answered, where it is not kept elsewhere under `made`
    PRIMARY KEY (workspace, key)
) WITHOUT ROWID;
CREATE INDEX requests_by_time ON requests (begun_at);
