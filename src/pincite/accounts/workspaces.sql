-- workspaces.db: what a workspace keeps beside its answers and watches.

CREATE TABLE documents (
    workspace TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    body BLOB NOT NULL,
    sha256 TEXT NOT NULL,
    added_by TEXT NOT NULL,
    added_at TEXT NOT NULL,
    PRIMARY KEY (workspace, id)
);

CREATE TABLE feedback (
    workspace TEXT NOT NULL,
    id TEXT NOT NULL,
    answer TEXT NOT NULL,
    place TEXT NOT NULL,                -- blocks[0].statements[2], or empty for what is missing
    statement TEXT NOT NULL,
    verdict TEXT NOT NULL,
    note TEXT NOT NULL,
    said_by TEXT NOT NULL,
    said_at TEXT NOT NULL,
    PRIMARY KEY (workspace, id)
);
