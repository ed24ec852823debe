package encoder

// Word gives the vector of a word by itself, outside any text: the mean of its
// pieces' rows in the table of inputs, less the mean of the whole table, so
// that words that mean nearly the same have a high cosine and others one near
// 0. It is nil for a word that the vocabulary cannot spell.
func (m *Model) Word(word string) []float32 {
	m.centre.Do(func() {
		m.middle = make([]float32, m.Config().Width)
		row := make([]float32, len(m.middle))
		n := m.Config().Vocab
		for i := range n {
			m.words.row(row, i)
			for j, x := range row {
				m.middle[j] += x / float32(n)
			}
		}
	})
	pieces := m.Pieces(nil, word)
	if len(pieces) == 0 {
		return nil
	}
	out, row := make([]float32, len(m.middle)), make([]float32, len(m.middle))
	for _, p := range pieces {
		if p.ID == m.vocab.unknown {
			return nil
		}
		m.words.row(row, int(p.ID))
		for j, x := range row {
			out[j] += x / float32(len(pieces))
		}
	}
	for j, x := range m.middle {
		out[j] -= x
	}
	return out
}
