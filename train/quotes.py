"""Where quotation marks open and close in a paragraph. The Go twin is internal/text/quotes.go; both must agree."""

OPEN_AFTER = set("([{-–—/“\"‘'«")


def opens_double(mark, before, after, low):
    """Whether a double mark opens and does not close: “a”, „b“, «c», « d », »e«. low: the one that is open is „."""
    if mark == "“":
        return not low
    if mark == "»":
        return (before.isspace() or before in OPEN_AFTER) and after.isalpha()
    if mark == "«":
        return before.isspace() or before in OPEN_AFTER or after.isalpha()
    return mark == "„"


def marks(text):
    """One value per character: 0 outside, 1 inside quotation marks, 2 a mark itself.

    Double marks (“ ” „ « » and the straight ") are trusted, in the ways of English, German and
    French; single ones (‘ ’ ') count only as a pair within the paragraph that cannot be an apostrophe. A straight one opens where it was closed and closes where it was open, but
    for one that opens anew behind a sentence's end (a quotation whose paragraphs were run together) and one that can
    only close where none is open. A double mark that is never closed holds to the paragraph's end (a quotation that
    runs on).
    """
    n = len(text)
    out = [0] * n
    double = low = False  # low: what is open was opened by „
    single = -1  # position of the open single mark's closer
    word = " "   # the last character that is no space
    for i, ch in enumerate(text):
        before = text[i - 1] if i else " "
        after = text[i + 1] if i + 1 < n else " "
        if ch in "“”„«»":
            low = ch == "„" or low and double
            double = opens_double(ch, before, after, low and double)
            out[i] = 2
        elif ch == '"':
            anew = before.isspace() and not after.isspace() and word in ".!?…"
            closes = not before.isspace() and before not in OPEN_AFTER and (after.isspace() or after in ".,;:!?)")
            double = anew if double else not closes
            out[i] = 2
        elif single == i:
            single = -1
            out[i] = 2
        elif ch in "‘'" and single < 0 and (before.isspace() or before in OPEN_AFTER) and not after.isspace() and not after.isdigit():
            single = closer(text, i + 1)
            out[i] = 2 if single >= 0 else int(double)
        else:
            out[i] = int(double or single >= 0)
        if not ch.isspace():
            word = ch
    return out


def closer(text, start):
    """The first single mark from start on that can close one: after a non-space, before no letter or digit. -1: none."""
    n = len(text)
    for j in range(start + 1, n):
        if text[j] in "’'" and not text[j - 1].isspace() and (j + 1 == n or not text[j + 1].isalnum()):
            return j
    return -1
