-- Each snapshot keeps its own source: a pack may be updated from another one.
-- Of older snapshots only the source of the pack's last one is known.

ALTER TABLE snapshots ADD COLUMN source TEXT NOT NULL DEFAULT '';

UPDATE snapshots SET source = (SELECT source FROM packs WHERE packs.key = snapshots.pack)
WHERE key IN (SELECT max(key) FROM snapshots GROUP BY pack);
