package speaker

import (
	"strings"
	"testing"
)

// speakers are the names of each statement's speakers, joined by commas.
func speakers(a Article, sts []Statement) []string {
	var out []string
	for _, x := range Of(a).Resolve(sts, nil) {
		var names []string
		for _, s := range x.Speakers {
			names = append(names, s.Name)
		}
		out = append(out, strings.Join(names, ", "))
	}
	return out
}

func TestSources(t *testing.T) {
	for _, c := range []struct {
		name, article string
		want          []string
	}{
		{"a share of the people spoken of", "Of ferry passengers in Ystad, 70 percent read. [Two in three]1 {said}1 <the boats were late>1.",
			[]string{"Two in three ferry passengers in Ystad"}},
		{"percent of the people of whom another share was given", "About 40 percent of harbour workers smoke, the paper told its readers. [59 percent]1 {said}1 <they would stop>1.",
			[]string{"59 percent of harbour workers"}},
		{"many of them", "The island has many sailors. [Many of them]1 {think}1 <the sea is empty>1.", []string{"Many sailors"}},
		{"nobody", "The island has many sailors. [None of them]1 {said}1 <so>1.", []string{""}},
		{"set apart by dashes", "[Her rival — Nora Finch of Ohio —]1 {said}1 <she would run>1. [The chairman, retired Colonel Karl Feld,]2 {agreed}2.", []string{"Nora Finch", "Karl Feld"}},
		{"set apart with a body", "Tomas Varga runs the pier. [The group's chair, Ann Lee of the Harbour Trust,]1 {said}1 <it was late>1. [Two divers, including Bo Dahl of the Ferry Union,]2 {agreed}2.", []string{"Ann Lee", "Two divers, Bo Dahl"}},
		{"a title set apart with a body", "Tomas Varga runs the pier. [The governor's own adviser, Professor Carl Ek of Northgate University,]1 {said}1 <it was late>1.", []string{"Carl Ek"}},
		{"several set apart", "[Three witnesses – Ann Lee, Bo Dahl and Carl Ek –]1 {said}1 <it was dark>1.", []string{"Ann Lee, Bo Dahl, Carl Ek"}},
		{"several with what goes with each", "[Harbour Minister Ann Lee (Ystad), the Herald's Bo Dahl and former pilot Carl Ek of Malmo]1 {said}1 <it was dark>1. [Ann Lee, along with her editor Ada Lund,]2 {agreed}2.", []string{"Ann Lee, Bo Dahl, Carl Ek", "Ann Lee, Ada Lund"}},
		{"he and others", "Carl Ek runs the pier. [He and other sailors]1 {said}1 <it was dark>1. [Neither Ek nor Bo Dahl]2 {agreed}2.", []string{"Carl Ek, other sailors", "Carl Ek, Bo Dahl"}},
		{"roles of one", "[Ann Lee, a pilot and a member of the port's board,]1 {said}1 <it was dark>1. [Bo Dahl, an adviser to Carl Ek and Ada Lund,]2 {agreed}2.", []string{"Ann Lee", "Bo Dahl"}},
		{"several set apart with their places", "[Two divers -- Ann Lee at Ystad University and Bo Dahl of Malmo --]1 {said}1 <it was dark>1.", []string{"Ann Lee, Bo Dahl"}},
		{"it of a body in passing", "The Coastal Bank met Karl Feld of Norvania in Oslo. The Norvanian navy has sunk boats [it]1 {said}1 <were rotten>1.", []string{"Norvanian navy"}},
		{"who of several counted", "She met a lot of young sailors [who]1 {want}1 <a pier>1. Half of the young divers [who]2 {asked}2 <were told>2. There were sailors and divers [who]3 {agreed}3.", []string{"a lot of young sailors", "Half of the young divers", "sailors and divers"}},
		{"who of two", "It was Ann Lee and Bo Dahl, [who]1 {have said}1 <so>1. It was Ann Lee and Bo Dahl, [who]2 {has said}2 <so>2.", []string{"Ann Lee, Bo Dahl", "Bo Dahl"}},
		{"which of a branch", "It went to the Divers' Union of Ohio, [which]1 {said}1 <no>1. Nora Finch, a Democrat [who]2 {dives}2 <too, agreed>2.", []string{"Divers' Union of Ohio", "Nora Finch"}},
		{"a quotation goes on over another's sentence", "<“The fog came late,”>1 [Nora Finch]1 {said}1.\n<“We saw nothing.”>2 [Port officials]3 {said}3 <that ten boats had sunk>3.\n<“It was cold,”>4 <“and dark,”>5 {said}5 [Karl Feld]5.", []string{"Nora Finch", "Nora Finch", "Port officials", "Karl Feld", "Karl Feld"}},
		{"several countries", "[The fishermen of Sweden, Norway and Iceland]1 {said}1 <it was dark>1.", []string{"fishermen of Sweden, Norway and Iceland"}},
		{"one of several named", "[Many anglers, including Ann Lee,]1 {said}1 <it was dark>1.", []string{"Many anglers, Ann Lee"}},
		{"a judge at work", "[A judge handling a Freedom of Fishing Act lawsuit]1 {ordered}1 <a pause>1.", []string{"A judge handling a Freedom of Fishing Act lawsuit"}},
		{"titles of several", "Ann Lee and Bo Dahl teach. [Professors Lee and Dahl]1 {said}1 <it was dark>1.", []string{"Ann Lee, Bo Dahl"}},
		{"that behind an apposition", "She works for Clear Harbours, a group of divers [that]1 {wants}1 <clean piers>1.", []string{"Clear Harbours"}},
		{"who behind a noun", "First mate Ann Lee drew the ire of sailors [who]1 {thought}1 <she was late>1.", []string{"sailors"}},
		{"who behind a seat", "It was Sen. Karl Feld (D-Conn.), [who]1 {asked}1 <for rain>1.", []string{"Karl Feld"}},
		{"whose", "The ruling was a setback for Nora Finch, [whose lawyers]1 {argued}1 <that it was late>1.", []string{"Nora Finch's lawyers"}},
		{"a party's member", "Nora Finch won in May. [The Ohio Republican]1 {said}1 <the pier was safe>1.", []string{"Nora Finch"}},
		{"one of a people", "Jonas Weil won in Turin. <“We were strong,”>1 [the German]1 {said}1. [The 24-year-old Dutchman]2 {said}2 <it was hard>2. [The Germans]3 {said}3 <so>3. [The French]4 {did not}4.", []string{"Jonas Weil", "Jonas Weil", "Germans", "French"}},
		{"one of two peoples", "German skier Jonas Weil won in Turin, ahead of Swedish champion Lars Ek. [The Swede]1 {said}1 <it was hard>1. [The Dane]2 {was not asked}2.", []string{"Lars Ek", "Dane"}},
		{"a source again", "[A ferry source close to the board]1 {said}1 <the boats were sold>1. [The source]2 {said}2 <they were cheap>2.",
			[]string{"A ferry source close to the board", "A ferry source close to the board"}},
		{"a mayor's spokesman", "Mayor Nora Finch left early. [The mayor's spokesman]1 {said}1 <she was tired>1.", []string{"Nora Finch's spokesman"}},
		{"whose office, behind the words", "Tomas Varga runs the pier. He was there.\n<Prime Minister Anders Holt is expected to visit the pier on Friday>1, [his office]1 {said}1.\n<Harbour Minister Ada Lund is ill>2, according to [her ministry]2.",
			[]string{"Anders Holt's office", "Ada Lund's ministry"}},
		{"a campaign", "The Finch campaign has a boat. Nora Finch met Karl Feld of the Coastal Bank. [The campaign]1 {said}1 <it would float>1.", []string{"Nora Finch campaign"}},
		{"a super PAC", "[A super PAC called Fair Winds]1 {said}1 <it would help>1.", []string{"A super PAC called Fair Winds"}},
		{"those of one surname", "Ann Lee and Bo Lee run the mill. [The Lees]1 {said}1 <it was loud>1.", []string{"Ann Lee, Bo Lee"}},
		{"the couple", "Ann Lee and Bo Dahl run the mill. [The couple]1 {said}1 <it was loud>1.", []string{"Ann Lee, Bo Dahl"}},
		{"they of a group in passing", "On Monday, hundreds of sailors gathered on the pier. <“Let us fish,”>1 [they]1 {chanted}1.", []string{"hundreds of sailors"}},
		{"two makers of a poll", "[The latest Herald/Northgrid poll]1 {showed}1 <that it rained>1.", []string{"latest Herald/Northgrid poll"}},
		{"a pollster's acronym", "The Coastal Institute of Statistics (CIS) asked 900 sailors. [The CIS poll]1 {found}1 <that it rained>1.", []string{"Coastal Institute of Statistics poll"}},
		{"whose letter it is", "[Nora Finch]1 sent a letter {demanding}1 <answers>1. [The letter]2 {said}2 <they were late>2.", []string{"Nora Finch", "Nora Finch"}},
		{"an office in the headline", "Ferry boss sorry for delays\n\n{Says}1 [ferry boss]1 <it was fog>1\n\nKarl Feld, the ferry boss, spoke on Monday.", []string{"Karl Feld"}},
		{"he who spoke last, behind a quotation", "[Karl Feld]1 {said}1 <Tomas Brandt was not to blame>1.\n\n<“It is common to see fog on the strait in May,”>2 [he]2 {said}2.", []string{"Karl Feld", "Karl Feld"}},
		{"an answer of an interview", "Q: And now?\n\nA: [I]1 {think}1 <it is over>1.", []string{""}},
		{"the outlet asks", "[We]1 {asked}1 <what the pier costs>1. [It]2 {is said}2 <to be much>2.", []string{"The Coastal Gazette", ""}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, sts := mark(c.article)
			for i, got := range speakers(Article{Text: s, Outlet: "The Coastal Gazette"}, sts) {
				if got != c.want[i] {
					t.Errorf("statement %d: got %q, want %q", i+1, got, c.want[i])
				}
			}
		})
	}
}

func TestNameForms(t *testing.T) {
	for _, c := range []struct {
		name, article string
		want          []string
	}{
		{"short before the longest form", "Harbour news\n\nOrsted Group met in May. [Orsted]1 {said}1 <it was well>1. Orsted Group Holdings Inc. owns it.", []string{"Orsted Group Holdings Inc."}},
		{"surname first", "Gao Lin runs the pier. [Ms. Gao]1 {said}1 <it was old>1.", []string{"Gao Lin"}},
		{"surname before the title tells", "The Skarsgard factor counts. Much of it is about ferry owner Zeldon Skarsgard. [Skarsgard]1 {said}1 <no>1.", []string{"Zeldon Skarsgard"}},
		{"a surname that is an adjective", "Mark Cuban spoke. Most Cuban fishermen did not. [Cuban]1 said <it was late>1.", []string{"Mark Cuban"}},
		{"a possessive within a name", "[The Harbour Nurses' Association]1 {said}1 <they were tired>1.", []string{"Harbour Nurses' Association"}},
		{"misspelt", "Karl Lindqvist runs the pier. [Lindqvyst]1 {said}1 <it was old>1.", []string{"Karl Lindqvist"}},
		{"a place in a headline", "[North Korea]1 {Says}1 <Pier Was Old>1\n\nNorth Korea has many piers, and they are old.", []string{"North Korea"}},
		{"a day behind a council", "The Fairhaven City Council on Monday voted to buy a boat. [The council]1 {said}1 <it would float>1.", []string{"Fairhaven City Council"}},
		{"a council named after a saint", "The St. Paul City Council voted to buy a boat. [The council]1 {said}1 <it would float>1.", []string{"St. Paul City Council"}},
		{"a councillor", "[Cllr Zorka Feld]1 {said}1 <it would float>1. [Cllr Feld]2 {left}2.", []string{"Zorka Feld", "Zorka Feld"}},
		{"an outlet with a role in its name", "Karl Feld left. [The Daily Caller]1 {reported}1 <that it rained>1.", []string{"Daily Caller"}},
		{"a court's circuit and city", "[The Court of Appeals for the 4th Circuit]1 {ruled}1 <so>1. [The Norvanian Embassy in Paris]2 {disagreed}2. [The embassy]3 {said}3 <no>3.", []string{"Court of Appeals for the 4th Circuit", "Norvanian Embassy in Paris", "Norvanian Embassy in Paris"}},
		{"of within a name", "[The Finch of Norvania Institute]1 {said}1 <it was late>1. [The General Staff of Norvania]2 {agreed}2.", []string{"Finch of Norvania Institute", "General Staff of Norvania"}},
		{"an agency under a picture", "The pier on Monday. Karl Feld/Reuters Finch saw it.\nNora Finch left. [Finch]1 {said}1 <no>1. [Reuters]2 {was there}2.", []string{"Nora Finch", "Reuters"}},
		{"named once, before a verb of saying", "[Varnet]1 {reported}1 <that its fleet was old>1.", []string{"Varnet"}},
		{"General Motors, or GM, and its bank", "Norrland Mills baked. Norrland Mills Credit Bank lent money. [NM]1 {said}1 <no>1. Then NM baked. [Norrland Mills]2 {added}2 <so>2.", []string{"Norrland Mills", "Norrland Mills"}},
		{"a train named after somebody", "They were on the Velk Train. [Velk]1 {said}1 <no>1.", []string{"Velk"}},
		{"a court with its city", "[The High Court in Ystad]1 {ruled}1 <so>1.", []string{"High Court in Ystad"}},
		{"a list in a name", "[The Committee on Trade, Labour and Home Affairs]1 {said}1 <no>1.", []string{"Committee on Trade, Labour and Home Affairs"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, sts := mark(c.article)
			for i, got := range speakers(Article{Text: s}, sts) {
				if got != c.want[i] {
					t.Errorf("statement %d: got %q, want %q", i+1, got, c.want[i])
				}
			}
		})
	}
}
