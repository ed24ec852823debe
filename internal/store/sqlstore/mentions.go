package sqlstore

import (
	"database/sql"
	"errors"
	"slices"
	"strings"
	"unicode"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/store"
)

// mention is a speaker's name in an article.
type mention struct {
	name, role string
	kind       string // "p" or "o"; "" for one who is not followed
	titled     bool   // named by an office alone: "the Kremlin spokesman"
	statements int64
	identity   int64
	pinned     int64
	day        int // of its article, when it spoke there last
}

func kindOf(t quoth.SpeakerType) string {
	switch t {
	case quoth.Person:
		return "p"
	case quoth.Organization:
		return "o"
	}
	return ""
}

// speakersOf lists whom a view names, in order of the text.
func speakersOf(v *store.View) []*mention {
	var out []*mention
	at := map[string]*mention{}
	for _, s := range v.Record.Statements {
		roles := []string{s.Role}
		if len(s.Speaker) > 1 {
			if roles = strings.Split(s.Role, " ; "); len(roles) != len(s.Speaker) {
				roles = make([]string, len(s.Speaker))
			}
		}
		for i, p := range s.Speaker {
			kind := kindOf(p.Type)
			titled := kind == "" && p.Type == quoth.Unnamed && office(p.Name)
			if kind == "" && !titled || strings.TrimSpace(p.Name) == "" {
				continue
			}
			m := at[p.Name]
			if m == nil {
				m = &mention{name: p.Name, kind: kind, titled: titled}
				at[p.Name], out = m, append(out, m)
			}
			m.statements++
			if m.role == "" {
				m.role = clean(roles[i])
			}
		}
	}
	return out
}

// office reports whether words name an office that one holds at a time: two
// words or more, a name among them, and not "a".
func office(s string) bool {
	w := strings.Fields(s)
	if len(w) > 1 && strings.EqualFold(w[0], "the") {
		w = w[1:]
	}
	if len(w) < 2 || strings.EqualFold(w[0], "a") || strings.EqualFold(w[0], "an") {
		return false
	}
	named := false
	for _, x := range w {
		named = named || unicode.IsUpper([]rune(x)[0])
	}
	return named
}

// mentions gives each speaker of an article its identity, and keeps who speaks
// there. Who has one already keeps it.
func (t *tx) mentions(a *articleRow, v *store.View, given map[string]string) (map[string]int64, error) {
	speakers := speakersOf(v)
	old := map[string]*mention{}
	var o mention
	if err := t.each("SELECT name, identity, role, day, statements, pinned FROM mention WHERE article = ?", []any{a.id}, []any{&o.name, &o.identity, &o.role, &o.day, &o.statements, &o.pinned}, func() error {
		c := o
		old[o.name] = &c
		return nil
	}); err != nil {
		return nil, err
	}
	out := map[string]int64{}
	taken := map[int64]bool{}
	for _, m := range speakers {
		if was := old[m.name]; was != nil {
			m.identity, m.pinned = was.identity, was.pinned
			taken[m.identity] = true
		}
	}
	for _, m := range speakers {
		if m.identity == 0 {
			var err error
			if id, ok := given[m.name]; ok {
				m.identity, err = t.identityNamed(id, m)
			} else if len(given) == 0 {
				m.identity, err = t.meant(a, m, old, speakers, taken)
			}
			if err != nil {
				return nil, err
			}
			taken[m.identity] = true
		}
		if m.identity == 0 {
			continue
		}
		out[m.name] = m.identity
		was := old[m.name]
		delete(old, m.name)
		before := int64(0)
		if was != nil {
			if before = was.statements; before == m.statements && was.role == m.role && was.day == a.day {
				continue
			}
			if err := t.exec("UPDATE mention SET role = ?, day = ?, statements = ? WHERE article = ? AND name = ?", m.role, a.day, m.statements, a.id, m.name); err != nil {
				return nil, err
			}
		} else if err := t.exec("INSERT INTO mention (article, name, identity, role, day, statements, pinned) VALUES (?, ?, ?, ?, ?, ?, 0)", a.id, m.name, m.identity, m.role, a.day, m.statements); err != nil {
			return nil, err
		}
		if err := t.grow(m.identity, m.statements-before); err != nil {
			return nil, err
		}
		if err := t.learn(m); err != nil {
			return nil, err
		}
	}
	for _, m := range old { // no longer speaks here
		if err := t.grow(m.identity, -m.statements); err != nil {
			return nil, err
		}
		query := "DELETE FROM mention WHERE article = ? AND name = ?"
		if m.pinned != 0 {
			query = "UPDATE mention SET statements = 0 WHERE article = ? AND name = ?"
		}
		if err := t.exec(query, a.id, m.name); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// meant finds whom a name means in an article. Where a person may have said who
// is who, that goes before the rules: whom the article named so before, in another
// spelling, and who was never to be the same as the one that the rules find.
func (t *tx) meant(a *articleRow, m *mention, old map[string]*mention, speakers []*mention, taken map[int64]bool) (int64, error) {
	if was := respelled(m, old, speakers); was != nil && !taken[was.identity] {
		return was.identity, nil
	}
	found, err := t.pick(a, m, speakers, taken)
	if err != nil || found == 0 || m.titled {
		return found, err
	}
	var own int64
	err = t.get("SELECT i.id FROM identity i WHERE i.name_id = ? AND i.joined = 0 AND EXISTS (SELECT 1 FROM never WHERE a = i.id AND b IN (?, (SELECT joined FROM identity WHERE id = ?)) OR b = i.id AND a IN (?, (SELECT joined FROM identity WHERE id = ?)))",
		in(store.NewID(m.kind, a.name, m.name), found, found, found, found), &own)
	if isNone(err) || taken[own] {
		return found, nil
	}
	return own, err
}

// respelled gives the mention that an article had of a full name in another
// spelling; nil where it still has that, or where several were not one identity's.
func respelled(m *mention, old map[string]*mention, speakers []*mention) *mention {
	key, whole := store.NameKey(m.name, m.kind == "o")
	if !whole || m.titled {
		return nil
	}
	var found *mention
	for _, o := range old {
		if k, _ := store.NameKey(o.name, m.kind == "o"); k != key {
			continue
		}
		if found != nil && found.identity != o.identity || slices.ContainsFunc(speakers, func(s *mention) bool { return s.name == o.name }) {
			return nil
		}
		found = o
	}
	return found
}

// grow counts an identity's statements, and those of the one it was joined to.
func (t *tx) grow(identity, by int64) error {
	if by == 0 {
		return nil
	}
	return t.exec("UPDATE identity SET statements = statements + ? WHERE id = ? OR id = (SELECT joined FROM identity WHERE id = ?)", by, identity, identity)
}

// identityNamed gives the identity with an ID, and makes it where it is
// missing.
func (t *tx) identityNamed(id string, m *mention) (int64, error) {
	var n int64
	err := t.get("SELECT id FROM identity WHERE name_id = ?", []any{id}, &n)
	if errors.Is(err, sql.ErrNoRows) {
		kind := m.kind
		if kind == "" {
			kind = "p"
		}
		return t.insert("INSERT INTO identity (name_id, kind, name, renamed, joined, statements) VALUES (?, ?, ?, 0, 0, 0)", id, kind, clean(m.name))
	}
	return n, err
}

// learn keeps the words by which an identity is found, and its fullest name.
func (t *tx) learn(m *mention) error {
	var forms []string
	for _, w := range store.Fold(m.name) {
		forms = append(forms, "w:"+w)
	}
	if m.kind != "" {
		if key, whole := store.NameKey(m.name, m.kind == "o"); key != "" {
			if whole {
				forms = append(forms, "n:"+key)
			}
			if m.kind == "p" {
				forms = append(forms, "l:"+store.Surname(key))
			}
		}
		if office(m.role) {
			forms = append(forms, "r:"+strings.Join(store.Fold(m.role), " "))
		}
	}
	for _, f := range forms {
		if err := t.exec("INSERT INTO form (word, identity) VALUES (?, ?) ON CONFLICT DO NOTHING", f, m.identity); err != nil {
			return err
		}
	}
	if m.kind == "" {
		return nil
	}
	var name string
	var renamed int64
	if err := t.get("SELECT name, renamed FROM identity WHERE id = ?", []any{m.identity}, &name, &renamed); err != nil {
		return err
	}
	if renamed == 0 && m.kind == "p" && len(store.Fold(m.name)) > len(store.Fold(name)) {
		return t.exec("UPDATE identity SET name = ? WHERE id = ?", clean(m.name), m.identity)
	}
	return nil
}

// pick finds whom a name means in an article, by the rules:
//
//   - A full name means whoever has it, unless the roles belong to walks of
//     life that do not meet and nothing else of the article is shared.
//   - A surname alone means the one who has it and shares a role or company.
//   - An office alone means the one who held it around that day.
//
// Of several the one who shares most is meant. Two names in one article are
// never one person.
func (t *tx) pick(a *articleRow, m *mention, speakers []*mention, taken map[int64]bool) (int64, error) {
	var forms []string
	key, whole := store.NameKey(m.name, m.kind == "o")
	switch {
	case m.titled:
		forms = []string{"r:" + strings.Join(store.Fold(m.name), " ")}
	case key == "":
		return 0, nil
	case whole && m.kind == "p":
		forms = []string{"n:" + key, "l:" + store.Surname(key)}
	case whole:
		forms = []string{"n:" + key}
	default:
		forms = []string{"l:" + key}
	}
	best, bestScore, tie := int64(0), 0, false
	for _, form := range forms {
		list, err := t.candidates(form)
		if err != nil {
			return 0, err
		}
		for _, c := range list {
			if taken[c.id] || taken[c.root] || m.kind != "" && c.kind != m.kind {
				continue
			}
			score, err := t.score(a, m, form[0], key, c, speakers, len(list) == 1)
			if err != nil {
				return 0, err
			}
			switch {
			case score > bestScore:
				best, bestScore, tie = c.id, score, false
			case score == bestScore && score > 0:
				tie = true
			}
		}
		if best != 0 {
			break
		}
	}
	if best != 0 && (whole && !m.titled || !tie) {
		return best, nil
	}
	if m.titled {
		return 0, nil
	}
	return t.identityNamed(store.NewID(m.kind, a.name, m.name), m)
}

type candidate struct {
	id, root int64
	kind     string
}

// candidates are identities with a form, the largest first.
func (t *tx) candidates(form string) ([]candidate, error) {
	const most = 50
	var out []candidate
	var c candidate
	err := t.each("SELECT i.id, i.joined, i.kind FROM form f JOIN identity i ON i.id = f.identity WHERE f.word = ? ORDER BY i.statements DESC, i.id LIMIT ?", []any{form, most}, []any{&c.id, &c.root, &c.kind}, func() error {
		if c.root == 0 {
			c.root = c.id
		}
		out = append(out, c)
		return nil
	})
	return out, err
}

// Scores of a candidate: what it shares with a mention.
const (
	sharedRole    = 4
	sharedCompany = 2
	sharedName    = 1
)

// score says how well a candidate fits; 0: not. alone says that it is the only
// one.
func (t *tx) score(a *articleRow, m *mention, by byte, key string, c candidate, speakers []*mention, alone bool) (int, error) {
	if by == 'r' { // held the office within about a year
		var n int
		err := t.get("SELECT COUNT(*) FROM mention WHERE identity = ? AND day BETWEEN ? AND ?", []any{c.id, a.day - 400, a.day + 400}, &n)
		return min(n, 1), err
	}
	if by == 'l' { // of a full name only those who were never named in full
		var full int
		if err := t.get("SELECT COUNT(*) FROM form WHERE identity = ? AND word LIKE 'n:%'", []any{c.id}, &full); err != nil {
			return 0, err
		}
		if strings.Contains(key, " ") && full > 0 {
			return 0, nil
		}
	}
	var roles []string
	var r string
	if err := t.each("SELECT DISTINCT role FROM (SELECT role FROM mention WHERE identity = ? ORDER BY day DESC LIMIT 50) AS latest WHERE role <> ''", []any{c.id}, []any{&r}, func() error {
		roles = append(roles, r)
		return nil
	}); err != nil {
		return 0, err
	}
	fit := 0
	if m.role != "" {
		fit = store.Roles(m.role, roles)
	}
	if by == 'n' && (m.kind == "o" || alone && fit == 0) {
		return sharedName, nil
	}
	if by == 'n' && fit > 0 {
		return sharedName + sharedRole, nil
	}
	company, err := t.company(a, m, c.id, speakers)
	if err != nil {
		return 0, err
	}
	score := 0
	switch {
	case by == 'n' && fit == 0:
		score = sharedName
	case by == 'n' && company < 2, by == 'l' && fit <= 0 && company == 0:
		return 0, nil
	}
	if fit > 0 {
		score += sharedRole
	}
	if company > 0 {
		score += sharedCompany
	}
	return score, nil
}

// company counts whom else of an article's speakers a candidate has been named
// with.
func (t *tx) company(a *articleRow, m *mention, candidate int64, speakers []*mention) (int, error) {
	args := []any{candidate, candidate}
	for _, o := range speakers {
		if key, whole := store.NameKey(o.name, o.kind == "o"); o != m && o.kind != "" && whole && len(args) < 32 {
			args = append(args, "n:"+key)
		}
	}
	if len(args) == 2 {
		return 0, nil
	}
	var n int
	err := t.get("SELECT COUNT(DISTINCT identity) FROM mention WHERE article IN (SELECT article FROM mention WHERE identity = ? ORDER BY day DESC LIMIT 100) AND identity <> ? AND identity IN (SELECT identity FROM form WHERE word IN ("+
		marks(len(args)-2)+"))", args, &n)
	return n, err
}
