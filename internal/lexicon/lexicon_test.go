package lexicon

import (
	"slices"
	"testing"
)

func TestLists(t *testing.T) {
	entries, err := files.ReadDir(".")
	if err != nil || len(entries) == 0 {
		t.Fatalf("no lists: %v", err)
	}
	for _, e := range entries {
		l := lines(e.Name())
		if len(l) < 20 {
			t.Errorf("%s has %d entries", e.Name(), len(l))
		}
		if !slices.IsSorted(l) {
			t.Errorf("%s is not sorted", e.Name())
		}
		if n := len(slices.Compact(slices.Clone(l))); n != len(l) {
			t.Errorf("%s holds %d entries twice", e.Name(), len(l)-n)
		}
	}
}

func TestLookups(t *testing.T) {
	if g := Given()["maria"]; g != Female {
		t.Errorf("maria is %c", g)
	}
	if g := Roles()["spokesman"]; g != Male {
		t.Errorf("spokesman is %c", g)
	}
	if Roles()["senator"] != Either || !Roles().Has("senator") {
		t.Error("senator is no role of either gender")
	}
	if c := Demonyms()["ukrainians"]; c != "Ukraine" {
		t.Errorf("ukrainians belong to %q", c)
	}
	if c := Places()["canberra"]; c != "Australia" {
		t.Errorf("canberra stands for %q", c)
	}
}
