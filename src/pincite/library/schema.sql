-- The library's own file, library.db: law, by version, and where it came from.
-- This is the whole schema as it stands; `migrations/` brings older files to it.

CREATE TABLE packs (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    jurisdiction TEXT NOT NULL,
    kind TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    sections INTEGER NOT NULL,
    in_force INTEGER NOT NULL,
    current_through TEXT NOT NULL,      -- the most common value of its sections
    titles TEXT NOT NULL,               -- JSON array: the titles that it holds
    excerpts INTEGER NOT NULL,          -- 1: some sections are parts of sections
    source TEXT NOT NULL,
    attribution TEXT NOT NULL,
    installed_at TEXT NOT NULL,         -- ISO 8601 with offset
    index_dir TEXT NOT NULL,            -- the watermark: this directory holds these sections
    codes TEXT NOT NULL DEFAULT '[]',   -- JSON array: the codes of its sections
    own_source INTEGER NOT NULL DEFAULT 0   -- 1: its source was named for it, and updates ask there
);

-- Each time that a pack's content changed. Versions point here with seen_from and seen_to.
CREATE TABLE snapshots (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    pack INTEGER NOT NULL REFERENCES packs (key) ON DELETE CASCADE,
    sha256 TEXT NOT NULL,
    taken_at TEXT NOT NULL,
    current_through TEXT NOT NULL,
    added INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    removed INTEGER NOT NULL,
    source TEXT NOT NULL DEFAULT ''     -- where this snapshot came from
);
CREATE INDEX snapshots_of_pack ON snapshots (pack);

-- Where sections stand. A document whose sections give its hierarchy differently has several rows.
CREATE TABLE documents (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    pack INTEGER NOT NULL REFERENCES packs (key) ON DELETE CASCADE,
    id TEXT NOT NULL COLLATE NOCASE,
    name TEXT NOT NULL,
    jurisdiction TEXT NOT NULL,
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    hierarchy TEXT NOT NULL,            -- JSON array, from the code down
    UNIQUE (pack, id, name, jurisdiction, kind, code, hierarchy)
);
CREATE INDEX documents_by_id ON documents (id);

-- Section versions. Keys are never used again: an index that is still open must not point to
-- other law. The text stands behind what is read without it.
CREATE TABLE sections (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    pack INTEGER NOT NULL REFERENCES packs (key) ON DELETE CASCADE,
    document INTEGER NOT NULL REFERENCES documents (key),
    position INTEGER NOT NULL,          -- the row in the pack: the order of the law
    id TEXT NOT NULL COLLATE NOCASE,
    act_id TEXT NOT NULL,
    number TEXT NOT NULL,
    citation TEXT NOT NULL,
    local_citation TEXT NOT NULL,
    heading TEXT NOT NULL,
    status TEXT NOT NULL,
    valid_from TEXT,                    -- half-open, ISO dates; NULL: the source gives none
    valid_to TEXT,
    seen_from INTEGER NOT NULL,         -- snapshots, half-open
    seen_to INTEGER,                    -- NULL: in the pack as it is now
    current_through TEXT NOT NULL,
    url TEXT,
    source_note TEXT NOT NULL,
    text_sha256 BLOB NOT NULL,
    fingerprint BLOB NOT NULL,          -- of the pack's row
    text TEXT NOT NULL,
    pages TEXT NOT NULL DEFAULT ''      -- JSON [[offset, page], ...] of law from a document
);
CREATE INDEX sections_by_id ON sections (id);
CREATE INDEX sections_by_act ON sections (act_id);
CREATE INDEX sections_by_document ON sections (document);
CREATE INDEX sections_in_order ON sections (pack, position);
