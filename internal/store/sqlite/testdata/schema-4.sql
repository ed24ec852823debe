CREATE TABLE schema_version (version BIGINT NOT NULL);
CREATE TABLE counter (name TEXT PRIMARY KEY, value BIGINT NOT NULL);
CREATE TABLE engine (id INTEGER PRIMARY KEY, model TEXT NOT NULL, code TEXT NOT NULL, UNIQUE (model, code));
CREATE TABLE page (
	id INTEGER PRIMARY KEY,
	sha256 BLOB NOT NULL UNIQUE,
	media TEXT NOT NULL,
	size BIGINT NOT NULL,
	body BLOB NOT NULL -- deflated
);
CREATE TABLE outlet (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE article (
	id INTEGER PRIMARY KEY,
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
) WITHOUT ROWID;
CREATE TABLE reading (
	id INTEGER PRIMARY KEY,
	article BIGINT NOT NULL,
	revision BIGINT NOT NULL,
	engine BIGINT NOT NULL,
	known BLOB NOT NULL UNIQUE, -- hash of page, claims, model and code
	given TEXT NOT NULL,           -- what was claimed of the page, JSON
	record BLOB NOT NULL,       -- deflated JSON
	items BLOB NOT NULL         -- deflated JSON
);
CREATE INDEX reading_article ON reading (article, revision);
CREATE TABLE statement (
	id INTEGER PRIMARY KEY,
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
CREATE TABLE figure (
	statement BIGINT NOT NULL, n BIGINT NOT NULL, low DOUBLE PRECISION NOT NULL, high DOUBLE PRECISION NOT NULL,
	PRIMARY KEY (statement, n)
) WITHOUT ROWID;
CREATE TABLE identity (
	id INTEGER PRIMARY KEY,
	name_id TEXT NOT NULL UNIQUE, -- its ID outside
	kind TEXT NOT NULL,
	name TEXT NOT NULL,
	renamed BIGINT NOT NULL,
	joined BIGINT NOT NULL,       -- the identity that it was joined to, else 0
	statements BIGINT NOT NULL
);
CREATE INDEX identity_size ON identity (joined, statements, id);
CREATE TABLE form (word TEXT NOT NULL, identity BIGINT NOT NULL, PRIMARY KEY (word, identity)) WITHOUT ROWID;
CREATE TABLE mention (
	article BIGINT NOT NULL, name TEXT NOT NULL, identity BIGINT NOT NULL, role TEXT NOT NULL,
	day BIGINT NOT NULL, statements BIGINT NOT NULL, pinned BIGINT NOT NULL,
	PRIMARY KEY (article, name)
) WITHOUT ROWID;
CREATE INDEX mention_identity ON mention (identity, day, statements, role);
CREATE TABLE never (a BIGINT NOT NULL, b BIGINT NOT NULL, PRIMARY KEY (a, b)) WITHOUT ROWID;
CREATE TABLE decision (id TEXT PRIMARY KEY, at BIGINT NOT NULL, data TEXT NOT NULL, before TEXT NOT NULL);
CREATE TABLE correction (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, article BIGINT NOT NULL, data TEXT NOT NULL, undone BIGINT NOT NULL);
CREATE INDEX correction_article ON correction (article);
CREATE TABLE claim (id TEXT PRIMARY KEY, updated BIGINT NOT NULL, name TEXT NOT NULL, data TEXT NOT NULL, size BIGINT NOT NULL DEFAULT 0);
CREATE TABLE member (
	claim TEXT NOT NULL, statement BIGINT NOT NULL, n BIGINT NOT NULL, stance TEXT NOT NULL, utterance TEXT NOT NULL, score DOUBLE PRECISION NOT NULL,
	PRIMARY KEY (claim, statement)
) WITHOUT ROWID;
CREATE INDEX member_statement ON member (statement);
CREATE TABLE verdict (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, data TEXT NOT NULL);
CREATE TABLE feed (url TEXT PRIMARY KEY, title TEXT NOT NULL, data TEXT NOT NULL);
CREATE TABLE entry (url TEXT PRIMARY KEY, state TEXT NOT NULL, due BIGINT NOT NULL, data TEXT NOT NULL);
CREATE INDEX entry_due ON entry (due) WHERE state = 'waiting';
CREATE TABLE mark (job TEXT PRIMARY KEY, value BIGINT NOT NULL);
CREATE VIRTUAL TABLE words USING fts5(content, who, role, via, addressee, facets, content='statement', content_rowid='id', tokenize='porter unicode61 remove_diacritics 2');
CREATE INDEX claim_updated ON claim (updated, size, id);
INSERT INTO schema_version VALUES (4);
INSERT INTO counter VALUES ('statement', 6);
INSERT INTO counter VALUES ('change', 6);
INSERT INTO engine VALUES (1, 'm1', 'test');
INSERT INTO page VALUES (1, x'b813a7be6a585da535b18896f9fd6191f8f298e0c41d62fe5aa49ab7572fc261', 'text/plain', 117, x'2ccbc10902311005d07baaf8052c4bb404c1a3680bdfcdc70d8e139889dabe170b78a7e8ed214cdab394b92b842f133eb0ed7497c1dfafbb027541b237dcf891e11ad67d2d851326e6c4e1b8d45a91c35a572476366c3132d5fef06c72e2c288f5170000ffff');
INSERT INTO page VALUES (2, x'af9271aa75cf130eeaf9973d7afcde20ecd52b88a3aafd3b55af54e6dbeb31bf', 'text/plain', 117, x'2ccbc10dc2300c05d07ba6f8035455ca08481c11ac60ea2f12611cc90eb03e970ef0ced1f5494cb15729b331889f247c606fe24e837fde0f06b605295d71972f0db7b0ee6b293261949cd84e4bad15394c3b23d144b1c7c8a41ef06274c15522d67f000000ffff');
INSERT INTO page VALUES (3, x'c24ddead83b59bbadfbfa5f394bc2e5d8e1463ccaf59447feeda554c24f8f1f7', 'text/plain', 117, x'2ccbc10dc2300c05d07ba6f8035455e808481c11ac60ea2f12611cc90eb03e970ef0ced1f5494cb15729b331889f247c606fe24e837fde0f06b605295d71972f0db7b0ee6b293261949c386d4bad15394c3b23d144b1c7c8a41ef06274c15522d67f000000ffff');
INSERT INTO outlet VALUES (1, 'The Harbour Courier');
INSERT INTO article VALUES (1, 'a0', 1, 'https://harbour.example/0', 'Bridges', 1, '', '2032-01-10', 742182, 1, 1, 1961755200000000000, 2);
INSERT INTO article VALUES (2, 'a1', 1, 'https://harbour.example/1', 'Bridge talk', 1, '', '2032-01-10', 742182, 1, 2, 1961755200000000000, 2);
INSERT INTO article VALUES (3, 'a2', 1, 'https://harbour.example/2', 'Bridge talk', 1, '', '2032-01-10', 742182, 1, 3, 1961755200000000000, 2);
INSERT INTO revision VALUES (1, 1, 1, 1961755200000000000);
INSERT INTO revision VALUES (2, 1, 2, 1961755200000000000);
INSERT INTO revision VALUES (3, 1, 3, 1961755200000000000);
INSERT INTO reading VALUES (1, 1, 1, 1, x'61fe0919515e755a2afb4152cc38b8b0', '{"id":"a0","url":"https://harbour.example/0","outlet":"The Harbour Courier","title":"Bridge talk","published":"2032-01-10"}', x'94944f6ff23810c6bf8a356797da818424c75dadb497fd73d85bcb61124f8885b1b3b6438b2abefb2b134869d5f7153d01e699f133cf6f9237401f756b08ea37d00a6a40011c466fa0863ec621d48f8f3dfac68d7e41afb81f0c3d26851ba3a10835fcd713fb7312b0dfdde83579e010754c3de137afd5965844b3030ecdd1689b8e81c3303646879ed29d9958660f423ec8d4d9a0dd8eb84d32b2c021f498e505d4d0947289eb860acccb5c61becc1b599655d1559d2a6425bbb2cbaa9244bb92aac83aca11571536eb7c9d756d56c8648b5ee34757cff6d9c69e3cb1170ccc3ad6f6682d1966c77d439e09ce026ac5fec50319f68f37da2e520d466608436432e34208169c519a7c603d2ad67a1702a94be91f862cb2bfd0fb459a1b3d6e3d0e7d80fae90d42441fa1161cc82aa8a5e4b0d3e9db25c2139f3572791115efa2c6a9e3ada658ce8dd69f449b1387bd5394c8ee53182162a43dd9383939d30fe73fdce85bbab5b7aaae578b39c49b44e0b4e1d08e1f4b569792553997a43826adb3916cbcd5cfd3adb259ff4b30e746ff8f2e62d4ce420dda2aeda98d6982817047fedcdfe29e3ed9e5108f433a1cc807977ed3412bb2df1d3a39f0eebce87f3b7f40abd1b230b81d853da6b6d8a62245f6081c0e1aa17eda70886efa7ce9c9426d4763ce8974570b625125a41390ec4b20521433e86276f7be695f1191425e6b447e1793799baa6ad6dfb3f8df447363fb3e32774c7f8366e68021908fdf25b1e1d0e9ede8297c19cdbafc5934e95de65ea09699108243afb7fdf58ed1ea781ed20d8692bfc68d71b23ae70313151c528661f24987cbe3ba39fd080000ffff', x'2c8d310ec2300c00ffe23943701abbe52b28836bd9a8030511c382f83b0aea7c77ba0ff490b09bedd1e17c819e45685e90175c497d5548d04f94b966aab3eb3471aed012f8767d3deddf38162ae8cc2486ca54065779c476df87d012d8fb18b4ef2f0000ffff');
INSERT INTO reading VALUES (2, 2, 1, 1, x'77017df50472c891f39b5f53204517f3', '{"id":"a1","url":"https://harbour.example/1","outlet":"The Harbour Courier","title":"Bridge talk","published":"2032-01-10"}', x'9494cb72e23c10855f45d56b854836572fffbfa66a367359cc2e61d1b6da5885903cba905029de7d4a181c92ca4c9115204eb74e9fafed17401f756308aa17d00a2a40091c9237504117631faafbfb0e7ded929fd033ee7a43f759e1523414a1825f1db1af8380fdef92d7e48143d431f784ffbc561b6211cd1638d407a36d3e060e7daa8d0e1de53b0b51167742de49011c0cda4dc24d9691050ea1c36236cfceda55b190888b59d3ca521061bb5a2d4ab5c0b65154086ad4aca8974b2c115b55d6b319b6b329cd554d7529eb36dba2e7f8d6d5a37db4b1234fec0903b38e351d5a4b86d9b4abc933c95940add84fdc93613fbcd176926b303243182293051742b0e08cd2e403eb50b1c6bb10489d4bbf18b2c8bea1f7933c377adc78ecbb00d5c30b84883e42253890555049c961abf3b77384473e6a647916cd5f45b553876bcdbc1c1b2dde89d6470e3ba72893dd65842162a41dd9383839d10fa73f5cf20d5ddb9bae2e578b31c4ab44e0b8e6d0a4b725d373c9743996e43806adb3916cbcd68fd34d8b51ff4f30a746bf938b18b5b35081b64a7b6a629ea027dc923ff5b7b8a3777639c4439f0f7bf2c1e5dfb4d78aec6787ce0ebc3b2dfa77e7f768355a167ab7a5b0c3dc169b5ca4c81e80c35e23540f6b0ed10d9f4f1d59a86c32e694487bb12026ab8c7400527c08448af9087a3eba7bddb48f8848212f3562761393719b56ab517fcbe27f12cd95eddbc8dc30fd159a910386403e7e96c49a43ab37c953f8309ac5f26fd1e477997b824a1642080e9dde74973b92d5f134a4eb0d657fb54b71b03ae6030315ec738661f049fbf3e3ba3efe090000ffff', x'2c8d310e02211405eff26a8a05f1b1eb550c05f0ff375bb81a411be3ddcd1aeb99c9bcd147197ad56d749ccee85ec84a49b12df31c83c1a1335a6069d2ea52a530223bd87a793ef4d71853f29ce418e80f5675da792bf7b1deb65dc80efafa0ff2e71b0000ffff');
INSERT INTO reading VALUES (3, 3, 1, 1, x'97e8aedb67f9da8712494bf53a14c512', '{"id":"a2","url":"https://harbour.example/2","outlet":"The Harbour Courier","title":"Bridge talk","published":"2032-01-10"}', x'9494cb72e23c10855f45d56b85c8c6e6e2e5ffd754cd662e8bd9252cda561bab10924717122ac5bb4fc90687a43253640588d3add3e76bfb05d005d56882ea0594840a30070ed169a8a00ba1f7d5fd7d87aeb6d1cde819f7bda6fba4b031680a50c1af8ed8d751c0feb7d12972c021a8907ac27f4ec92db1807a071ceaa356261d03873ed65af98ed29db998e77722bbcb0470d068b611b749460638f80ef372011534792125a15ccdeb725dd728dbbac5b29daf8bbac9a9942bca8ac5bc69b02dd745b16c89249665d1e445bb6ab376996cd17378ebead13c9ad09123f6849e19cb9a0e8d21cd4cdcd7e458ce994725d94f3c90663f9c5666966a30304de803cb722e8460de6aa9c879d6a1648db3de933c977ed164907d43e766696e74b875d8771eaa8717f0015d804a702023a1ca320e3b95be9d233cf14993cdcfa2c5aba8b6f278ad59cca746cb77a2cd89c3de4a4a64f7590a3660a03d99303a19e8fbe10f1b5d43d7f68af5e56a31857895089c361c9af8b6a4389714aba924c5316aad0964c2b57e9aaec827fd3fc10c8d7e471b30286ba00265a472d48434414fb82337f437b8a777763984639f0e7b72dea6df745092cc67874e0e9c1d16fdbb7507340a0df3bddd91df636a8b4d2a92648ec0e1a010aa870d8760c7cfa78e0c54266a3d24d25e2c88d93a211d81e41f02c9c46202bd98dcbd6eda474432915d6a44791393699bd6eb497fcbe27f12cd95eddbc8dc30fd159a89037a4f2e7c96c48643abb6d191ff309ae5ea6fd1a477997d822acb85101c3ab5ed2e7744a3c230a4ed35257fb58d61b43ae5032315ec53867ef44987f3e3ba39fd090000ffff', x'2c8d4d0ec2201406eff2ad59405fa1d4ab1816f87e4c175623e8c6787783e97a66321fb45ebbde74ef0da7339af9284c1c24258aab301c5a5e789d326922339983a038d8767d3df5df980fe2839f2e7599296ae6c1b93efa76df87501cf47d0ccaf7170000ffff');
INSERT INTO statement VALUES (3187647417679873, 1587325790805313285, 1, 1, 63, 1, 0, 2, 0.9, NULL, NULL, 'Elena Marr', 'said', 'at least 12,000 soldiers had crossed', 'Elena Marr', '', '', '', 'a0 o1 i2 g22', '{"s":[{"t":"person","i":2}],"f":[{"text":"at least 12,000","low":12000,"high":null,"unit":"people"}]}');
INSERT INTO statement VALUES (3187647417679874, 767451589571432380, 1, 0, 13, 1, 2, 2, 0.9, NULL, NULL, 'Pavel Orlin', 'said', 'there was no channel number 0', 'Pavel Orlin', 'Norvanian spokesman', '', '', 'a2 o1 i1', '{"s":[{"t":"person","i":1}]}');
INSERT INTO statement VALUES (3187647417679875, 7273993780273601124, 2, 1, 63, 1, 0, 2, 0.9, NULL, NULL, 'Elena Marr', 'said', 'at least 12,000 soldiers had crossed', 'Elena Marr', '', '', '', 'a0 o1 i2 g22', '{"s":[{"t":"person","i":2}],"f":[{"text":"at least 12,000","low":12000,"high":null,"unit":"people"}]}');
INSERT INTO statement VALUES (3187647417679876, 2118581710543684655, 2, 0, 13, 1, 2, 2, 0.9, NULL, NULL, 'Pavel Orlin', 'said', 'there was no channel number 1', 'Pavel Orlin', 'Norvanian spokesman', '', '', 'a2 o1 i1', '{"s":[{"t":"person","i":1}]}');
INSERT INTO statement VALUES (3187647417679877, -8662348159839644643, 3, 1, 63, 1, 0, 2, 0.9, NULL, NULL, 'Elena Marr', 'said', 'at least 12,000 soldiers had crossed', 'Elena Marr', '', '', '', 'a0 o1 i2 g22', '{"s":[{"t":"person","i":2}],"f":[{"text":"at least 12,000","low":12000,"high":null,"unit":"people"}]}');
INSERT INTO statement VALUES (3187647417679878, -1126529094479816228, 3, 0, 13, 1, 2, 2, 0.9, NULL, NULL, 'Pavel Orlin', 'said', 'there was no channel number 2', 'Pavel Orlin', 'Norvanian spokesman', '', '', 'a2 o1 i1', '{"s":[{"t":"person","i":1}]}');
INSERT INTO figure VALUES (3187647417679873, 0, 12000, 12000);
INSERT INTO figure VALUES (3187647417679875, 0, 12000, 12000);
INSERT INTO figure VALUES (3187647417679877, 0, 12000, 12000);
INSERT INTO identity VALUES (1, 'p48fa9434ac5a8a2b', 'p', 'Pavel Orlin', 0, 0, 3);
INSERT INTO identity VALUES (2, 'p8429769b9629905a', 'p', 'Elena Marr', 0, 0, 3);
INSERT INTO form VALUES ('l:marr', 2);
INSERT INTO form VALUES ('l:orlin', 1);
INSERT INTO form VALUES ('n:elena marr', 2);
INSERT INTO form VALUES ('n:pavel orlin', 1);
INSERT INTO form VALUES ('r:norvanian spokesman', 1);
INSERT INTO form VALUES ('w:elena', 2);
INSERT INTO form VALUES ('w:marr', 2);
INSERT INTO form VALUES ('w:orlin', 1);
INSERT INTO form VALUES ('w:pavel', 1);
INSERT INTO mention VALUES (1, 'Elena Marr', 2, '', 742182, 1, 0);
INSERT INTO mention VALUES (1, 'Pavel Orlin', 1, 'Norvanian spokesman', 742182, 1, 0);
INSERT INTO mention VALUES (2, 'Elena Marr', 2, '', 742182, 1, 0);
INSERT INTO mention VALUES (2, 'Pavel Orlin', 1, 'Norvanian spokesman', 742182, 1, 0);
INSERT INTO mention VALUES (3, 'Elena Marr', 2, '', 742182, 1, 0);
INSERT INTO mention VALUES (3, 'Pavel Orlin', 1, 'Norvanian spokesman', 742182, 1, 0);
INSERT INTO correction VALUES (1, 'k11dd03c34a86b4fc', 1, '{"id":"k11dd03c34a86b4fc","article":"a0","revision":1,"item":"","field":"title","was":"Bridge talk","value":"Bridges","by":"ann","at":"2026-11-30T19:57:23.563012Z"}', 0);
INSERT INTO claim VALUES ('c', 0, 'channels', '{"id":"c","name":"Channels","score":0,"confirmed":false,"sources":0,"outlets":0,"first":"","last":"","updated":"0001-01-01T00:00:00Z","size":1,"stances":[],"members":null}', 1);
INSERT INTO member VALUES ('c', -1126529094479816228, 0, '', '', 0);
INSERT INTO words (words) VALUES ('rebuild');
