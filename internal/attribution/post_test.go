package attribution

import "testing"

func TestPosts(t *testing.T) {
	for _, c := range []struct{ text, source, content, date string }{
		{"What a day! https://t.co/x pic.twitter.com/y — Ada Bell (@adabell) March 3, 2025", "Ada Bell (@adabell)", "What a day!", "March 3, 2025"},
		{"What a day!\n— Ada Bell (@ada.bell.social) 3 March 2025 at 7:30 AM", "Ada Bell (@ada.bell.social)", "What a day!", "3 March 2025"},
		{"What a day!\nA post shared by Ada Bell (@adabell)", "Ada Bell (@adabell)", "What a day!", ""},
		{"She wrote:\n— Ada Bell (@adabell) March 3, 2025", "", "", ""},
		{"pic.twitter.com/y — Ada Bell (@adabell) March 3, 2025", "", "", ""},
		{"The mill — and Ada Bell (@adabell) — said nothing on March 3, 2025", "", "", ""},
		{"She is Ada Bell (@adabell) there.", "", "", ""},
	} {
		v := worded(c.text)
		source, content, date := "", "", ""
		for _, s := range v.posts(nil) {
			source, content, date = source+v.read(s.Source), content+v.read(s.Content), date+v.Text[s.Post.Dated.Start:s.Post.Dated.End]
		}
		if source != c.source || content != c.content || date != c.date {
			t.Errorf("%q: %q %q %q", c.text, source, content, date)
		}
	}
}

// TestPostsClear: a post is not read a second time, and what is reported in it
// lies inside it.
func TestPostsClear(t *testing.T) {
	v := worded("They say we are late. We are not. — Ada Bell (@adabell) March 3, 2025\nShe left.")
	got := v.posts([]Statement{
		{Source: v.find("They"), Cue: v.find("say"), Content: v.find("we are late")},
		{Source: v.find("Ada Bell (@adabell)"), Cue: v.find("—"), Content: v.find("She left")},
		{Content: v.find("We are not")},
	})
	if len(got) != 2 || !got[0].Inner || v.read(got[1].Content) != "They say we are late. We are not." {
		t.Errorf("%d statements, %+v", len(got), got)
	}
}
