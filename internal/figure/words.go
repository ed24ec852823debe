package figure

// A bound says which side of a number a qualifier leaves open.
type bound uint8

const (
	exact bound = iota
	lower       // "more than": high is open
	upper       // "up to": low is open
)

// A qualifier is the words before a number that belong to it. Longer ones
// stand before shorter ones with the same first word.
type qualifier struct {
	words []string
	bound bound
}

// qualifiers by their first word. "about 40" is 40: a hedge opens no side.
var qualifiers = table(map[string]bound{
	"a further": exact, "a least": lower, "a total of": exact, "about": exact, "above": lower, "additional": exact, "all": exact, "almost": upper,
	"an additional": exact, "an estimated": exact, "another": exact, "approximately": exact, "around": exact, "as few as": lower,
	"as high as": upper, "as little as": lower, "as long as": upper, "as low as": lower, "as many as": upper, "as much as": upper,
	"at least": lower, "at most": upper, "barely": exact, "below": upper, "close to": upper, "exactly": exact,
	"exceeded": lower, "exceeding": lower, "exceeds": lower, "fewer than": upper, "greater than": lower, "higher than": lower, "in excess of": lower, "in the region of": exact, "just": exact,
	"just over": lower, "just under": upper, "less than": upper, "lower than": upper, "maximum of": upper, "merely": exact, "minimum of": lower, "more than": lower, "nearly": upper,
	"longer than": lower, "no fewer than": lower, "no longer than": upper, "no less than": lower, "no more than": upper, "not more than": upper, "not less than": lower, "only": exact,
	"over": lower, "perhaps": exact, "roughly": exact, "slightly more than": lower, "slightly less than": upper, "slightly over": lower, "some": exact,
	"something like": exact, "under": upper, "up to": upper, "upwards of": lower, "virtually": upper, "well above": lower, "well below": upper,
	"well over": lower, "well under": upper, "within": upper, "within the first": upper, "within the next": upper,
})

// particles may belong to the verb before them: "takes over about 7,000".
var particles = set("about", "above", "around", "below", "over", "under", "within")

func hedged(w string) bool {
	return w == "about" || w == "some" || w == "around" || w == "roughly" || w == "nearly" || w == "almost" || w == "approximately"
}

// The value of number words below a hundred.
var ones = map[string]float64{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
	"twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}

var tens = map[string]float64{
	"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}

var scales = map[string]float64{
	"dozen": 12, "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
}

// Short scales stand directly after the digits: "$3.2bn", "£40m", "30k".
var shortScales = map[string]float64{
	"k": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "b": 1e9, "bn": 1e9, "billion": 1e9, "tn": 1e12, "trn": 1e12, "trillion": 1e12,
}

// vaguePlurals name an amount without bounds.
var vaguePlurals = set("billions", "dozens", "hundreds", "millions", "scores", "tens", "thousands", "trillions")

var fractions = map[string]float64{
	"half": 0.5, "third": 0.333, "quarter": 0.25, "fourth": 0.25, "fifth": 0.2, "sixth": 0.167, "seventh": 0.143, "eighth": 0.125,
	"ninth": 0.111, "tenth": 0.1,
	"halves": 0.5, "thirds": 0.333, "quarters": 0.25, "fourths": 0.25, "fifths": 0.2, "sixths": 0.167, "eighths": 0.125, "tenths": 0.1,
}

// halved stand before a half that is a stretch of time, a place or a side.
var halved = set(
	"back", "better", "bottom", "closing", "eastern", "final", "first", "last", "latter", "lower", "northern", "opening", "other", "own", "second", "southern",
	"top", "upper", "western",
)

var multiples = map[string]float64{"double": 2, "twice": 2, "triple": 3, "thrice": 3, "quadruple": 4}

var currencySigns = map[string]string{"$": "dollars", "£": "pounds", "€": "euros", "¥": "yen", "₹": "rupees", "₽": "rubles", "₩": "won", "₪": "shekels"}

// dollars may stand at a dollar sign: "US$5", "$US5".
var dollars = set("a", "au", "aud", "c", "ca", "can", "hk", "nz", "s", "sg", "us", "usd")

// currencyCodes stand directly before digits, in capitals.
var currencyCodes = map[string]string{"aud": "dollars", "cad": "dollars", "chf": "francs", "eur": "euros", "gbp": "pounds", "inr": "rupees", "nok": "kroner",
	"pln": "złotys", "rm": "ringgit", "rs": "rupees", "sek": "kronor", "usd": "dollars"}

// extents follow metres.
var extents = set(
	"above", "across", "away", "below", "deep", "freestyle", "high", "hurdles", "long", "race", "relay", "sprint", "tall", "wide",
)

var currencyNames = set(
	"dollars", "euros", "francs", "kronor", "naira", "pesos", "pounds", "roubles", "rubles", "rupees", "shekels", "yen", "yuan",
)

// gluedUnits may stand directly after digits: "27km", "12mph".
var gluedUnits = set(
	"bhp", "bpm", "cl", "cm", "deg", "ft", "g", "gb", "gbps", "ghz", "gw", "h", "ha", "hp", "hrs", "hz", "in", "kb", "kg", "khz",
	"km", "kmh", "kmph", "kn", "kpa", "kph", "kw", "kwh", "lb", "lbs", "m", "mah", "mb", "mbps", "mg", "mhz", "mi", "min", "mins",
	"ml", "mm", "mph", "mw", "nm", "oz", "p", "pc", "pp", "psi", "rpm", "sq", "tb", "tonne", "tonnes", "twh", "v", "w", "yd", "yr",
)

// spans are units of time or measure that "a" may count: "less than an hour".
var spans = set(
	"acre", "century", "day", "decade", "dollar", "euro", "foot", "gallon", "hectare", "hour", "inch", "kilometer", "kilometre",
	"meter", "metre", "mile", "minute", "month", "pound", "second", "ton", "tonne", "week", "year",
)

// periods are the units of time among them that "over" may lead to.
var periods = set("century", "day", "decade", "hour", "minute", "month", "week", "year")

// lengths are what speeds are measured in: "miles per hour".
var lengths = set("feet", "kilometers", "kilometres", "km", "meters", "metres", "miles")

// labels stand before a number that only names something.
var labels = set(
	"act", "age", "aged", "ages", "amendment", "apollo", "apt", "area", "art", "article", "articles", "band", "bill", "boeing",
	"building", "camp", "case", "category", "channel", "chapter", "class", "clause", "count", "covid", "day", "district", "division",
	"docket", "episode", "exit", "fig", "figure", "file", "flight", "form", "formula", "gate", "generation", "grade", "group", "h",
	"hb", "highway", "interstate", "item", "k", "kilometre-marker", "lane", "level", "line", "lot", "mark", "measure", "minor",
	"model", "no", "number", "page", "pages", "paragraph", "part", "patent", "phase", "pier", "plan", "platform", "point", "precinct",
	"prop", "proposition", "psalm", "question", "region", "resolution", "room", "round", "route", "row", "rule", "runway", "schedule",
	"season", "seat", "section", "seed", "series", "sr", "stage", "station", "step", "studio", "suite", "super", "task", "terminal",
	"tier", "title", "top", "track", "turn", "turned", "turning", "type", "unit", "ver", "version", "victim", "vol", "volume", "war",
	"ward", "week", "windows", "zone",
)

// streets follow a house number.
var streets = set(
	"ave", "avenue", "blvd", "boulevard", "downing", "drive", "lane", "place", "quai", "rd", "road", "square", "st", "street",
	"terrace", "way",
)

// function words end a unit.
var function = set(
	"a", "about", "above", "across", "after", "again", "against", "ago", "all", "already", "also", "although", "among", "an", "and",
	"are", "around", "as", "at", "away", "be", "because", "been", "before", "being", "below", "between", "but", "by", "can", "could",
	"did", "do", "does", "down", "during", "each", "either", "ever", "every", "for", "from", "had", "has", "have", "he", "her",
	"here", "him", "his", "how", "i", "if", "in", "inside", "into", "is", "it", "its", "just", "last", "later", "less", "may", "me",
	"might", "more", "must", "my", "near", "never", "next", "no", "nor", "not", "now", "of", "off", "on", "once", "only", "or", "others", "our",
	"out", "outside", "over", "own", "per", "remain", "remained", "said", "say", "says", "shall", "she", "should", "since", "so",
	"still", "such", "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "through",
	"throughout", "to", "toward", "towards", "under", "until", "up", "upon", "us", "via", "was", "we", "were", "what", "when",
	"where", "whether", "which", "while", "who", "whom", "whose", "why", "will", "with", "within", "without", "would", "yet", "you",
	"your",
)

// phones stand before a number to call.
var phones = set("call", "called", "calling", "dial", "dialing", "dialling", "phone", "phoned", "phoning", "text", "texting")

// measures may follow a number in the singular.
var measures = set(
	"acre", "barrel", "basis", "celsius", "century", "cm", "day", "decade", "dollar", "euro", "fahrenheit", "foot", "gallon", "gw", "hour",
	"inch", "kg", "kilometer", "kilometre", "km", "kmh", "kmph", "kph", "liter", "litre", "magnitude", "mile", "minute", "mm", "month", "mph", "mw",
	"percent", "percentage", "population", "pound", "rpm", "second", "ton", "tonne", "week", "yard", "year",
)

// titles are shortened by a full stop, as [text.ShortMonths] are; behindClock may follow "p.m." in its
// sentence.
var (
	titles = set("capt", "col", "gen", "gov", "hon", "lt", "prof", "rep", "reps", "rev", "sen", "sens", "sgt")

	behindClock = set("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march", "april", "may", "june", "july",
		"august", "september", "october", "november", "december", "eastern", "central", "mountain", "pacific", "et", "est", "edt", "ct", "cst", "cdt", "mt", "mst", "mdt",
		"pt", "pst", "pdt", "gmt", "bst", "utc", "cet", "cest", "ist", "jst")
)

// compounds end in s and stand before the noun they belong to.
var compounds = set(
	"arms", "basis", "crew", "goods", "human", "men's", "news", "personnel", "police", "sales", "savings", "securities", "sports", "staff",
	"systems", "women's",
)

// plurals that do not end in s.
var plurals = set(
	"aircraft", "cattle", "children", "clergy", "crew", "dead", "deer", "feet", "fish", "folk", "injured", "men", "mice", "migrants",
	"people", "percent", "personnel", "police", "sheep", "spacecraft", "staff", "teeth", "troops", "women", "wounded",
)

// setPhrases are words after "one-", "two-" and so on that count nothing.
var setPhrases = set(
	"edged", "faced", "fold", "half", "liner", "man", "off", "on", "piece", "pronged", "sided", "state", "stop", "term", "third",
	"thirds", "tier", "way", "year-old",
)

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}
