package attribution

// Fields finds what is tied to statements by a relation of the same name as
// the track it is found in: "via", "to", "when". It gives for each statement
// the spans with their probability, in order of the text.
func (v *View) Fields(track string, statements []Statement) [][]Mark {
	out := make([][]Mark, len(statements))
	marks := v.Track(track)
	if len(marks) == 0 || len(statements) == 0 {
		return out
	}
	targets := make([]Span, len(marks))
	for i, m := range marks {
		targets[i] = m.Span
	}
	anchors := make([]Span, len(statements))
	for i := range statements {
		anchors[i] = statements[i].Anchor()
	}
	to, from := v.Vectors(targets), v.Vectors(anchors)
	keep, reach := v.r.set.Keep[track], v.r.set.Reach
	for i, a := range anchors {
		first := search(len(marks), func(k int) bool { return marks[k].First >= a.First-reach })
		last := search(len(marks), func(k int) bool { return marks[k].First > a.First+reach })
		if first == last {
			continue
		}
		s := v.Scorer(track, a, from[i])
		if s == nil {
			return out
		}
		for k := first; k < last; k++ {
			if p := sigmoid(s.To(targets[k], to[k])); p >= keep {
				out[i] = append(out[i], Mark{Span: targets[k], P: p})
			}
		}
	}
	return out
}

// Affinity scores, for each statement, which of the given name mentions names
// its speaker: logits, with that of none of them last. A mention too far away,
// or with a negative First, has a logit that rules it out.
func (v *View) Affinity(statements []Statement, mentions []Span) [][]float32 {
	const far, never = 1500, -30 // word pieces: training saw no more
	out := make([][]float32, len(statements))
	if _, ok := v.r.relation["speaker"]; !ok || len(mentions) == 0 {
		return out
	}
	anchors := make([]Span, len(statements))
	for i := range statements {
		anchors[i] = statements[i].Anchor()
		if len(statements[i].Source) > 0 {
			anchors[i] = statements[i].Source[0]
		}
	}
	inside := make([]Span, len(mentions))
	for i, m := range mentions {
		if m.First >= 0 {
			inside[i] = m
		}
	}
	to, from := columns(v.Vectors(inside)), v.Vectors(anchors)
	for i, a := range anchors {
		s := v.Scorer("speaker", a, from[i])
		out[i] = append(s.All(inside, to), s.None())
		for k, m := range mentions {
			if d := m.First - a.First; m.First < 0 || d < -far || d > far {
				out[i][k] = never
			}
		}
	}
	return out
}

// columns makes a matrix of which each vector is a column.
func columns(vectors [][]float32) []float32 {
	out := make([]float32, len(vectors)*len(vectors[0]))
	for i, vec := range vectors {
		for j, x := range vec {
			out[j*len(vectors)+i] = x
		}
	}
	return out
}
