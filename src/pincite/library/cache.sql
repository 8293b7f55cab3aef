-- cache.db: what can be computed again. It may be deleted at any time.

CREATE TABLE vectors (
    model TEXT NOT NULL,
    text_sha256 BLOB NOT NULL,
    start INTEGER NOT NULL,             -- the passage, in code points of the section's text
    stop INTEGER NOT NULL,
    vector BLOB NOT NULL,
    PRIMARY KEY (model, text_sha256, start, stop)
) WITHOUT ROWID;
