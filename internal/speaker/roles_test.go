package speaker

import "testing"

// What stands before and behind a name as its role.
func TestRoles(t *testing.T) {
	for _, c := range []struct{ article, want string }{
		{"[The coast council's chief executive, Dana Holt,]1 {warned}1 <it was late>1.", "coast council's chief executive"},
		{"The new chairman of the Harbour Board, [Dana Holt]1 {warned}1 <there was a risk>1.", "new chairman of the Harbour Board"},
		{"[Prime minister of the island of Sarn, Dana Holt,]1 {said}1 <it was late>1.", "Prime minister of the island of Sarn"},
		{"[Fisheries Minister, Dana Holt,]1 {said}1 <it was late>1.", "Fisheries Minister"},
		{"[Harbour spokesman Maj. Dana Holt]1 {said}1 <it was late>1.", "Harbour spokesman"},
		{"[Incumbent governor Gen. Dana Holt]1 {said}1 <it was late>1.", "Incumbent governor"},
		{"[The party's elections chief Lord Holt]1 {said}1 <it was nothing personal>1.", "elections chief"},
		{"[College principal Prof Dame Dana Holt]1 {said}1 <we can disagree>1.", "College principal"},
		{"Harbour Workers Party (HWP) leader [Dana Holt]1 {said}1 <it was late>1.", "Harbour Workers Party (HWP) leader"},
		{"Two boats sank. [The island's rescue service, Coastal Watch (CW),]1 {said}1 <nobody was hurt>1.", "island's rescue service"},
		{"Two boats sank. [The state's secret service, the HSX,]1 {said}1 <nobody was hurt>1.", "state's secret service"},
		{"[HARFA, the governing body of rowing,]1 {said}1 <it would look>1.", "governing body of rowing"},
		{"[The H.W.A.A. president, Dana Holt,]1 {said}1 <it was late>1.", "H.W.A.A. president"},
		{"Talks were icy under former PM Dana Holt. [Holt]1 {said}1 <it was late>1.", "former PM"},
		{"[Dana Holt, from the Eastmoor branch of Coastal Rowing,]1 {said}1 <it was late>1.", "Eastmoor branch of Coastal Rowing"},
		{"“We meant it,” [singer and guitarist Dana Holt]1 {said}1.", "singer and guitarist"},
		{"[“Midnight Harbour” star Dana Holt]1 {said}1 <it was late>1.", "“Midnight Harbour” star"},
		{"An island engineer named Dana Holt came. [Holt]1 {said}1 <it was late>1.", "island engineer"},
		{"[Dana Holt, a 26-year-old cadet,]1 {said}1 <it was late>1.", "cadet"},
		{"Bo Dahl and [Dana Holt, the founders of the trust,]1 {said}1 <it was late>1.", "founders of the trust"},
		{"[Chair of the college court Dana Holt]1 {said}1 <it was late>1.", "Chair of the college court"},
		{"Dana Holt kept bees while she was secretary of trade. [Holt]1 {said}1 <it was late>1.", "secretary of trade"},
		{"Boats must wait, the Bank of Eastmoor governor has said after a vote.\n[Dana Holt]1 {said}1 <costs had come down>1. Holt left.", "Bank of Eastmoor governor"},
		{"[Rep. Dana Holt, the chairwoman of the fisheries committee,]1 {said}1 <it was late>1.", "Rep., chairwoman of the fisheries committee"},
		{"[Dana Holt of Port Sarn, a historian of the fleet,]1 {said}1 <it was late>1.", "historian of the fleet"},
		{"[The Harbour Institute, a think tank,]1 {said}1 <it was late>1.", "think tank"},
		{"[Rep. Dana Holt (D-Md.), chair of the harbour committee,]1 {said}1 <it was late>1.", "Rep., chair of the harbour committee"},
		{"[Dana Holt, one of the stars of the play,]1 {said}1 <it was late>1.", "one of the stars of the play"},
		{"[One of its keepers, Dana Holt,]1 {said}1 <it was late>1.", "One of its keepers"},
		{"[Gen Sir Dana Holt]1 {said}1 <it was late>1.", "Gen"},
		{"He told the BBC Mr Holt was ill. Dana Holt rowed. [Mr Holt]1 {said}1 <it was late>1.", ""},
		{"[Dana Holt, a naval historian and runs the archive,]1 {said}1 <it was late>1.", "naval historian"},
		{"Talks stopped after envoy to the council, Dana Holt, left. [Holt]1 {said}1 <it was late>1.", "envoy to the council"},
		{"Former first lady [Dana Holt]1 {said}1 <it was late>1.", "Former first lady"},
		{"The former secretary of trade mocked Bo Dahl. Dana Holt, a navy veteran rowing in Sarn, left. [Holt]1 {said}1 <it was late>1.", "navy veteran"},
		{"[Dana Holt, a retired cook who lives in Sarn,]1 {said}1 <it was late>1.", "retired cook"},
		{"[Dana Holt, a lawyer representing the fleet,]1 {said}1 <it was late>1.", "lawyer representing the fleet"},
		{"They met former secretary of state [Dana Holt]1 {said}1 <it was late>1 and left.", "former secretary of state"},
		{"Island first lady, [Dana Holt,]1 {said}1 <it was late>1.", "Island first lady"},
		{"[Ohio Gov. Jan Holt]1 {said}1 <it was late>1.", "Ohio Gov."},
		{"[Georgia Governor Zorla Holt]1 {said}1 <it was late>1.", "Georgia Governor"},
		{"[Dana Holt, an island reporter visiting Sarn,]1 {said}1 <it was late>1.", "island reporter"},
		{"Dana Holt rows. The island secretary of state’s boats sank. [Holt]1 {said}1 <it was late>1.", "island secretary of state"},
		{"Holt hails Sarn PM\n\nDana Holt came. [Dana Holt]1 {said}1 <it was late>1.", ""},
		{"Dana Holt offered the man a job as harbour master. [Holt]1 {said}1 <it was late>1.", ""},
		{"SARN ― President Dana Holt left. [Holt]1 {said}1 <it was late>1.", "President"},
	} {
		s, sts := mark(c.article)
		if got := Of(Article{Text: s}).Resolve(sts, nil)[0].Role; got != c.want {
			t.Errorf("%s: %q, want %q", c.article, got, c.want)
		}
	}
}
