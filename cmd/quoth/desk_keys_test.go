package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// focused tells what has the focus, and what keeps it from being seen there: it has no
// outline, lies outside the window, or something that scrolls cuts its outline off.
const focused = `(() => {
	const e = document.activeElement, s = getComputedStyle(e), r = e.getBoundingClientRect(), out = parseFloat(s.outlineWidth) + parseFloat(s.outlineOffset);
	const label = e.getAttribute("aria-label") || (e.labels?.length ? e.labels[0].textContent : e.textContent);
	let bad = "";
	if (s.outlineStyle === "none" || !(out > 0) || !r.width || !r.height) bad = "has no outline";
	if (r.bottom <= 0 || r.right <= 0 || r.top >= innerHeight || r.left >= innerWidth) bad = "is outside the window";
	for (let p = e.parentElement; p && p !== document.body; p = p.parentElement) {
		const q = p.getBoundingClientRect();
		if (getComputedStyle(p).overflowX !== "visible" && (r.left - out < q.left || r.right + out > q.right)) bad = "is cut off";
	}
	return label.trim().replace(/\s+/g, " ") + "\n" + bad;
})()`

// press presses keys, and tells where the focus is then. It must be seen there.
func (b *browser) press(keys string) string {
	b.t.Helper()
	b.do(chromedp.KeyEvent(keys))
	got, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](focused))
	if err != nil {
		b.t.Fatal(err)
	}
	label, bad, _ := strings.Cut(got, "\n")
	if bad != "" {
		b.t.Errorf("on %s the focus on %q %s", b.text("h1"), label, bad)
	}
	return label
}

// tab goes on to what begins so, from one to the next.
func (b *browser) tab(label string) {
	b.t.Helper()
	var passed []string
	for range 150 {
		at := b.press(kb.Tab)
		if strings.HasPrefix(at, label) {
			return
		}
		passed = append(passed, at)
	}
	b.t.Fatalf("no Tab leads to %q, only to %q", label, passed)
}

// enter presses Enter, and waits for what that leads to.
func (b *browser) enter(selector, words string) {
	b.t.Helper()
	b.do(chromedp.KeyEvent(kb.Enter))
	until(b.t, words, func() bool {
		return b.number(fmt.Sprintf("+!!(document.querySelector(%q)?.textContent.includes(%q) && document.readyState === 'complete')", selector, words)) == 1
	})
}

// TestKeyboard does without a mouse what a reporter does, and sees where the focus is.
func TestKeyboard(t *testing.T) {
	base, _ := testDesk(t, "talks-01-denial", "talks-02-palace", "talks-12-shift")
	b := newBrowser(t, base)

	b.open("/add")
	b.tab("Title")
	b.press("Pier stays shut")
	b.tab("Outlet")
	b.press("The Courier")
	b.tab("Text")
	b.press("“The pier is closed for the winter,” Mayor Lena Brandt said on Monday.")
	b.tab("Add")
	b.enter("h1", "Pier stays shut")
	b.press("j")
	b.enter("details[open] summary", "Lena Brandt")
	b.tab("Correct this")
	b.enter("#correct", "Correct this")
	b.tab("What it does")
	b.press("d") // denies
	b.tab("Keep the correction")
	b.enter("aside", "Corrected by people")
	b.see("p.who .act", "denies")
	b.tab("Undo")
	b.enter("p.who .act", "says")

	b.open("/claims")
	if name := b.press("j"); name == "" {
		t.Fatal("j leads to no claim")
	}
	b.enter(".head .kind", "Claim")
	b.tab("Yes, these belong together")
	b.enter(".head .sub", "one claim, a person says")
	b.tab("Undo")
	b.enter(".head .sub", "the machine guesses")

	b.open("/speakers")
	who := b.press("j")
	b.enter("h1", who)
	b.tab("The same as another")
	b.enter("details[open]", "Name of the other")
	b.tab("Name of the other")
	b.press("Lena Brandt")
	b.enter("#decide form[method=post]", "Lena Brandt")
	b.tab("Lena Brandt")
	b.press(" ")
	b.tab("The same")
	b.enter("aside", "is the same as")
}

// What a page can do only by a script is not offered without.
func TestNoScript(t *testing.T) {
	base, k := testDesk(t, "talks-01-denial")
	a, err := k.store.Article(t.Context(), "talks-01-denial", 0)
	if err != nil {
		t.Fatal(err)
	}
	b := newBrowser(t, base)
	const shown = `(() => {
		document.querySelectorAll("details").forEach(d => d.open = true);
		return [...document.querySelectorAll("[data-take], .scripted")].filter(e => e.getClientRects().length).length;
	})()`
	at := "/statements/" + a.Items.Statements[0]
	if b.open(at); b.number(shown) < 5 {
		t.Error("with a script it is not offered")
	}
	if _, err := chromedp.Call(b.ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	if b.open(at); b.number(shown) > 0 {
		t.Errorf("%d such things are offered", b.number(shown))
	}
}
