package speaker

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/quothnews/quoth/internal/lexicon"
	"github.com/quothnews/quoth/internal/text"
)

// A word is one word of the article without its possessive ending.
type word struct {
	text.Range
	low    string // lower case, without accents
	cap    bool   // begins with a capital
	upper  bool   // two letters or more, all capitals
	poss   bool   // 's or s' follows
	gap    byte   // the strongest mark between the word before and this one, see below
	first  bool   // begins a sentence
	quoted bool   // between quotation marks
	out    bool   // in a paragraph that is nobody's words
	sent   int    // number of its sentence
	line   int    // number of its line
}

// Gaps between words, the strongest last.
const (
	gapSpace byte = iota
	gapQuote
	gapBracket
	gapComma
	gapStop // ; : dash
	gapEnd  // . ! ?
	gapLine
)

// A line is a stretch between line breaks.
type line struct {
	text.Range
	first, last int  // words, half-open
	headline    bool // words begin with capitals throughout
}

var abbreviations = map[string]bool{"jr": true, "sr": true, "st": true, "vs": true, "no": true, "inc": true, "corp": true, "co": true, "ltd": true, "d-ny": true, "mt": true, "ft": true}

func isWordRune(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// split cuts a text into words and lines.
func split(s string) ([]word, []line) {
	var words []word
	var all []line
	sent := 0
	for n, lr := range breaks(s) {
		row := s[lr.Start:lr.End]
		states := text.Quotes(row)
		l := line{Range: lr, first: len(words)}
		gap := gapLine
		for i := 0; i < len(row); {
			r, size := utf8.DecodeRuneInString(row[i:])
			if !isWordRune(r) {
				gap = max(gap, gapOf(r))
				i += size
				continue
			}
			end, poss := wordEnd(row, i, states)
			w := word{Range: text.Range{Start: lr.Start + i, End: lr.Start + end}, gap: gap, line: n, poss: poss}
			w.quoted = states[i] == text.Inside
			surface := row[i:end]
			w.low = fold(surface)
			w.cap, w.upper = capitals(surface)
			if gap >= gapEnd && (gap == gapLine || w.cap || unicode.IsDigit(r) || states[i] != text.Outside) {
				w.first = true
				sent++
			}
			w.sent = sent
			words = append(words, w)
			gap = gapSpace
			i = end
			if poss { // step over 's or ’
				_, size := utf8.DecodeRuneInString(row[i:])
				i += size
				if i < len(row) && (row[i] == 's' || row[i] == 'S') {
					i++
				}
			}
		}
		l.last = len(words)
		l.headline = titleCase(words[l.first:l.last]) && (n == 0 || !sentence(row, words[l.first:l.last]))
		all = append(all, l)
	}
	return words, all
}

// breaks gives the stretches between line breaks that are not empty.
func breaks(s string) []text.Range {
	var out []text.Range
	start := 0
	for i := 0; i <= len(s); i++ {
		if i == len(s) || s[i] == '\n' || s[i] == '\r' {
			if i > start {
				out = append(out, text.Range{Start: start, End: i})
			}
			start = i + 1
		}
	}
	return out
}

func gapOf(r rune) byte {
	switch r {
	case '.', '!', '?', '…':
		return gapEnd
	case ';', ':', '—', '–', '―', '-', '|', '•':
		return gapStop
	case ',':
		return gapComma
	case '(', ')', '[', ']', '/':
		return gapBracket
	case '"', '“', '”', '„', '«', '»', '‘', '’', '\'':
		return gapQuote
	}
	return gapSpace
}

// wordEnd gives the end of the word at i, without a possessive ending, and
// whether it has one.
func wordEnd(row string, i int, states []uint8) (int, bool) {
	end := i
	for end < len(row) {
		r, size := utf8.DecodeRuneInString(row[end:])
		if isWordRune(r) {
			end += size
			continue
		}
		if r >= 0x80 && r <= 0xBF && strings.HasSuffix(row[i:end], "Ã") {
			end += size // the second half of a letter read in the wrong encoding
			continue
		}
		next, n := utf8.DecodeRuneInString(row[end+size:])
		if r == '.' && next == '-' && end+size+n < len(row) && isWordRune(rune(row[end+size+n])) && strings.Contains(row[i:end], ".") {
			end += size + n // "U.S.-led"
			continue
		}
		if !isWordRune(next) || end+size >= len(row) {
			break
		}
		switch r {
		case '–':
			if before, _ := utf8.DecodeLastRuneInString(row[:end]); unicode.IsLower(before) && unicode.IsLower(next) && unicode.IsUpper(firstRune(row[i:])) {
				return finish(row, i, end) // "the Herald–shows"
			}
		case '/':
			if end-i > 4 && unicode.IsUpper(next) && wordLen(row[end+size:]) > 3 {
				return finish(row, i, end) // "Nikolsky/Associated Press"
			}
		case '-', '&', '_', '@', '\'', '’', '‘', '‑':
		case '.', ',':
			before, _ := utf8.DecodeLastRuneInString(row[:end])
			digits := unicode.IsDigit(before) && unicode.IsDigit(next)
			if !digits && (r == ',' || !(unicode.IsUpper(before) && unicode.IsUpper(next)) && !(unicode.IsLower(before) && unicode.IsLower(next))) {
				return finish(row, i, end)
			}
		default:
			return finish(row, i, end)
		}
		end += size
	}
	e, poss := finish(row, i, end)
	if !poss && e == end && end < len(row) && states[end] != text.Mark && (row[end-1] == 's' || row[end-1] == 'S') {
		if r, size := utf8.DecodeRuneInString(row[end:]); (r == '’' || r == '\'') && end+size < len(row) && row[end+size] == ' ' {
			return end, true
		}
	}
	return e, poss
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func wordLen(s string) int {
	n := 0
	for _, r := range s {
		if !isWordRune(r) {
			break
		}
		n++
	}
	return n
}

// finish cuts 's and the clitics 've, 'd, 'll, 're, 'm off a word, and adds
// the full stop of an abbreviation.
func finish(row string, i, end int) (int, bool) {
	w := row[i:end]
	if k := strings.LastIndexAny(w, "'’‘"); k > 0 {
		switch tail := strings.ToLower(strings.TrimLeft(w[k:], "'’‘")); tail {
		case "s":
			return i + k, true
		case "ve", "d", "ll", "re", "m":
			return i + k, false
		}
	}
	if end < len(row) && row[end] == '.' {
		low := strings.ToLower(w)
		if c := firstRune(w); unicode.IsUpper(c) && len(w) <= 5 && (end+1 < len(row) && row[end+1] == ',' || text.ShortMonths[low] && end+2 < len(row) && row[end+1] == ' ' && unicode.IsDigit(rune(row[end+2]))) {
			return end + 1, false // "in Easton, Calif., where", "the Feb. 3 letter"
		}
		r, size := utf8.DecodeRuneInString(w)
		single := size == len(w) && unicode.IsUpper(r) && !text.OnX(row[:end])
		if single || seatPattern(w) || strings.Contains(w, ".") && unicode.IsUpper(r) && (len(w) <= 6 || spaced(w)) || unicode.IsUpper(r) && len(w) <= 5 && (lexicon.Honorifics().Has(low) && low != "king" && low != "queen" && low != "pope" && low != "lord" && low != "lady" && low != "miss" && low != "count" || abbreviations[low]) {
			return end + 1, false
		}
	}
	return end, false
}

// seatPattern reports whether a word is a party's initial and a state's short form: "D-Md".
func seatPattern(w string) bool {
	return len(w) > 3 && len(w) < 8 && w[1] == '-' && strings.IndexByte("DRI", w[0]) >= 0 && unicode.IsUpper(rune(w[2])) && unicode.IsLower(rune(w[len(w)-1]))
}

// spaced reports whether a word is single letters with full stops between: "N.C.A.A".
func spaced(w string) bool {
	return !slices.ContainsFunc(strings.Split(w, "."), func(s string) bool { return len(s) != 1 })
}

func capitals(s string) (first, all bool) {
	letters, upper := 0, 0
	for i, r := range s {
		if !unicode.IsLetter(r) {
			continue
		}
		letters++
		if unicode.IsUpper(r) {
			upper++
			if i == 0 || letters == 2 && upper == 1 && len(s) > 3 { // eBay, iPhone
				first = true
			}
		}
	}
	if !first && upper > 0 { // al-Assad, but not "mid-April" or "anti-Trump"
		for _, p := range []string{"al-", "el-", "d'", "d’", "l'", "bin-", "ibn-"} {
			if strings.HasPrefix(s, p) {
				first = true
			}
		}
	}
	if first && strings.Contains(s, "-") { // "Iran-backed" is an adjective
		parts := strings.Split(s, "-")
		if last := parts[len(parts)-1]; last != "" && strings.ToLower(last) == last && len(parts[0]) > 1 && unicode.IsLetter(rune(last[0])) && compound(last) {
			return false, false
		}
	}
	return first, letters > 1 && upper == letters
}

func compound(tail string) bool {
	for _, s := range []string{"ed", "ing", "based", "born", "led", "style", "wide", "era", "run", "old", "owned", "held", "friendly", "like", "free", "made", "elect", "area", "level"} {
		if strings.HasSuffix(tail, s) {
			return tail != "elect"
		}
	}
	return false
}

// sentence reports whether a line below the first is a sentence, though most of its words
// have capitals: it has a verb without one, and its full stop is no abbreviation's.
func sentence(row string, words []word) bool {
	row = strings.TrimRight(row, " \t\r\"”’'")
	return strings.HasSuffix(row, ".") && !strings.HasSuffix(words[len(words)-1].low, ".") &&
		slices.ContainsFunc(words, func(w word) bool { return !w.cap && verbal[w.low] })
}

const mostTitle = 16 // words of a headline that has several sentences

func titleCase(words []word) bool {
	long, caps := 0, 0
	for i, w := range words {
		if w.Len() < 4 || i == 0 {
			continue
		}
		long++
		if w.cap {
			caps++
		}
	}
	for i, w := range words {
		if !w.upper {
			break
		}
		if i == len(words)-1 && i > 0 {
			return true
		}
	}
	if len(words) > mostTitle && words[0].sent < words[len(words)-1].sent {
		return false
	}
	return long >= 2 && caps*10 >= long*7
}

var folded = strings.NewReplacer("á", "a", "à", "a", "â", "a", "ä", "a", "ã", "a", "å", "a", "ā", "a", "ă", "a", "ą", "a", "ç", "c", "ć", "c", "č", "c",
	"é", "e", "è", "e", "ê", "e", "ë", "e", "ę", "e", "ě", "e", "ē", "e", "ğ", "g", "í", "i", "ì", "i", "î", "i", "ï", "i", "ı", "i", "ī", "i", "ł", "l", "ñ", "n", "ń", "n", "ň", "n",
	"ó", "o", "ò", "o", "ô", "o", "ö", "o", "õ", "o", "ø", "o", "ő", "o", "ō", "o", "ř", "r", "ś", "s", "š", "s", "ş", "s", "ș", "s", "ß", "ss", "ť", "t", "ț", "t",
	"ú", "u", "ù", "u", "û", "u", "ü", "u", "ů", "u", "ű", "u", "ū", "u", "ý", "y", "ÿ", "y", "ź", "z", "ż", "z", "ž", "z", "’", "'", "‘", "'", "‑", "-")

// fold gives a word in lower case without accents and without the full stop
// of an abbreviation that has no other.
func fold(s string) string {
	s = strings.ToLower(s)
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			s = folded.Replace(s)
			break
		}
	}
	if strings.Count(s, ".") == 1 {
		s = strings.TrimSuffix(s, ".")
	}
	return s
}
