package speaker

import (
	"strings"
	"testing"
	"time"

	"github.com/quothnews/quoth"
	"github.com/quothnews/quoth/internal/text"
)

// mark reads an article with its statements written in it: [source|…],
// {cue|…} and <content|…> with the number of the statement after the bar.
func mark(s string) (string, []Statement) {
	var out strings.Builder
	var sts []Statement
	type open struct {
		kind byte
		at   int
	}
	var stack []open
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case '[', '{', '<':
			stack = append(stack, open{c, out.Len()})
		case ']', '}', '>':
			o := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			i++
			n := int(s[i] - '1')
			for len(sts) <= n {
				sts = append(sts, Statement{})
			}
			g := text.Range{Start: o.at, End: out.Len()}
			switch st := &sts[n]; o.kind {
			case '[':
				st.Source = append(st.Source, g)
			case '{':
				st.Cue = append(st.Cue, g)
			default:
				st.Content = append(st.Content, g)
			}
		default:
			out.WriteByte(c)
		}
	}
	return out.String(), sts
}

func TestResolve(t *testing.T) {
	for _, c := range []struct {
		name, article string
		want          []string // "A, B (role)" of each statement
	}{
		{"a short form that spells a pronoun", "[The World Harbour Office (WHO)]1 {said}1 <the pier was shut>1. Later [the WHO]2 {said}2 <it would open>2.",
			[]string{"World Harbour Office", "World Harbour Office"}},
		{"short forms behind or, of one capital", "Varn joined the Norrland People's Party, or NVP. [The NVP]1 {said}1 <no>1. Iron Ore Trading came too. [Iot]2 {said}2 <yes>2.",
			[]string{"Norrland People's Party", "Iron Ore Trading"}},
		{"a short form behind or, no second name", "The UK, or US, may act. [The US]1 {said}1 <no>1.", []string{"US"}},
		{"a short form with a letter beyond ASCII", "The Đakovo Harbour Council met. Then [the council]1 {said}1 <no>1. Later [ĐHC]2 {said}2 <yes>2.",
			[]string{"Đakovo Harbour Council", "Đakovo Harbour Council"}},
		{"a short form of the first word", "Norrlandbank (NLB) shut. The head of Norrlandbank left. [NLB]1 {said}1 <no>1.", []string{"Norrlandbank"}},
		{"a party and a state that begin the text", "D-Ohio, [who]1 {said}1 <it was late>1.", []string{""}},
		{"the WHO within a list", "[Ann Lee, the WHO director, and Bo Dahl]1 {said}1 <no>1.", []string{"Ann Lee, Bo Dahl (WHO director)"}},
		{"an illness is no handle", "Many had covid19 in May. [Nora Finch]1 {said}1 <Covid19 was over>1. [She]2 {knew}2 <it>2.", []string{"Nora Finch", "Nora Finch"}},
		{"a man called Bill", "[Buffalo Bill]1 {said}1 <no>1. [He]2 {left}2.", []string{"Buffalo Bill", "Buffalo Bill"}},
		{"letters for names begin a sentence", "US VP JD Holm came late and left early. [Holm]1 {said}1 <no>1.", []string{"JD Holm (US VP)"}},
		{"a union is no verb", "The mayor met teachers union President Nora Finch. [Finch]1 {said}1 <no>1.", []string{"Nora Finch (teachers union President)"}},
		{"months and states end no sentence", "[A Feb. 3 letter from the Harbour Trust]1 {warns}1 <of rust>1. Sheriff Tomas Holm of Varn County, Calif., came. [A baker in Easton, Ohio,]2 {said}2 <it was late>2.",
			[]string{"Harbour Trust", "A baker in Easton, Ohio (baker in Easton, Ohio)"}},
		{"others beside names", "[Sen. Lise Berg (D-Ohio) and a clutch of other liberal lawmakers]1 {said}1 <no>1. [Olga Varn and 18 members of the crew]2 {said}2 <yes>2. [Tomas Holm, a lawyer who chairs the Committee on Space, Energy and Trade,]3 {said}3 <perhaps>3.",
			[]string{"Lise Berg, a clutch of other liberal lawmakers (Sen.)", "Olga Varn, 18 members of the crew", "Tomas Holm (lawyer)"}},
		{"who was there without a name", "Tomas Holm, a lawyer, left early. The crew called a lawyer from Easton on Friday. [The lawyer]1 {sued}1 <over pay>1. A young sailor stood by. [The man]2 {said}2 <he was cold>2.",
			[]string{"a lawyer from Easton (lawyer from Easton)", "A young sailor (young sailor)"}},
		{"several without a name", "[A diplomat and a Danish source close to the talks]1 {said}1 <no deal was near>1. [The Danish source]2 {added}2 <that it was late>2.",
			[]string{"A diplomat, a Danish source close to the talks (diplomat)", "a Danish source close to the talks"}},
		{"a spokeswoman is not the spokesman", "[A spokesman for the port, Tomas Holm,]1 {said}1 <no>1. [A spokeswoman for Varn]2 {said}2 <yes>2. [The Varn spokeswoman]3 {said}3 <soon>3.",
			[]string{"Tomas Holm (spokesman for the port)", "A spokeswoman for Varn (spokeswoman for Varn)", "A spokeswoman for Varn (spokeswoman for Varn)"}},
		{"who said something right before who", "<“No,”>1 {said}1 [Tomas Holm, an analyst at Varn]1, [who]2 {added}2 <that it was late>2.",
			[]string{"Tomas Holm (analyst at Varn)", "Tomas Holm (analyst at Varn)"}},
		{"those who, percent who", "[Those surveyed]1 {said}1 <yes>1. The crew met those [who]2 {fear}2 <the sea>2. They lost 30 percent, and 12 percent [who]3 {say}3 <perhaps>3.",
			[]string{"Those surveyed", "those who fear the sea", "12 percent"}},
		{"a country is called as the article calls it", "[The US]1 {said}1 <no>1. [Ada Bell]2 {said}2 <“the United States is late”>2.",
			[]string{"US", "Ada Bell"}},
		{"a verb before a title", "Critics blame Health Secretary Nora Finch for the long and costly delays. [Finch]1 {said}1 <no>1.",
			[]string{"Nora Finch (Health Secretary)"}},
		{"a pronoun before the subject of its sentence", "[Anna Weber]1 {said}1 <the lock was shut>1.\nDespite [her]2 {dislike for}2 <the lock>2, Ruth Lindahl would not leave. In [her]3 {letter}3 <to the mill>3, Weber thanked the crew.",
			[]string{"Anna Weber", "Ruth Lindahl", "Anna Weber"}},
		{"no verb, time or credit in a title", "The mayor is to join Harbour Secretary David Orrin, and the board voted to oust chief executive Olga Varn. [Orrin]1 {said}1 <it was late>1. [Varn]2 {said}2 <it was early>2.\n21:30 Labour leader Tomas Holm came. [Holm]3 {said}3 <so too>3.\nGetty Images Norvanian President Lise Berg came. [Berg]4 {said}4 <nothing>4.",
			[]string{"David Orrin (Harbour Secretary)", "Olga Varn (chief executive)", "Tomas Holm (Labour leader)", "Lise Berg (Norvanian President)"}},
		{"who made a picture is not he", "[Tomas Holm]1 {said}1 <the quay had sunk>1. Anders Viklund/AFP/Getty Images <“We heard it,”>2 [he]2 {said}2. Bo Lindahl/Getty Images Harbour Secretary David Orrin was silent. [Orrin]3 {asked}3 <nothing>3.",
			[]string{"Tomas Holm", "Tomas Holm", "David Orrin (Harbour Secretary)"}},
		{"whom somebody is close to does not speak", "[Some sailors close to the port's leader, Ivo Sand,]1 {criticised}1 <the plan>1. [A rival, Olga Varn,]2 {praised}2 <it>2. [@IvoSand]3 {wrote}3 <“So late!”>3",
			[]string{"Some sailors close to the port's leader", "Olga Varn (rival)", "Ivo Sand (port's leader)"}},
		{"whose spokesman", "Dana Holm ran the pier. [Holm's rep]1 {said}1 <she was away>1. [Brandt's spokesman]2 {called}2 <it false>2.\n[The Harbour Watch's spokesman]3 {said}3 <the boat sank at dawn>3. [The spokesman]4 {added}4 <nobody was hurt>4.",
			[]string{"Dana Holm's rep (Holm's rep)", "Brandt's spokesman (Brandt's spokesman)", "Harbour Watch's spokesman (Harbour Watch's spokesman)", "Harbour Watch's spokesman (Harbour Watch's spokesman)"}},
		{"a surname beside a relative's full name", "The island house\n[President Hallam]1 {would not say}1 <who paid>1 on Wednesday. His wife, Judith Hallam, bought it in May. [Judith Hallam]2 {said}2 <she had used her own money>2.\n[Hallam]3 {told}3 reporters <he had nothing to hide>3. [He]4 {added}4 <that he was tired>4.",
			[]string{"Hallam (President)", "Judith Hallam (wife)", "Hallam (President)", "Hallam (President)"}},
		{"a relative by marriage has a first name alone", "[Karin Lund]1 {said}1 <the ferry was late>1.\n[Her father-in-law, Orvar,]2 {said}2 <nobody had called>2. <“We waited,”>3 [the 78-year-old]3 {said}3.",
			[]string{"Karin Lund", "Orvar (father-in-law)", "Orvar (father-in-law)"}},
		{"an office of somebody else who speaks is no role", "[Tomas Varga of brokerage Holm]1 {said}1 <the market was tight>1. He expects more.\n[Norway's oil minister]2 {said}2 <the group would meet>2.",
			[]string{"Tomas Varga (brokerage Holm)", "Norway's oil minister (Norway's oil minister)"}},
		{"the man is who spoke without a name", "[A farmer who saw the plane come down]1 {said}1 <it was on fire>1. <“It was like a torch,”>2 {said}2 [the man]2.",
			[]string{"A farmer who saw the plane come down (farmer)", "A farmer who saw the plane come down (farmer)"}},
		{"somebody with another title is not who spoke before", "[A farmer]1 {said}1 <the plane was on fire>1.\nTransport Minister Lise Berg came at noon. [Berg]2 {said}2 <it was dreadful>2.",
			[]string{"A farmer (farmer)", "Lise Berg (Transport Minister)"}},
		{"the Czech", "[Trade Commissioner Pavel Dvorak]1 {said}1 <the bloc was ready>1. [The Czech]2 {said}2 <that he had told them so>2.",
			[]string{"Pavel Dvorak (Trade Commissioner)", "Pavel Dvorak (Trade Commissioner)"}},
		{"the peer is the lord", "[Lord Dacre, who backs Nora Finch,]1 {said}1 <she would win>1. [The peer]2 {said}2 <the vote was near>2.",
			[]string{"Lord Dacre (Lord)", "Lord Dacre (Lord)"}},
		{"the office before a dame is her role", "[The chair, Dame Ruth Penhallow,]1 {said}1 <nobody blamed her>1.", []string{"Dame Ruth Penhallow (chair)"}},
		{"the author of an opinion is not the minister", "Stop the road\nBy Dana Whitlock\nI have lived here for thirty years. [The transport minister]1 {says}1 <it will be quick>1.",
			[]string{"transport minister (transport minister)"}},
		{"a quotation after a sentence about somebody", "[Tim Kessler]1 {said}1 <“It hit my chest,”>1.\nHis manager, Ana Ruiz, was delighted. <“We go again on Tuesday.”>2",
			[]string{"Tim Kessler", "Ana Ruiz (manager)"}},
		{"a quotation as a heading", "[The minister’s office]1 {said}1 <she would not come>1.\n<“We heard a bang”>2\n[Jonas Weil]3 {said}3 <“We heard a bang and stopped.”>3",
			[]string{"minister’s office", "Jonas Weil", "Jonas Weil"}},
		{"an office in a question is somebody else", "Talk about the strike\nGreta Ollson ran the port. She spoke on Monday.\nQ: [The mayor]1 {says}1 <you did not ask him>1.\nThe Daily Mast: What would you tell the new director?\nOllson: Nothing.\n[Ollson]2 {said}2 <she was tired>2.", []string{"mayor (mayor)", "Greta Ollson"}},
		{"neither a name nor a description", "Carla Dent is the minister.\n{Neither}1 [Dent]1 nor [the crane drivers]1 {would comment}1.", []string{"Carla Dent, crane drivers (minister)"}},
		{"a surname that is a title too", "Walter Edmund King Jr. spoke at the hall. [King]1 {said}1 <it was time>1.", []string{"Walter Edmund King Jr."}},
		{"the place a senator is from", "[Norvanian Senator from Vermont Peter Lunde]1 {backed}1 <the plan>1. [Lunde]2 {said}2 <it was time>2.",
			[]string{"Peter Lunde (Norvanian Senator from Vermont)", "Peter Lunde (Norvanian Senator from Vermont)"}},
		{"a cue begins the sentence", "{Remarked}1 [Harbour Trust diver Tessa Holm]1, <“It is cold.”>1 {Added}2 [Holm]2, <“And dark.”>2", []string{"Tessa Holm (Harbour Trust diver)", "Tessa Holm (Harbour Trust diver)"}},
		{"a number in a name", "[The Vision 52 Project]1 {said}1 <the wreck was found>1.", []string{"Vision 52 Project"}},
		{"two bodies are not the longer name of one", "[The Centre for Bird Watching]1 {said}1 <they had bred>1. [The Centre for Bird Watching and Centre for Clean Rivers]2 {asked}2 <for help>2.",
			[]string{"Centre for Bird Watching", "Centre for Bird Watching, Centre for Clean Rivers"}},
		{"a name without a capital", "The account tollfan7 was closed. [Tollfan7]1 {wrote}1, <“I am tired.”>1 In May [tollfan7]2 {asked}2 <for work>2.", []string{"tollfan7", "tollfan7"}},
		{"the author of a work", "[Silence of the Marsh author Tomas Hale]1 {said}1 <nothing>1. [A friend of island author Tomas Hale]2 {said}2 <more>2.",
			[]string{"Tomas Hale (Marsh author)", "A friend of island author Tomas Hale (friend of island author Tomas Hale)"}},
		{"the group is what was told to be one last", "[The Harbour Watch Group]1 {said}1 <nothing>1. <Trade is up>2, {according to}2 [the Haulage Association, an industry group]2. <Lorries are many>3, [the group]3 {says}3.",
			[]string{"Harbour Watch Group", "Haulage Association (industry group)", "Haulage Association (industry group)"}},
		{"a town is no service", "A block burnt in Badalim, a coastal town near Ostby. [The fire service]1 {said}1 <nobody was hurt>1.", []string{"fire service"}},
		{"one of several within a quotation", "{According to}1 [one of the survivors]1, <“Karl Ek took the chain off.”>1 [Karl Ek]2 {said}2 <nothing>2.", []string{"one of the survivors (one of the survivors)", "Karl Ek"}},
		{"what a newspaper is", "[State-run Dagblad newspaper]1 {said}1 <the quay had sunk>1.", []string{"Dagblad (newspaper)"}},
		{"the WHO", "The World Health Organization (WHO) met. [The WHO]1 {said}1 <it was late>1. [The WHO’s website]2 {said}2 <so too>2. It was Karl Ek, [WHO]3 {said}3 <it was early>3.",
			[]string{"World Health Organization", "World Health Organization", "World Health Organization"}},
		{"a newspaper called Sun", "[The Ostby Sun]1 {said}1 <it was late>1.", []string{"Ostby Sun"}},
		{"a heading run into the text", "PRICES ARE UP Finch Mills sold less. [Finch Mills]1 {said}1 <it was sad>1.", []string{"Finch Mills"}},
		{"several without their names", "Nora Feld and Karl Ek wrote it. [Feld et al]1 {found}1 <nothing>1. [Feld and Ek each]2 {said}2 <so>2.", []string{"Nora Feld", "Nora Feld, Karl Ek"}},
		{"another witness is a witness", "[Another witness]1 {said}1 <it was late>1.", []string{"Another witness (witness)"}},
		{"whose police in full", "A file of South Norvanian police was found. Six days later [the police]1 {said}1 <they would look>1.", []string{"South Norvanian police"}},
		{"neighbours next door", "[Next door neighbour Doris Holm]1 {said}1 <it was late>1.", []string{"Doris Holm (Next door neighbour)"}},
		{"a general staff is no general", "Vorland’s [General Staff]1 {said}1 <two ships had been lost>1.", []string{"Vorland’s General Staff"}},
		{"surname and pronoun", "Lighthouse keeper Ingrid Solheim closed the pier on Monday. [Solheim]1 {said}1 <the planks were rotten>1. [She]2 {added}2 <that repairs would take a month>2.",
			[]string{"Ingrid Solheim (Lighthouse keeper)", "Ingrid Solheim (Lighthouse keeper)"}},
		{"apposition", "<“The ferry is safe,”>1 {said}1 [Tomas Brandt, the chief engineer of Baltic Lines]1. [He]2 {called}2 <the report a mistake>2.",
			[]string{"Tomas Brandt (chief engineer of Baltic Lines)", "Tomas Brandt (chief engineer of Baltic Lines)"}},
		{"title", "[Deputy Fisheries Minister Karel Novotny]1 {promised}1 <new nets>1. <“We will pay,”>2 [the minister]2 {said}2.",
			[]string{"Karel Novotny (Deputy Fisheries Minister)", "Karel Novotny (Deputy Fisheries Minister)"}},
		{"two of one surname by gender", "Anna Weber and Peter Weber run the mill. [Mr. Weber]1 {said}1 <grain was scarce>1. [Mrs. Weber]2 {said}2 <they would sell>2.",
			[]string{"Peter Weber", "Anna Weber"}},
		{"pronouns by gender", "Maria Lopez met Daniel Price at the lock. [He]1 {said}1 <the gate had jammed>1, and [she]2 {promised}2 <to look>2.",
			[]string{"Daniel Price", "Maria Lopez"}},
		{"short form in brackets", "The Northern Rail Users Association (NRUA) met in York. [The NRUA]1 {asked}1 <for more trains>1. [It]2 {warned}2 <that fares were too high>2.",
			[]string{"Northern Rail Users Association", "Northern Rail Users Association"}},
		{"quotation that runs on", "[Elena Marsh]1 {wrote}1: <“The bridge was old.>1\n\n<“It should have been closed.”>2",
			[]string{"Elena Marsh", "Elena Marsh"}},
		{"two speakers", "[Elena Marsh and Robert Quill]1 {said}1 <the vote was fair>1. [They]2 {thanked}2 <the clerks>2.",
			[]string{"Elena Marsh, Robert Quill", "Elena Marsh, Robert Quill"}},
		{"nobody named", "[A senior harbour official]1 {said}1 <the pier was closed>1. <“It is a pity,”>2 [the official]2 {said}2.",
			[]string{"A senior harbour official (senior harbour official)", "A senior harbour official (senior harbour official)"}},
		{"who asks is not who gives no answer", "The Ferry Union met on Friday. [The Coastal Gazette]1 {asked}1 the Ferry Union <for comment>1; [it]2 {did not respond}2.",
			[]string{"Coastal Gazette", "Ferry Union"}},
		{"passive", "<The ship>1 {is believed}1 <to have sunk>1.", []string{""}},
		{"who", "[Paula Renner, who]1 {said}1 <the lamps were out>1, left early. It was Paula Renner, [who]2 {denied}2 <the theft>2.",
			[]string{"Paula Renner", "Paula Renner"}},
		{"paper with a maker", "[A report by the Coastal Institute]1 {found}1 <that the sea was rising>1. [A poll of 900 sailors]2 {showed}2 <the same>2.",
			[]string{"Coastal Institute", "poll of 900 sailors"}},
		{"role before a name and after a country", "[French environment minister Claire Dubois]1 {said}1 <it was a good day>1.",
			[]string{"Claire Dubois (French environment minister)"}},
		{"Mr is not the one woman of the surname", "Mr. Lindqvist has long backed the quay. His wife, Anna Lindqvist, sings. [Lindqvist]1 {said}1 <the quay would stay>1. [Mr. Lindqvist]2 {praised}2 <the crane>2.",
			[]string{"Lindqvist", "Lindqvist"}},
		{"full name within a longer one", "Mr. Lindqvist has long backed the quay, as has Anna Lindqvist. [Mr. Lindqvist]1 {said}1 <the quay would stay>1. They met at the Peter Lindqvist Harbour Days.",
			[]string{"Peter Lindqvist"}},
		{"lady of the same surname", "Lady Marlow wore green. Sir Peter Marlow did not. [Marlow]1 {said}1 <he liked blue>1.", []string{"Peter Marlow"}},
		{"two fields joined", "[Rosvik Fire and Rescue]1 {said}1 <the fire was out>1. [The Central and North Asian Council]2 {called}2 <for calm>2.",
			[]string{"Rosvik Fire and Rescue", "Central and North Asian Council"}},
		{"outlet before a name", "Peter Lindqvist likes rain, and the town likes Lindqvist. Speaking to the Daily Mail [Lindqvist]1 {claimed}1 <it would pour>1.",
			[]string{"Peter Lindqvist"}},
		{"named by the next paragraph", "[A kite maker]1 {warned}1 <of strong wind>1 on Friday.\n\n[Nora Feld]2 {said}2 <the string would not hold>2.",
			[]string{"Nora Feld (kite maker)", "Nora Feld (kite maker)"}},
		{"named behind the lead", "Diver tells of wreck\n<The wreck was empty>1, [the head of the Harbour Trust]1 {has said}1. Speaking on Friday, [Nora Feld]2 {said}2 <it had been looted>2.",
			[]string{"Nora Feld (head of the Harbour Trust)", "Nora Feld (head of the Harbour Trust)"}},
		{"not named right behind the lead", "Wreck was empty\n<The wreck was empty>1, [the head of the Harbour Trust]1 {has said}1. It was found in May. [Nora Feld]2 {said}2 <it had been looted>2.",
			[]string{"head of the Harbour Trust (head of the Harbour Trust)", "Nora Feld (head of the Harbour Trust)"}},
		{"the headline's description", "[Diver]1 {tells}1 <of empty wreck>1\n[A retired diver]2 {has told}2 <how empty the wreck was>2. Nora Feld went down twice in May.\n[Feld]3 {said}3 <it had been looted>3.",
			[]string{"Nora Feld (retired diver)", "Nora Feld (retired diver)", "Nora Feld (retired diver)"}},
		{"a party, a cause, a paper and a force by their names", "The vote was on Monday. [The Liberal Democrats]1 {said}1 <it was fair>1. [Ships for Norvania]2 {said}2 <it was not>2. [The Sunday Telegraph]3 {said}3 <so too>3. [Police Norway]4 {said}4 <nothing of it>4.",
			[]string{"Liberal Democrats", "Ships for Norvania", "Sunday Telegraph", "Police Norway"}},
		{"a name and a description of several", "[The Red Cross and some harbour officials]1 {said}1 <it was late>1. [Island lawmakers and Gov. Nora Feld]2 {said}2 <it was early>2. [Labour and the Tories]3 {said}3 <nothing>3.",
			[]string{"Red Cross, some harbour officials", "Island lawmakers, Nora Feld (Gov.)", "Labour, Tories"}},
		{"one description of several", "[Norvanian and Sudrian officials]1 {said}1 <it was late>1. [Kitchen and port manager Nora Feld]2 {said}2 <it was early>2.",
			[]string{"Norvanian and Sudrian officials", "Nora Feld (port manager)"}},
		{"two persons with what is told of each", "[Nora Feld, who ran the port for years, and Karl Ek, its lawyer,]1 {said}1 <it was late>1. [A lawyer representing Nora Feld and Karl Ek]2 {said}2 <it was early>2.",
			[]string{"Nora Feld, Karl Ek (lawyer)", "A lawyer representing Nora Feld and Karl Ek (lawyer representing Nora Feld and Karl Ek)"}},
		{"they for one person of no gender", "The Harbour Trust met on Monday. [A spokesperson for the trust]1 {said}1 <it was late>1. [They]2 {added}2 <that boats were due>2.",
			[]string{"A spokesperson for the trust (spokesperson for the trust)", "A spokesperson for the trust (spokesperson for the trust)"}},
		{"the statement goes on", "[A Harbour Trust spokesman]1 {denied}1 <that the pier was closed>1. <“It never was,”>2 [the statement]2 {added}2. [The petition]3 {asks}3 <for a pier>3.",
			[]string{"A Harbour Trust spokesman (Harbour Trust spokesman)", "A Harbour Trust spokesman (Harbour Trust spokesman)", "petition"}},
		{"whose body it is", "The ship was stopped by the Norvanian coast guard. [The coast guard]1 {said}1 <it was empty>1. The Ek administration and the Feld administration had agreed. [The administration]2 {denied}2 <it>2.",
			[]string{"Norvanian coast guard", "Feld administration"}},
		{"its people, its papers", "The Harbour Trust met on Monday. [Its director]1 {said}1 <it was late>1. [Its website]2 {gives}2 <another hour>2. [Norvania and its allies]3 {objected}3.",
			[]string{"Its director (director)", "Harbour Trust", "Norvania and its allies"}},
		{"who heads a body is a person", "[The head of Norvania’s military, Arvid Ostrel,]1 {said}1 <it was late>1. [He]2 {left}2 <early>2.",
			[]string{"Arvid Ostrel (head of Norvania’s military)", "Arvid Ostrel (head of Norvania’s military)"}},
		{"a bracket within a role", "[Harbour Trust (HT) leader Nora Feld]1 {said}1 <it was late>1. [The Taoiseach (Irish prime minister) Sean Holt]2 {said}2 <it was early>2. [The Taoiseach]3 {left}3 <early>3.",
			[]string{"Nora Feld (Harbour Trust (HT) leader)", "Sean Holt (Taoiseach)", "Sean Holt (Taoiseach)"}},
		{"one of them is an organisation", "Two firms build ferries. [One of them, Baltic Lines Group,]1 {said}1 <it was late>1.", []string{"Baltic Lines Group"}},
		{"asked by somebody else", "{Asked}1 by [a kite maker]1 <why the wind fell>1, nobody knew.\n\n[Nora Feld]2 {said}2 <the string would not hold>2.",
			[]string{"a kite maker (kite maker)", "Nora Feld"}},
		{"pronoun before a cue without a source", "[Paula Renner]1 {said}1 <the lamps were out>1. She {complained}2 <that nobody came>2.", []string{"Paula Renner", "Paula Renner"}},
		{"object of a passive", "[Paula Renner]1 {said}1 <the lamps were out>1. She {was accused}2 <of theft>2.", []string{"Paula Renner", ""}},
		{"party and state", "[Reps. Paula Renner, D-Ohio, and Karl Feld, R-Iowa,]1 {said}1 <they would vote no>1.", []string{"Paula Renner, Karl Feld (Reps.)"}},
		{"role before an honorific", "[Medical director Dr Paula Renner]1 {said}1 <all were well>1, and [medical director Dr Karl Feld]2 {agreed}2.",
			[]string{"Paula Renner (Medical director)", "Karl Feld (medical director)"}},
		{"company by its noun", "Orsted Boats Inc. has 90 workers. [The company]1 {said}1 <orders were up>1.", []string{"Orsted Boats Inc."}},
		{"description with a name in full", "Nora Finch’s boat left early. [Her aides]1 {said}1 <she was tired>1. [Finch’s deputy]2 {said}2 <she was not>2.", []string{"Nora Finch’s aides", "Nora Finch’s deputy (Finch’s deputy)"}},
		{"names with appositions in a list", "[Ann Lee, the former harbour mayor, and Bo Dahl of Ystad]1 {said}1 <the pier was safe>1.", []string{"Ann Lee, Bo Dahl (former harbour mayor)"}},
		{"an acronym and a surname", "Kim Jong Un met the United Nations Harbour Council. [The UN]1 {said}1 <it was content>1.", []string{"UN"}},
		{"a name that begins with a common word", "All Baltic Ferries has 90 boats. [All Baltic Ferries]1 {said}1 <the sea was calm>1. [ABF]2 {added}2 <that it would stay so>2.",
			[]string{"All Baltic Ferries", "All Baltic Ferries"}},
		{"the end of an organisation’s name", "The Nordic Coast Safety Council met again on the island. [The Safety Council]1 {said}1 <the pier was old>1.", []string{"Nordic Coast Safety Council"}},
		{"a longer name later", "[Acme Square Group]1 {said}1 <the shares were cheap>1. Its owner is Acme Square Group Holdings.", []string{"Acme Square Group Holdings"}},
		{"small words count among first letters", "Transport for Malmo runs trams. [TfM]1 {said}1 <they were late>1.", []string{"Transport for Malmo"}},
		{"an author in the last line", "The pier is old.\n\n[I]1 {think}1 <it should go>1.\n\nNora Finch is a historian of piers.", []string{"Nora Finch (historian of piers)"}},
		{"one apostrophe or another", "[Nora Finch's rivals]1 {said}1 <no>1. Nora Finch left. [Nora Finch’s rivals]2 {said}2 <yes>2. Dan O’Shea came. [Mr. O'Shea]3 {said}3 <so>3.",
			[]string{"Nora Finch's rivals", "Nora Finch's rivals", "Dan O’Shea"}},
		{"an office that goes on behind a preposition", "[Maltese Secretary of State Rosa Vella]1 {said}1 <the pier was safe>1.", []string{"Rosa Vella (Maltese Secretary of State)"}},
		{"a surname that is a word too", "Mayor Pat Small came. The port is small. The council heard [Small]1 {say}1 <it would grow>1. [Small]2 {said}2 <so again>2.", []string{"Pat Small (Mayor)", "Pat Small (Mayor)"}},
		{"a company and what it named after itself", "Orders at Vantro go up.\n\n[Vantro]1 {said}1 <orders were up>1. It will open Camp Vantro in May. [Vantro]2 {declined to say}2 <where>2.", []string{"Vantro", "Vantro"}},
		{"two who said something alike", "[A pier spokesperson]1 {stated}1 <that the work was of a political nature>1.\n\n[Envoy for Malta Brian Hook]2 {said}2 <the dispute was by its nature about fish>2.",
			[]string{"A pier spokesperson (pier spokesperson)", "Brian Hook (Envoy for Malta)"}},
		{"what follows a source in front is no apposition", "The Harbour Alliance met. According to [the Harbour Alliance]1, <every country in the bloc paid its share>1.", []string{"Harbour Alliance"}},
		{"the agency of a dateline", "OSLO (Norsk Wire) – A young Danish sailor found two boats. [Norsk Wire]1 {reported}1 <the rest on Monday>1.", []string{"Norsk Wire"}},
		{"an unknown town before a dash is no company", "MARVIK — Holm Freight will run fewer ferries, [the company]1 {said}1 <on Monday>1.", []string{"Holm Freight"}},
		{"a given name that is a word too, behind a comma", "[The harbour's spokesman, Per Nolde,]1 {denied}1 <that jobs would go>1. [Nolde]2 {said}2 <more>2.", []string{"Per Nolde (harbour's spokesman)", "Per Nolde (harbour's spokesman)"}},
		{"a company stays the company", "Vantro was robbed. [The company]1 {said}1 <it was late>1. Thieves took names.\n\nSocial Security numbers were taken too. [The company]2 {declined}2 <to say more>2.", []string{"Vantro", "Vantro"}},
		{"no union is a company", "Holm Freight will run fewer ferries. [The harbour union]1 {said}1 <the crews were not told>1. [The company]2 {said}2 <they were>2.", []string{"harbour union", "Holm Freight"}},
		{"a party is one by its name", "The Financial Ledger came to Marvik. The Green Front lost the vote. [The party]1 {gave}1 <no reason>1.", []string{"Green Front"}},
		{"somebody and those with her", "[Nora Finch and her aides]1 {called}1 <the vote fair>1. [They]2 {thanked}2 <the clerks>2.", []string{"Nora Finch, Nora Finch's aides", "Nora Finch, Nora Finch's aides"}},
		{"a subject that the source lacks", "Nora Finch {has confirmed}1 <two cases>1. Nora Finch {was accused of}2 <theft>2.", []string{"Nora Finch", ""}},
		{"an interview", "By Rolf Brand\n\n<“The pier is old,”>1 {says}1 [Nora Finch]1. [I]2 {suggest}2 <that it should close>2.\n\n<“That is not for me to say.”>3", []string{"Nora Finch", "Rolf Brand", "Nora Finch"}},
		{"one body is not another", "[Malta’s government]1 {said}1 <the pier was safe>1. [The military]2 {said}2 <it was not>2. [Malta’s army]3 {sent}3 <boats>3. [The military]4 {said}4 <they came late>4.",
			[]string{"Malta’s government", "military", "Malta’s army", "Malta’s army"}},
		{"a guard that is a body", "Tomas Varga runs the pier. [The coast guard]1 {said}1 <it was late>1. The Maltese National Guard came. [The national guard]2 {agreed}2. [A border guard]3 {did not}3.",
			[]string{"coast guard", "Maltese National Guard (national guard)", "A border guard (border guard)"}},
		{"an operator that is a body", "The operator Granger Ferries was late. [It]1 {said}1 <the boat was late>1.", []string{"Granger Ferries (operator)"}},
		{"both quotation marks", "Ann Lee won in May. [The “Midnight Harbour” star]1 {said}1 <it was late>1. [The \"Sea Fog\" editors]2 {did not}2. [The author of “Midnight Harbour”]3 {agreed}3.",
			[]string{"Ann Lee (“Midnight Harbour” star)", "\"Sea Fog\" editors", "author of “Midnight Harbour” (author of “Midnight Harbour”)"}},
		{"another office", "Trade Minister Dana Pell spoke on Monday. [The prime minister]1 {said}1 <it was late>1. [The foreign minister]2 {said}2 <no>2. [The minister]3 {said}3 <so>3.\nVice President Karl Feld came. [The president]4 {did not}4.",
			[]string{"prime minister (prime minister)", "foreign minister (foreign minister)", "Dana Pell (Trade Minister)", "president (president)"}},
		{"a senator herself", "[Senator Nora Finch]1 {said}1 <it was late>1. Karl Boyd left. [The senator herself]2 {said}2 <no>2, and so [Finch herself]3 {said}3.",
			[]string{"Nora Finch (Senator)", "Nora Finch (Senator)", "Nora Finch (Senator)"}},
		{"somebody's lawyer by name", "[Dan Price]1 {said}1 <Karl Boyd had picked him up>1. [Boyd's lawyer, public defender Gail Munro,]2 {said}2 <no>2.",
			[]string{"Dan Price", "Gail Munro (public defender)"}},
		{"a form of address is no office", "[Veterinarian Dr. Bo Dahl]1 {said}1 <no>1, and [the Bishop of Ystad, the Rt Rev Karl Feld,]2 {agreed}2. [Council leader Cllr Ann Lee]3 {did not}3, nor did [Cllr Dan Price]4 {agree}4.",
			[]string{"Bo Dahl (Veterinarian)", "Karl Feld (Bishop of Ystad)", "Ann Lee (Council leader)", "Dan Price (Cllr)"}},
		{"a verb is no part of an office", "Nora Finch has dumped footballer Karl Feld. [Feld]1 {said}1 <no>1. Readers may call Detective Bo Dahl. [Dahl]2 {said}2 <so>2.",
			[]string{"Karl Feld (footballer)", "Bo Dahl (Detective)"}},
		{"letters behind a name", "[Prosecutor Simon Vane KC]1 {said}1 <no>1. [Her barrister, Nora Finch KC,]2 {said}2 <so>2, and [Mr Vane]3 {agreed}3.",
			[]string{"Simon Vane (Prosecutor)", "Nora Finch (barrister)", "Simon Vane (Prosecutor)"}},
		{"a dame by her given name", "Dame Elaine Corrie wrote the report. [Dame Elaine]1 {said}1 <it was late>1.", []string{"Dame Elaine Corrie (Dame)"}},
		{"the one of two sisters named last", "Susan Pryce lived here. [Emily Pryce]1 {said}1 <no>1. A lamp fell. It broke. [Miss Pryce]2 {agreed}2.", []string{"Emily Pryce", "Emily Pryce"}},
		{"a service and its country", "The boats came late on Monday and nobody saw them.\n[NHS England]1 {said}1 <nobody had been hurt on the boats>1. [Major Anna Feld]2 {agreed}2 on the whole, and later in the week [Major League Rowing]3 {did not}3.", []string{"NHS England", "Anna Feld (Major)", "Major League Rowing"}},
		{"where a company sits", "Vantro Systems Inc raised its forecast on Tuesday.\n[The San Jose, California-based company]1 {said}1 <it would grow>1.", []string{"Vantro Systems Inc"}},
		{"a utility", "Granger Grid Inc. has 90 workers. [The utility]1 {said}1 <the lamps were out>1.", []string{"Granger Grid Inc."}},
		{"a research team is no institute", "The Baltic Institute of Science counted fish. [The research team]1 {found}1 <none>1.", []string{"research team"}},
		{"whose spokesman is named later", "Mayor Nora Finch left early, [her spokesman]1 {said}1. [Harbour Ministry spokesman Karl Feld]2 {said}2 <no>2.",
			[]string{"Nora Finch's spokesman (spokesman)", "Karl Feld (Harbour Ministry spokesman)"}},
		{"an insider is a source", "[A source]1 {said}1 <Nora Finch was tired>1. [The insider]2 {said}2 <she had slept>2. [The pal]3 {agreed}3.", []string{"A source", "A source", "A source"}},
		{"a mother of three and an international", "[Nora Finch]1 {said}1 <no>1. [The mother of three]2 {said}2 <it was late>2.\n[Goalkeeper Dan Price]3 {said}3 <so>3. [The Ghana international]4 {was}4 <tired>4.",
			[]string{"Nora Finch (mother of three)", "Nora Finch (mother of three)", "Dan Price (Goalkeeper)", "Dan Price (Goalkeeper)"}},
		{"a detective by rank", "[Det Insp Anna Feld]1 {said}1 <no>1. [Nora Finch]2 {asked}2 <why>2. [The detective]3 {said}3 <so>3.", []string{"Anna Feld (Det Insp)", "Nora Finch", "Anna Feld (Det Insp)"}},
		{"an office that goes on with a verb", "[The lead bishop for safeguarding, Anna Feld,]1 {said}1 <no>1.", []string{"Anna Feld (lead bishop for safeguarding)"}},
		{"a sister is not the prime minister", "[His sister, Margaret, 84,]1 {said}1 <no>1. She sat at home.\n[The Prime Minister]2 {said}2 <so>2.", []string{"Margaret (sister)", "Prime Minister (Prime Minister)"}},
		{"who speaks of the candidate", "[Karl Feld]1 {said}1 <the candidate was late>1. [Feld]2 {said}2 <so again>2.", []string{"Karl Feld", "Karl Feld"}},
		{"a selectwoman", "[Selectwoman Nora Finch]1 {said}1 <it was late>1. [Shrimper Karl Feld]2 {did not}2. [He]3 {said}3 <so>3.", []string{"Nora Finch (Selectwoman)", "Karl Feld (Shrimper)", "Karl Feld (Shrimper)"}},
		{"a sentence of capitals is no headline", "The boats came late on Monday and nobody saw them.\n<“We failed,”>1 [Chief Executive Officer Graham Tull]1 {told}1 the Senate Commerce Committee.",
			[]string{"Graham Tull (Chief Executive Officer)"}},
		{"inside a quotation", "<“[I]2 {told}2 <him to stop>2,”>1 {said}1 [Nora Finch]1.", []string{"Nora Finch", ""}},
		{"the answers of an interview", "Nora Finch rows.\nQ: [You]1 {said}1 <no>1.\nA: [I]2 {think}2 <so>2.\nQ: Why?\nIt was late.\nA: Because.\nThen [I]3 {thought}3 <not>3.", []string{"Nora Finch", "Nora Finch", "Nora Finch"}},
		{"letters", "LETTERS.\n[I]1 {hope}1 <the pier stays>1.\nNora Finch.\n[I]2 {doubt}2 <it>2.\nKarl Feld.\n", []string{"Nora Finch", "Karl Feld"}},
		{"an author with a seat is nobody's he", "Carl Ek knows boats. [I]1 {think}1 <so>1. [He]2 {knows}2 <the pier>2.\nRep. Dan Finch, D-Ohio, was a sailor.", []string{"Dan Finch (Rep.)", "Carl Ek"}},
		{"a letter in the wrong encoding", "[TomÃ¡s Feld]1 {said}1 <no>1. [Mr. Feld]2 {left}2.", []string{"TomÃ¡s Feld", "TomÃ¡s Feld"}},
		{"a short name before and after the long one", "Grevik Holt baked. [Grevik Holt Doughnuts]1 {said}1 <no>1. [Grevik Holt]2 {added}2 <so>2.", []string{"Grevik Holt Doughnuts", "Grevik Holt Doughnuts"}},
		{"father and son", "Carl Finch rowed. [Carl Finch]1 {said}1 <no>1. [Carl Finch Jr.]2 {said}2 <yes>2.", []string{"Carl Finch", "Carl Finch Jr."}},
		{"a host of a show", "She came to the Nora Velk Foundation. [Velk]1 {asked}1 <why>1.", []string{"Nora Velk"}},
		{"two surnames are no firm", "Karl Johnson and Nora Weld row. As Johnson and Weld rowed, [they]1 {said}1 <so>1.", []string{"Karl Johnson, Nora Weld"}},
		{"two with an office between", "Port Sarn slept. Karl Feld and former mayor Nora Finch have more in common. [They]1 {like}1 <boats>1.", []string{"Karl Feld, Nora Finch (former mayor)"}},
		{"a mayor behind town and state", "On the pier [Port Bend, Ind., Mayor Karl Feld]1 {said}1 <no>1. Later in that week [Marr County (Ariz.) Sheriff Nora Finch]2 {said}2 <so>2.", []string{"Karl Feld (Mayor)", "Nora Finch (Sheriff)"}},
		{"a moderator is nobody in the foreground", "[Nora Finch]1 {said}1 <no>1. [The moderator]2 {said}2 <so>2.", []string{"Nora Finch", "moderator (moderator)"}},
		{"her as an object", "Nora Finch rows. [The groups who wrote to her on Monday]1 {said}1 <no>1.", []string{"groups who wrote to her on Monday"}},
		{"a group said in full before", "He met federal prosecutors. [Prosecutors]1 {said}1 <no>1. She won rural voters. [Those voters]2 {wanted}2 <more>2.", []string{"federal prosecutors", "rural voters"}},
		{"a body and papers said in full before", "The Sarn ballot commission met. [The commission]1 {said}1 <no>1. She read Harbour Board reports. [The reports]2 {show}2 <so>2.", []string{"Sarn ballot commission", "Harbour Board reports"}},
		{"other leaders", "[Some harbour leaders]1 {said}1 <no>1. [The union leaders]2 {said}2 <so>2. [The leaders]3 {left}3.", []string{"Some harbour leaders", "union leaders", "union leaders"}},
		{"those in full", "There were [those]1 {living in}1 <the harbour>1, and others.", []string{"those living in the harbour"}},
		{"whose a ministry is", "Varn left. The Varn-run health ministry met. [The Varn-run health ministry]1 {said}1 <no>1.", []string{"Varn-run health ministry"}},
		{"the one poll", "[A new poll]1 {shows}1 <a lead>1. The Northgrid poll came on Monday. [The poll]2 {found}2 <no>2.", []string{"Northgrid poll", "Northgrid poll"}},
		{"polls are not the one poll", "[Polls]1 {show}1 <a lead>1. The Northgrid poll came on Monday.", []string{"Polls"}},
		{"who behind among", "There was joy among sailors, [who]1 {haven't seen}1 <land>1. But unions [that]2 {backed}2 <him>2 left.", []string{"sailors", "unions"}},
		{"a group that opens a sentence", "[Nora Finch]1 {spoke}1. The rowers at Varn's regatta were glad. [They]2 {booed}2 <her>2.", []string{"Nora Finch", "rowers at Varn's regatta"}},
		{"behind what opens a sentence, no role", "Keir Holt is prime minister. Speaking in the Senedd, [the prime minister]1 {praised}1 <them>1.", []string{"Keir Holt (prime minister)"}},
		{"the senator of another state", "Marla Ruiz rowed with Sen. Tilda Marsh, R-Iowa. [The Florida senator]1 {said}1 <no>1.", []string{"Marla Ruiz (Florida senator)"}},
		{"who works for the governor is not the governor", "Karl Feld came second. Strategist Bo Dahl was glad. [The Ohio governor]1 {said}1 <no>1.", []string{"Karl Feld (Ohio governor)"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			s, sts := mark(c.article)
			for i, a := range Of(Article{Text: s}).Resolve(sts, nil) {
				var names []string
				for _, x := range a.Speakers {
					names = append(names, x.Name)
					if !madeOf(x.Name, s) || !strings.Contains(s, a.Role) {
						t.Errorf("%q (%q) is not in the article", x.Name, a.Role)
					}
					if len(x.Evidence) == 0 {
						t.Errorf("%q has no evidence", x.Name)
					}
				}
				got := strings.Join(names, ", ")
				if a.Role != "" {
					got += " (" + a.Role + ")"
				}
				if got != c.want[i] {
					t.Errorf("statement %d: got %q, want %q", i+1, got, c.want[i])
				}
			}
		})
	}
}

// madeOf reports whether all words of a name stand in the article: a
// description has its persons in full.
func madeOf(name, s string) bool {
	for _, w := range strings.FieldsFunc(name, func(r rune) bool { return !isWordRune(r) }) {
		if w != "s" && !strings.Contains(s, w) {
			return false
		}
	}
	return true
}

// What only seems so is told by the agency of the dateline, else by the outlet.
func TestNarrator(t *testing.T) {
	for _, c := range []struct{ article, want string }{
		{"OSLO (BNA) – <The pier>1 {appeared}1 <to sink>1.", "BNA"},
		{"The day was calm. <The pier>1 {appeared}1 <to sink>1.", "The Harbour Courier"},
	} {
		s, sts := mark(c.article)
		a := Of(Article{Text: s, Outlet: "The Harbour Courier"}).Resolve(sts, nil)[0]
		if len(a.Speakers) != 1 || a.Speakers[0].Name != c.want || a.Speakers[0].Type != quoth.Organization {
			t.Errorf("%q: got %+v, want %s", c.article, a.Speakers, c.want)
		}
	}
}

// The outlet's own name is one name, whatever its words.
func TestOwnName(t *testing.T) {
	s := "Nora Finch told Half of Water the pier was old."
	for _, n := range Of(Article{Text: s, Outlet: "Half of Water"}).Names() {
		if n.Full == "Half of Water" && n.Type == quoth.Organization {
			return
		}
	}
	t.Error("Half of Water is not found")
}

// What paragraphs that are nobody's words hold is no evidence: a name there is no
// word without a capital.
func TestSkip(t *testing.T) {
	s, sts := mark("Related: Nora Finch and her boats\n\nNora Finch builds boats. [Finch, the owner of two yards,]1 {said}1 <the sea was calm>1.")
	a := Of(Article{Text: s, Skip: []text.Range{{Start: 0, End: 34}}}).Resolve(sts, nil)[0]
	if len(a.Speakers) != 1 || a.Speakers[0].Name != "Nora Finch" {
		t.Errorf("got %+v, want Nora Finch", a.Speakers)
	}
}

func TestTypes(t *testing.T) {
	s, sts := mark("[The Coastal Institute]1 {said}1 <a>1. [Nora Finch]2 {said}2 <b>2. [Fishermen]3 {said}3 <c>3. [A letter]4 {said}4 <d>4. [A spokesman]5 {said}5 <e>5. [Port officials]6 {said}6 <f>6. [A military source]7 {said}7 <g>7. [The Maltese Coast Watchers]8 {said}8 <h>8.")
	want := []quoth.SpeakerType{quoth.Organization, quoth.Person, quoth.Group, quoth.Document, quoth.Unnamed, quoth.Unnamed, quoth.Unnamed, quoth.Organization}
	for i, a := range Of(Article{Text: s}).Resolve(sts, nil) {
		if len(a.Speakers) != 1 || a.Speakers[0].Type != want[i] {
			t.Errorf("statement %d: got %+v, want type %s", i+1, a.Speakers, want[i])
		}
	}
}

// Of a name of two plain words the article tells that it is no person's.
func TestTypeOfName(t *testing.T) {
	for _, c := range []struct {
		article string
		want    quoth.SpeakerType
	}{
		{"[Granger Mills]1 {said}1 <prices rose>1. [The company]2 {said}2 <no>2.", quoth.Organization},
		{"[Granger Mills]1 {said}1 <prices rose>1. [It]2 {said}2 <no>2.", quoth.Organization},
		{"[Granger Mills]1 {said}1 <its costs had doubled>1.", quoth.Organization},
		{"[Nordvik AS]1 {said}1 <prices rose>1.", quoth.Organization},
		{"[Downing Street]1 {said}1 <prices rose>1.", quoth.Organization},
		{"[Granger Rovers]1 {have}1 <won>1. [Rovers]2 {said}2 <no>2.", quoth.Organization},
		{"[The Red Cross]1 {said}1 <prices rose>1.", quoth.Organization},
		{"[Number 10]1 {said}1 <prices rose>1.", quoth.Organization},
		{"[Reuters]1 {first reported}1 <the sale>1.", quoth.Organization},
		{"[Marsh Keller, the timber trading company,]1 {said}1 <prices rose>1.", quoth.Organization},
		{"[The Harbour Care Act]1 {says}1 <so>1.", quoth.Document},
		{"Karl Ek was ill. [His family]1 {said}1 <prices rose>1.", quoth.Group},
		{"[Leaders around the world]1 {said}1 <prices rose>1.", quoth.Group},
		{"[A number of senators]1 {said}1 <prices rose>1.", quoth.Group},
		{"[Villagers along with foreign activists]1 {said}1 <prices rose>1.", quoth.Group},
		{"[Some militias associated with Ostby]1 {said}1 <prices rose>1.", quoth.Group},
		{"[Both camps]1 {said}1 <prices rose>1.", quoth.Group},
		{"[Traders polled by Holm]1 {said}1 <prices rose>1.", quoth.Group},
		{"[All those who live there]1 {said}1 <prices rose>1.", quoth.Group},
		{"[Those in the boat]1 {said}1 <prices rose>1.", quoth.Group},
		{"[About 3 in 10 traders]1 {say}1 <prices rose>1.", quoth.Group},
		{"[Omanis]1 {said}1 <prices rose>1.", quoth.Group},
		{"[The coffee trading firm Beanline]1 {said}1 <prices rose>1.", quoth.Organization},
		{"[No 10]1 {said}1 <prices rose>1.", quoth.Organization},
		{"[The jury]1 {said}1 <prices rose>1.", quoth.Group},
		{"[Granger Mills]1 {said}1 <prices rose>1. [Mills]2 {said}2 <its costs had doubled>2.", quoth.Person},
		{"[Nora Mills]1 {said}1 <its costs had doubled>1.", quoth.Person},
	} {
		s, sts := mark(c.article)
		if a := Of(Article{Text: s}).Resolve(sts, nil)[0]; len(a.Speakers) != 1 || a.Speakers[0].Type != c.want {
			t.Errorf("%q: got %+v, want %s", c.article, a.Speakers, c.want)
		}
	}
	s, sts := mark("New York's Harbour Council met. [The council]1 {said}1 <it was late>1.")
	if a := Of(Article{Text: s}).Resolve(sts, nil)[0]; len(a.Speakers) != 1 || a.Speakers[0].Name != "New York's Harbour Council" {
		t.Errorf("got %+v, want New York's Harbour Council", a.Speakers)
	}
}

// The learned scores decide where the rules waver.
func TestAffinity(t *testing.T) {
	s, sts := mark("Daniel Price met Peter Quill at the lock. Later [he]1 {said}1 <the gate had jammed>1.")
	for _, want := range []string{"Daniel Price", "Peter Quill"} {
		at := Mentions(s)
		row := make([]float32, len(at)+1)
		for k, m := range at {
			if s[m.Start:m.End] == want {
				row[k] = 9
			}
		}
		got := Of(Article{Text: s}).Resolve(sts, [][]float32{row})
		if len(got[0].Speakers) != 1 || got[0].Speakers[0].Name != want {
			t.Errorf("got %+v, want %s", got[0].Speakers, want)
		}
	}
}

func TestMentions(t *testing.T) {
	for _, c := range []struct{ s, want string }{
		{"Kremlin spokesman Dmitry Peskov said so.", "Kremlin|Dmitry Peskov"},
		{"In the U.S. on Friday, Mr. Smith's boat sank.", "U.S.|Friday|Smith"},
		{"The Bank of the North and J. P. Ott", "Bank of the North|J. P. Ott"},
		{"He is Jean-Luc O’Neil.", "Jean-Luc O’Neil"},
	} {
		var got []string
		for _, m := range Mentions(c.s) {
			got = append(got, c.s[m.Start:m.End])
		}
		if strings.Join(got, "|") != c.want {
			t.Errorf("Mentions(%q) = %q, want %q", c.s, got, c.want)
		}
	}
}

// Time grows with the length of the text, not with its square.
func TestLinear(t *testing.T) {
	piece, _ := mark("Harbour master Ingrid Solheim closed the pier on Monday. She said the planks were rotten, and Tomas Brandt of Baltic Lines agreed.\n\n")
	run := func(n int) time.Duration {
		s := strings.Repeat(piece, n)
		var sts []Statement
		for i := 0; i < n; i++ {
			at := i * len(piece)
			she := at + strings.Index(piece, "She")
			st := Statement{Source: []text.Range{{Start: she, End: she + 3}}, Cue: []text.Range{{Start: she + 4, End: she + 8}}, Content: []text.Range{{Start: she + 9, End: she + 31}}}
			if i%3 == 0 {
				st.Source, st.Cue = nil, nil
			}
			sts = append(sts, st)
		}
		start := time.Now()
		Of(Article{Text: s}).Resolve(sts, nil)
		return time.Since(start)
	}
	run(50)
	small, large := run(200), run(4000)
	for range 3 { // a busy machine slows single runs
		small, large = max(small, run(200)), min(large, run(4000))
	}
	if large > 80*small+200*time.Millisecond {
		t.Errorf("200 pieces take %v, 4,000 take %v", small, large)
	}
}

// TestRelayed: who goes on behind a quotation that an outlet relays is who was quoted.
func TestRelayed(t *testing.T) {
	text, sts := mark("<<“We were calm,”>1 [Ada Lind]1 {told}1 the panel>2, {according to}2 [the Halven Post]2.\n<“We go again on Monday.”>3")
	sts[0].Inner = true
	all := Of(Article{Text: text}).Resolve(sts, nil)
	for i, want := range []string{"Ada Lind", "Halven Post", "Ada Lind"} {
		if len(all[i].Speakers) != 1 || all[i].Speakers[0].Name != want {
			t.Errorf("statement %d: %+v, want %s", i+1, all[i].Speakers, want)
		}
	}
}

// TestAsked: a quotation behind a question to somebody is his or hers, and so is what goes on.
func TestAsked(t *testing.T) {
	for _, c := range []struct{ article, want string }{
		{"[Dora Lind]1 {said}1 <the roof was safe>1.\nAlma Finch {was asked}2 <whether it leaked>2. <“It does not.”>3\n<“We looked in May.”>4", "Alma Finch"},
		{"Alma Finch owns the mill. [Dora Lind]1 {said}1 <the roof was safe>1.\nMs Finch {was then asked about}2 <the roof>2.\n<“It is fine.”>3\n<“We looked in May.”>4", "Alma Finch"},
		{"Alma Finch owns the mill. [Dora Lind]1 {said}1 <the roof was safe>1.\nThe roof {was looked at}2 <in May>2.\n<“It is fine.”>3\n<“We looked in May.”>4", "Dora Lind"},
	} {
		text, sts := mark(c.article)
		for i, a := range Of(Article{Text: text}).Resolve(sts, nil)[2:] {
			if len(a.Speakers) != 1 || a.Speakers[0].Name != c.want {
				t.Errorf("%s: quotation %d is by %+v", c.article, i+1, a.Speakers)
			}
		}
	}
}

// Whatever the spans, nothing panics, and every name, role and piece of
// evidence is text of the article.
func FuzzResolve(f *testing.F) {
	f.Add("Kremlin spokesman Dmitry Peskov said “no” to Mr. Smith’s U.S.-led plan (NATO). He left.", uint16(0), uint16(20), uint16(40), uint16(50), false)
	f.Add("\xff A’s “ B ( C & D's of the E", uint16(3), uint16(4), uint16(9), uint16(30), true)
	f.Fuzz(func(t *testing.T, s string, a, b, c, d uint16, inner bool) {
		clip := func(x, y uint16) []text.Range {
			i, j := int(x), int(y)
			if i > j {
				i, j = j, i
			}
			if j > len(s) {
				return nil
			}
			return []text.Range{{Start: i, End: j}}
		}
		sts := []Statement{
			{Source: clip(a, b), Cue: clip(b, c), Content: clip(c, d), Inner: inner},
			{Content: clip(a, d)},
			{Source: clip(c, d), Content: clip(a, b)},
		}
		at := Mentions(s)
		rows := make([][]float32, len(sts))
		for i := range rows {
			rows[i] = make([]float32, len(at)+1)
		}
		for _, m := range at {
			if m.Start < 0 || m.End > len(s) || m.Start >= m.End {
				t.Fatalf("mention %v of %d bytes", m, len(s))
			}
		}
		for _, x := range Of(Article{Text: s}).Resolve(sts, rows) {
			for _, sp := range x.Speakers {
				if sp.Name == "" || !madeOf(sp.Name, s) {
					t.Fatalf("speaker %q is not in %q", sp.Name, s)
				}
				for _, g := range sp.Evidence {
					if g.Start < 0 || g.End > len(s) || g.Start > g.End {
						t.Fatalf("evidence %v of %d bytes", g, len(s))
					}
				}
			}
			for _, role := range strings.Split(x.Role, " ; ") {
				if !strings.Contains(s, role) && !strings.Contains(s, x.Role) && !madeOf(role, s) {
					t.Fatalf("role %q is not in %q", role, s)
				}
			}
		}
	})
}

func BenchmarkResolve(b *testing.B) {
	piece, _ := mark("Lighthouse keeper Ingrid Solheim closed the pier on Monday. She said the planks were rotten, and Tomas Brandt of Baltic Lines agreed.\n\n")
	s := strings.Repeat(piece, 30) // about 700 words
	var sts []Statement
	for at := 0; at < len(s); at += len(piece) {
		she := at + strings.Index(piece, "She")
		sts = append(sts, Statement{Source: []text.Range{{Start: she, End: she + 3}}, Cue: []text.Range{{Start: she + 4, End: she + 8}}, Content: []text.Range{{Start: she + 9, End: she + 31}}})
	}
	b.SetBytes(int64(len(s)))
	for b.Loop() {
		Of(Article{Text: s}).Resolve(sts, nil)
	}
}

// A town's state is no name of its own.
func TestSeat(t *testing.T) {
	c := Of(Article{Text: "She left Easton, R.I., for Varn, Calif., by Finch, D-Ohio, and Mill, Inc., on May 3."})
	var got []string
	for i := range c.words {
		if c.seat(i) {
			got = append(got, c.words[i].low)
		}
	}
	if strings.Join(got, " ") != "r.i. calif d-ohio" {
		t.Errorf("got %q", got)
	}
}

// "on X." ends a sentence; an initial belongs to the name.
func TestOnX(t *testing.T) {
	for _, c := range []struct{ article, want string }{
		{"The mayor posted the video on X. Nora Finch said the boat sank.", "X; Nora Finch"},
		{"The mayor called X. Finch about the boat.", "X. Finch"},
	} {
		var got []string
		for _, n := range Of(Article{Text: c.article}).Names() {
			got = append(got, c.article[n.Start:n.End])
		}
		if s := strings.Join(got, "; "); s != c.want {
			t.Errorf("%s: got %q, want %q", c.article, s, c.want)
		}
	}
}
