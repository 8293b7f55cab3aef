-- A pack whose source was named for it is updated from there, not from that of the settings.
-- Of older packs only those of a publisher are known to be such.

ALTER TABLE packs ADD COLUMN own_source INTEGER NOT NULL DEFAULT 0;

UPDATE packs SET own_source = 1
WHERE source LIKE 'ecfr:%' OR source LIKE 'uscode:%' OR source LIKE 'dc:%';
