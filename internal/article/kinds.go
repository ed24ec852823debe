package article

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/quothnews/quoth"
)

// What a paragraph is, is told by its looks and by its neighbours. In doubt it
// is body: a body paragraph taken for furniture would lose statements.

var (
	// Lines that are the page's own, whole.
	furniture = regexp.MustCompile(`(?i)^(?:share(?: (?:this|on|via|full article|article)\b.{0,30})?|source link|photos?|videos?|slideshow|advertisement(?: - story continues below| continue reading the main story)?|continue reading the main story|advertising|sponsored|sign up|sign in|log in|subscribe(?: now| today)?|newsletter|related(?: articles?| stories| content| topics| links)?|read more|read next|more (?:on this story|from .{1,40})|(?:more trending|most (?:read|popular|viewed|shared))(?: (?:in|on|stories|articles)\b.{0,30})?|more about:? ?.{0,40}|our standards:.{0,80}|[_*–—-]{3,}|-30-|#{2,}|recommended(?: stories)?|trending(?: now)?|comments?|leave a comment|print|tweet|(?:` + platform + `(?: |$))+|copy link|follow us|back to top|close|menu|search|skip to .{1,30}|watch(?: live)?|listen(?: to (?:this )?(?:article|story))?|loading\.*|click here.{0,60}|story continues below.{0,30}|article continues (?:below|after).{0,30}|this (?:article|story) (?:was|has been) (?:updated|corrected)\b.{0,80}|all rights reserved\.?|©.{0,80}|copyright (?:(?:©|\(c\)|(?:19|20)\d\d\b).{0,160}|(?-i:(?:[\p{Lu}&][\p{L}\d.,&'’-]* ){1,8})(?:19|20)\d\d\.?|.{0,80}all rights reserved\.?)|(?:\d+ )?min(?:ute)?s? read|\d+ min(?:ute)?s?|\d+ comments?|comments? ?\(\d+\)|view this post on instagram|getty images|follow .{1,40} on (?:twitter|x|facebook|instagram)\b.{0,30}|scroll down (?:for|to)\b.{0,60}|tags?:.{0,120}|topics?:.{0,120}|filed under:?.{0,120})$`)
	// Openings of boxes that ask the reader for something or point elsewhere.
	pointer = regexp.MustCompile(`(?i)^(?:(?:read more|read also|also read|see also|related) ?[:|]|read ?\||more ?: |watch ?: |sign up (?:for|to|here)\b|subscribe (?:to|for|here)\b|get (?:the latest|our|email|breaking)\b.{0,60}(?:newsletter|inbox|alerts?|updates)|download (?:our|the) .{0,30}app|join (?:our (?:comment|community|newsletter|whatsapp)|the conversation|thought-provoking)|for more (?:stories|news|coverage) |follow (?:us|.{2,30}) on (?:twitter|x|facebook|instagram|whatsapp|google news)|get in touch with our|got a story|enter your email|by (?:signing up|entering your email|clicking)|have you got a story|do you have (?:a story|any information)|contact (?:us|the author|the reporter)|email (?:us|the author|the reporter)|to comment on this|click here|already (?:a|an) (?:\w+ )?(?:subscriber|member)\?|to (?:continue|keep) reading\b|get (?:unlimited|full) (?:digital |online )?access\b|a post shared by .{1,80}\(@|photos? ?: |picture ?: )`)
	// What an outlet says of the article itself: what was corrected or added, and
	// what an earlier version said.
	note = regexp.MustCompile(`(?i)^(?:(?:corrections?|clarification|editors?['’]?s?['’]? note|updated?|note)\b[^:.—–]{0,40}[:.—–] ?)?(?:(?:[a-z ]{0,30} (?:with|in) )?(?:an?|the) (?:earlier|previous|original) version of this (?:article|story)\b|this (?:article|story) (?:was|has been) (?:later |since )?(?:updated|corrected|amended|edited|revised)\b)`)
	// "Published 1.05pm, 3 March 2031 · Updated 3.15pm, 4 March 2031".
	stamp = regexp.MustCompile(`(?i)^(?:first |last )?(?:published|updated|posted|modified)\b(?:[ ,.:|·•–—-]|on|at|[ap]\.?m\b|first|last|published|updated|posted|modified|` + weekdays + `|` + months + `|\d{1,4}|(?-i:[A-Z]{2,5}\b)|(?:hour|minute|min|day)s?|ago)*$`)
	// "Name/Agency", "Photo by …", "(AP Photo/…)", "Getty Images".
	agency = `(?:AP|AFP|Reuters|REUTERS|Getty(?: Images)?|Associated Press|The Associated Press|PA(?: Wire| Media| Images)?|EPA(?:-EFE)?|Bloomberg|Shutterstock|Alamy|TASS|Xinhua|ANI|NurPhoto|ZUMA|Rex|Anadolu(?: Agency)?|Agence France-Presse|Press Association|iStock|Unsplash|AAP|WireImage|Pool|CNN|NBC News|The New York Times|The Washington Post)`
	// Agencies that are known for pictures; the words behind the names of others
	// often belong to them ("Bloomberg Businessweek").
	pictures = `(?:AP|AFP|Reuters|REUTERS|Getty(?: Images)?|Associated Press|PA|EPA(?:-EFE)?|Shutterstock|Alamy|Rex|NurPhoto)`
	proper   = `(?:[A-Z][\p{L}.'’-]*(?: |\b))` // capitalised words
	credit   = regexp.MustCompile(`^(?:\(?(?:Photo|PHOTO|Image|Picture|Credit|Photograph|Illustration|Photo credit|Image credit|Image source)s?(?: by| from|:| credit:?).{1,80}|.{2,60} ?(?:/|\||via|—|–|-) ?` + agency + `(?: ?(?:/|via) ?.{1,40})?\)?|\(?` + agency + `(?: Photo)?(?: ?/.{1,60})?\)?|` + proper + `{2,4} ?/ ?` + proper + `{1,5})$`)
	// Last words of the names of bodies that give pictures: "The Herald".
	house = `(?:` + agency + `|[\p{L}\d.'’& -]*\b(?:Press|Times|Post|News|Images|Herald|Tribune|Journal|Guardian|Gazette|Media|Agency|Star|Globe|Chronicle|Photo|Pictures|Wire|Telegraph|Courier|Observer|Sun|Dispatch)\b)`
	// A caption with its credit in the same line: "… in Oslo. (AP Photo/Jane Roe)",
	// "… in Oslo. Photograph: Jane Roe/Reuters".
	captioned = regexp.MustCompile(`^[^\s(].* ((?:[(\[](?:Photos? (?:by|:|courtesy)[^()\[\]]*|(?:` + agency + `|[A-Z]{2,6}) (?:Photo|photo|file photo)(?: ?/[^()\[\]]*)?|` + agency + ` ?/[^()\[\]]*|` + proper + `{1,4} ?(?:/|via) ?` + house + `[^()\[\]]*)[)\]]|\| ?` + proper + `{2,4}(?:(?:, |and |& )` + proper + `{2,4})*(?: ?/ ?|, |for |via )` + house + `|(?:Photo|Photograph|Picture|Image|Photo credit|Credit)s?(?: by|:) ?` + proper + `[^!?;:]{0,60}|(?:REUTERS|AFP PHOTO) ?/ ?` + proper + `{1,4})\.?)$`)
	// How agencies begin the caption of a picture that is older than the article, in one
	// line with its credit: "FILE - In this May 3, 2031, file photo, …".
	archived = regexp.MustCompile(`^(?:(?:FILE|File) ?[-–—] |FILE (?:PHOTO|IMAGE) ?[-–—:] |File (?:photo|image) ?[-–—:] )`)
	// "By Jane Roe", "By Jane Roe and John Doe, Staff Writers".
	byline = regexp.MustCompile(`^(?:By|BY|Written by) (?:[A-Z][\p{L}.'’-]+,? ?(?:and |& )?){1,8}(?:[Ff]or \S+\.com|[|,/•·].{0,80}[^.!?])?$`)
	// What an agency puts below an article: "Reporting by …; Editing by …".
	signoff = regexp.MustCompile(`^(?:\(?Additional reporting (?:by|from) [A-Z].*|\(?Reporting by [A-Z][^.;]*(?:;.*)?|.* contributed to this (?:report|story|article)\.?|\(?With (?:agency )?inputs(?: from (?:agenc(?:y|ies)|PTI|IANS|` + agency + `)(?:(?:,| and) .{1,40})?)?\)?)$`)
	// The credit at the head of a picture's caption that pages run into one line:
	// "Reuters The bridge was open", "Image copyright EPA Image caption The bridge".
	headed = regexp.MustCompile(`^(?:Image copyright .{1,60}? Image caption|` + pictures + `(?:[:/ ]` + pictures + `)*(?: or licensors| - Contributor)?) +["“‘'\p{Lu}]`)
	// Platforms to share a picture on, whose names are run into the line of its caption.
	platform = `(?:Facebook|Twitter|Pinterest|WhatsApp|LinkedIn|Email)`
	sharing  = regexp.MustCompile(`^(?:` + platform + ` ){2,}`)
	year     = regexp.MustCompile(`\b(?:19|20)\d\d\b`)
	small    = regexp.MustCompile(`^(?:a|an|the|of|in|on|at|to|for|and|or|but|is|are|was|it|as|by|with|from|we|do|does|did|not|be|vs\.?|v\.?)$`)
)

// Names of months and days of the week, whole or shortened.
const (
	months   = `(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*`
	weekdays = `(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*`
)

const (
	shortLine = 90  // characters; a heading is shorter
	titleLine = 220 // a title is shorter

	longCaption  = 500  // bytes; a caption with its credit in one line is shorter
	longArchived = 2000 // bytes; that of an archive picture is shorter, and an article in one line is longer
)

// kinds tells what each line of a text is.
func kinds(text string, lines []line, title string) []quoth.ParagraphKind {
	out := make([]quoth.ParagraphKind, len(lines))
	seenTitle := false
	for i, l := range lines {
		s := text[l.start:l.end]
		out[i] = kindOf(s, quoth.Body)
		switch {
		case out[i] != quoth.Body:
		case !seenTitle && i <= 3 && isTitle(s, title, i+1 < len(lines)):
			out[i], seenTitle = quoth.Title, true
			continue
		case isHeading(s):
			out[i] = quoth.Heading
		}
	}
	captions(text, lines, out)
	return out
}

// headCredit gives the length of the credit that a caption begins with, 0 where
// there is none. A caption has no end as a sentence has; what has one speaks of
// the agency.
func headCredit(s string) int {
	at := headed.FindString(s)
	if at == "" || ends(s) || len(s) > 400 {
		return 0
	}
	_, first := utf8.DecodeLastRuneInString(at)
	return len(strings.TrimRight(at[:len(at)-first], " "))
}

// tailCredit gives the length of the credit that a caption ends in.
func tailCredit(s string) int {
	at := captioned.FindStringSubmatchIndex(s)
	if at == nil {
		return 0
	}
	return at[3] - at[2]
}

func isTitle(s, title string, more bool) bool {
	if title != "" {
		return strings.EqualFold(squeeze(s), squeeze(title))
	}
	return more && len(s) <= titleLine && !ends(s)
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

// ends reports whether a line ends like a sentence.
func ends(s string) bool {
	s = strings.TrimRight(s, "\"'”’)] ")
	return s == "" || strings.ContainsAny(s[len(s)-1:], ".!?;:,") || strings.HasSuffix(s, "…")
}

// isHeading: short, no end of a sentence, no quotation, and nearly every long
// word begins with a capital.
func isHeading(s string) bool {
	if len(s) > shortLine || ends(s) && !strings.HasSuffix(s, "?") || strings.ContainsAny(s, "\"“”‘") {
		return false
	}
	words := strings.Fields(s)
	capital, long := 0, 0
	for _, w := range words {
		if small.MatchString(w) {
			continue
		}
		long++
		if r := []rune(strings.TrimLeft(w, "(-–—'’")); len(r) > 0 && (unicode.IsUpper(r[0]) || unicode.IsDigit(r[0])) {
			capital++
		}
	}
	return long > 0 && len(words) <= 10 && capital == long && unicode.IsUpper([]rune(words[0])[0])
}

// captions marks what stands right above a credit: a sentence that tells a
// place and a year, or a line without an end; and a picture's short name above
// that.
func captions(text string, lines []line, kinds []quoth.ParagraphKind) {
	for i, k := range kinds {
		if own := text[lines[i].start:lines[i].end]; k != quoth.Credit || i == 0 || byline.MatchString(own) || signoff.MatchString(own) {
			continue
		}
		s := text[lines[i-1].start:lines[i-1].end]
		if kinds[i-1] != quoth.Body && kinds[i-1] != quoth.Heading || len(s) > 400 || ends(s) && !year.MatchString(s) {
			continue
		}
		kinds[i-1] = quoth.Caption
		if i >= 2 && (kinds[i-2] == quoth.Heading || kinds[i-2] == quoth.Body) {
			if above := text[lines[i-2].start:lines[i-2].end]; len(above) < shortLine && !ends(above) {
				kinds[i-2] = quoth.Caption
			}
		}
	}
}
