-- accounts.db: people, their keys and sessions, and workspaces. No secret is in it: passwords are
-- argon2id hashes, and of session ids and keys only the SHA-256 is kept (they are random, so
-- that a fast hash is enough).

CREATE TABLE workspaces (
    id TEXT PRIMARY KEY,
    created_at TEXT NOT NULL
);

CREATE TABLE accounts (
    id TEXT PRIMARY KEY,                -- random: a name may be given to another person later
    name TEXT NOT NULL UNIQUE,          -- in lower case
    role TEXT NOT NULL,
    password TEXT NOT NULL,             -- argon2id, with its parameters
    created_at TEXT NOT NULL
);

CREATE TABLE members (
    account TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    workspace TEXT NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
    PRIMARY KEY (account, workspace)
);

CREATE TABLE sessions (
    sha256 TEXT PRIMARY KEY,            -- of the id in the cookie
    account TEXT NOT NULL,
    workspace TEXT NOT NULL,
    created_at REAL NOT NULL,           -- seconds since 1970
    used_at REAL NOT NULL,
    FOREIGN KEY (account, workspace) REFERENCES members (account, workspace) ON DELETE CASCADE
);

CREATE TABLE keys (
    prefix TEXT PRIMARY KEY,            -- what of the key may be shown
    sha256 TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL,
    workspace TEXT NOT NULL,
    label TEXT NOT NULL,
    scopes TEXT NOT NULL,               -- words with a space between
    created_at TEXT NOT NULL,
    expires_at TEXT,
    used_at TEXT,
    revoked_at TEXT,
    FOREIGN KEY (account, workspace) REFERENCES members (account, workspace) ON DELETE CASCADE
);

-- Failed attempts to log in, by the SHA-256 of the name (and address) that was given, whether or
-- not there is such an account.
CREATE TABLE attempts (
    who TEXT PRIMARY KEY,
    failures INTEGER NOT NULL,
    last_at REAL NOT NULL
);

INSERT INTO workspaces VALUES ('default', '1970-01-01T00:00:00+00:00');
