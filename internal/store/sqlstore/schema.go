package sqlstore

// migrations bring a store forward, one a version; what has been released is
// never changed. Types that databases name differently stand in braces. The
// dialect adds its own lines for the full text.
//
// A statement's id orders it: day of publication in the upper bits, number of
// adding in the lower 32, so that "newest first" is the key's own order.
var migrations = []string{`
CREATE TABLE counter (name TEXT PRIMARY KEY, value BIGINT NOT NULL);
INSERT INTO counter VALUES ('statement', 0), ('change', 0);
CREATE TABLE engine (id {key}, model TEXT NOT NULL, code TEXT NOT NULL, UNIQUE (model, code));
CREATE TABLE page (
	id {key},
	sha256 {bytes} NOT NULL UNIQUE,
	media TEXT NOT NULL,
	size BIGINT NOT NULL,
	body {bytes} NOT NULL -- deflated
);
CREATE TABLE outlet (id {key}, name TEXT NOT NULL UNIQUE);
CREATE TABLE article (
	id {key},
	name TEXT NOT NULL UNIQUE, -- its ID outside
	given BIGINT NOT NULL,     -- 1: the ID came with the page
	url TEXT NOT NULL,
	title TEXT NOT NULL,
	outlet BIGINT NOT NULL,
	byline TEXT NOT NULL,
	published TEXT NOT NULL,
	day BIGINT NOT NULL,
	revision BIGINT NOT NULL, -- the newest
	reading BIGINT NOT NULL,  -- the one that counts
	fetched BIGINT NOT NULL,
	statements BIGINT NOT NULL
);
CREATE INDEX article_url ON article (url) WHERE url <> '';
CREATE INDEX article_day ON article (day, id);
CREATE INDEX article_outlet ON article (outlet, day, id);
CREATE TABLE revision (
	article BIGINT NOT NULL, n BIGINT NOT NULL, page BIGINT NOT NULL, fetched BIGINT NOT NULL,
	PRIMARY KEY (article, n)
) {clustered};
CREATE TABLE reading (
	id {key},
	article BIGINT NOT NULL,
	revision BIGINT NOT NULL,
	engine BIGINT NOT NULL,
	known {bytes} NOT NULL UNIQUE, -- hash of page, claims, model and code
	given TEXT NOT NULL,           -- what was claimed of the page, JSON
	record {bytes} NOT NULL,       -- deflated JSON
	items {bytes} NOT NULL         -- deflated JSON
);
CREATE INDEX reading_article ON reading (article, revision);
CREATE TABLE statement (
	id {key},
	hash BIGINT NOT NULL UNIQUE, -- its ID outside
	article BIGINT NOT NULL,
	ord BIGINT NOT NULL,         -- place in the reading; -1 vanished, -2 taken out by a person
	start BIGINT NOT NULL,
	revision BIGINT NOT NULL,    -- the last that has it
	act BIGINT NOT NULL,
	quotation BIGINT NOT NULL,
	confidence DOUBLE PRECISION NOT NULL,
	said_first BIGINT,
	said_last BIGINT,
	changed BIGINT NOT NULL,
	source TEXT NOT NULL,
	cue TEXT NOT NULL,
	content TEXT NOT NULL,
	who TEXT NOT NULL,           -- lists: one a line
	role TEXT NOT NULL,
	via TEXT NOT NULL,
	addressee TEXT NOT NULL,
	facets TEXT NOT NULL,
	shown TEXT NOT NULL          -- JSON: what else a list shows
);
CREATE INDEX statement_article ON statement (article);
CREATE INDEX statement_changed ON statement (changed);
CREATE TABLE figure (
	statement BIGINT NOT NULL, n BIGINT NOT NULL, low DOUBLE PRECISION NOT NULL, high DOUBLE PRECISION NOT NULL,
	PRIMARY KEY (statement, n)
) {clustered};
CREATE TABLE identity (
	id {key},
	name_id TEXT NOT NULL UNIQUE, -- its ID outside
	kind TEXT NOT NULL,
	name TEXT NOT NULL,
	renamed BIGINT NOT NULL,
	joined BIGINT NOT NULL,       -- the identity that it was joined to, else 0
	statements BIGINT NOT NULL
);
CREATE INDEX identity_size ON identity (joined, statements, id);
CREATE TABLE form (word TEXT NOT NULL, identity BIGINT NOT NULL, PRIMARY KEY (word, identity)) {clustered};
CREATE TABLE mention (
	article BIGINT NOT NULL, name TEXT NOT NULL, identity BIGINT NOT NULL, role TEXT NOT NULL,
	day BIGINT NOT NULL, statements BIGINT NOT NULL, pinned BIGINT NOT NULL,
	PRIMARY KEY (article, name)
) {clustered};
CREATE INDEX mention_identity ON mention (identity, day, statements, role);
CREATE TABLE never (a BIGINT NOT NULL, b BIGINT NOT NULL, PRIMARY KEY (a, b)) {clustered};
CREATE TABLE decision (id TEXT PRIMARY KEY, at BIGINT NOT NULL, data TEXT NOT NULL, before TEXT NOT NULL);
CREATE TABLE correction (seq {key}, id TEXT NOT NULL UNIQUE, article BIGINT NOT NULL, data TEXT NOT NULL, undone BIGINT NOT NULL);
CREATE INDEX correction_article ON correction (article);
CREATE TABLE claim (id TEXT PRIMARY KEY, updated BIGINT NOT NULL, name TEXT NOT NULL, data TEXT NOT NULL);
CREATE INDEX claim_updated ON claim (updated, id);
CREATE TABLE member (
	claim TEXT NOT NULL, statement BIGINT NOT NULL, n BIGINT NOT NULL, stance TEXT NOT NULL, utterance TEXT NOT NULL, score DOUBLE PRECISION NOT NULL,
	PRIMARY KEY (claim, statement)
) {clustered};
CREATE INDEX member_statement ON member (statement);
CREATE TABLE verdict (seq {key}, id TEXT NOT NULL UNIQUE, data TEXT NOT NULL);
CREATE TABLE derived (statement BIGINT NOT NULL, kind TEXT NOT NULL, data {bytes} NOT NULL, PRIMARY KEY (statement, kind)) {clustered};
CREATE TABLE feed (url TEXT PRIMARY KEY, title TEXT NOT NULL, data TEXT NOT NULL);
CREATE TABLE entry (url TEXT PRIMARY KEY, state TEXT NOT NULL, due BIGINT NOT NULL, data TEXT NOT NULL);
CREATE INDEX entry_due ON entry (due) WHERE state = 'waiting';
CREATE TABLE mark (job TEXT PRIMARY KEY, value BIGINT NOT NULL);
`, `
ALTER TABLE claim ADD COLUMN size BIGINT NOT NULL DEFAULT 0;
UPDATE claim SET size = (SELECT COUNT(*) FROM member WHERE member.claim = claim.id);
DROP INDEX claim_updated;
CREATE INDEX claim_updated ON claim (updated, size, id);
`, `
DROP TABLE derived;
`, `
DROP INDEX statement_changed;
ALTER TABLE statement DROP COLUMN changed;
`}

// partedFeeds is the first version whose feeds have their names and passwords apart
// from their addresses.
const partedFeeds = 4
