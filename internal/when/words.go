package when

var weekdays = map[string]int{
	"monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6, "sunday": 7,
}

// Short forms count only as capitals before a full stop or a comma: "Sat." is
// a day, "sat" is not.
var weekdaysShort = map[string]int{
	"mon": 1, "tue": 2, "tues": 2, "wed": 3, "weds": 3, "thu": 4, "thur": 4, "thurs": 4, "fri": 5, "sat": 6, "sun": 7,
}

var months = map[string]int{
	"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8,
	"september": 9, "october": 10, "november": 11, "december": 12,
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12,
}

// EDTF numbers the seasons from 21.
var seasons = map[string]int{"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}

var units = map[string]Kind{
	"second": Time, "seconds": Time, "minute": Time, "minutes": Time, "hour": Time, "hours": Time,
	"day": Day, "days": Day, "night": Day, "nights": Day,
	"week": Week, "weeks": Week, "weekend": Weekend, "weekends": Weekend,
	"month": Month, "months": Month, "quarter": Quarter,
	"year": Year, "years": Year, "decade": Decade, "decades": Decade,
}

var dayParts = set("afternoon", "evening", "lunchtime", "midday", "morning", "night", "noon", "overnight")

var small = map[string]int{
	"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
	"nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
}

// How many a vague word stands for when a date is reckoned from it.
var few = map[string]int{"few": 3, "several": 4, "couple": 2, "some": 3}

var hedges = set(
	"about", "almost", "approximately", "around", "just", "less", "more", "nearly", "only", "over", "roughly", "some", "than", "under",
)

var prepositions = set(
	"about", "after", "again", "and", "around", "as", "at", "back", "before", "between", "by", "during", "for", "from", "in", "into",
	"of", "on", "over", "since", "through", "throughout", "till", "to", "until", "within",
)

// yearAfter are the words after which four digits are a year.
var yearAfter = set(
	"'s", "(", "a", "after", "and", "around", "autumn", "back", "before", "between", "by", "circa", "during", "early", "fall", "from",
	"her", "his", "in", "its", "late", "mid", "of", "since", "spring", "summer", "the", "their", "through", "till", "to", "until",
	"winter", "year",
)

// fixed days of the year, as month*100+day.
var holidays = map[string]int{
	"christmas": 1225, "christmas day": 1225, "christmas eve": 1224, "boxing day": 1226, "new year's day": 101, "new year's eve": 1231,
	"valentine's day": 214, "independence day": 704, "halloween": 1031, "veterans day": 1111,
}

// vague expressions mean some time shortly before publication.
var vague = set("lately", "recently")

// ends of a stretch of time: "the end of June".
var ends = map[string]part{"end": partLate, "close": partLate, "beginning": partEarly, "start": partEarly, "middle": partMid}

// sameDay are the words that point to the day that the text speaks of.
var sameDay = set("afterward", "afterwards", "immediately", "thereafter")

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}
