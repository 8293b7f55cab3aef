-- Comparisons are kept, too, each under an address that never changes.

CREATE TABLE comparisons (
    workspace TEXT NOT NULL,
    id TEXT NOT NULL,
    question TEXT NOT NULL,
    asked_at TEXT NOT NULL,
    body TEXT NOT NULL,                 -- the comparison's JSON
    sha256 TEXT NOT NULL,               -- of body
    PRIMARY KEY (workspace, id)
);
