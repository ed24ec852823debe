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
	n := v.r.span
	keep := v.r.set.Keep[track]
	for i, a := range anchors {
		s := v.Scorer(track, a, from[i*n:(i+1)*n])
		if s == nil {
			return out
		}
		for k, m := range marks {
			if d := m.First - a.First; d > v.r.set.Reach || -d > v.r.set.Reach {
				continue
			}
			if p := sigmoid(s.To(m.Span, to[k*n:(k+1)*n])); p >= keep {
				out[i] = append(out[i], Mark{Span: m.Span, P: p})
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
	to, from := v.Vectors(inside), v.Vectors(anchors)
	n := v.r.span
	for i, a := range anchors {
		s := v.Scorer("speaker", a, from[i*n:(i+1)*n])
		row := make([]float32, len(mentions)+1)
		for k, m := range mentions {
			row[k] = never
			if d := m.First - a.First; m.First >= 0 && -far <= d && d <= far {
				row[k] = s.To(m, to[k*n:(k+1)*n])
			}
		}
		row[len(mentions)] = s.None()
		out[i] = row
	}
	return out
}
