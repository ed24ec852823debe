package encoder

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"math"
)

// A weights file, as train/weights.py writes it:
//
//	"QUOTHWT1" | uint32 length of the header | header, JSON | padding to 64
//	tensors, each padded to 64 | SHA-256 of all before it
//
// A tensor is f32, f16, or i8: one float32 scale a row, padded to 64, then
// rows of signed bytes.
const magic = "QUOTHWT1"

type header struct {
	Name    string          `json:"name"`
	Config  Config          `json:"config"`
	Meta    json.RawMessage `json:"meta"`
	Vocab   []string        `json:"vocab"`
	Tensors []entry         `json:"tensors"`
}

type entry struct {
	Name   string `json:"name"`
	Type   string `json:"type"`
	Shape  []int  `json:"shape"`
	Offset int    `json:"offset"`
}

// A Tensor is a named array of the weights file. Data is in row-major order.
type Tensor struct {
	Shape []int
	Data  []float32
}

// stored is a tensor as the file holds it.
type stored struct {
	kind  string
	shape []int
	rows  int
	cols  int
	scale []byte // float32 a row, i8 only
	data  []byte
}

type file struct {
	header  header
	tensors map[string]stored
}

func open(b []byte) (*file, error) {
	bad := func(format string, a ...any) error {
		return fmt.Errorf("weights: "+format+"; take the file that came with this release, whole", a...)
	}
	if len(b) < len(magic)+4+sha256.Size || !bytes.HasPrefix(b, []byte("QUOTHWT")) {
		return nil, bad("not a weights file (%d bytes)", len(b))
	}
	if string(b[:len(magic)]) != magic {
		return nil, bad("version %q, where this program reads %q", b[:len(magic)], magic)
	}
	body := b[:len(b)-sha256.Size]
	if sum := sha256.Sum256(body); !bytes.Equal(sum[:], b[len(body):]) {
		return nil, bad("altered or cut off (%d bytes, and their SHA-256 is not the one written)", len(b))
	}
	n := int(binary.LittleEndian.Uint32(b[len(magic):]))
	start := len(magic) + 4
	if n > len(body)-start {
		return nil, bad("the header is longer than the file")
	}
	f := &file{tensors: map[string]stored{}}
	if err := json.Unmarshal(body[start:start+n], &f.header); err != nil {
		return nil, bad("header: %v", err)
	}
	data := body[min(up(start+n, 64), len(body)):]
	for _, e := range f.header.Tensors {
		size := 1
		for _, d := range e.Shape {
			if d < 1 || d > 1<<26 || size > 1<<28/d {
				return nil, bad("tensor %s of %s has shape %v", e.Name, f.header.Name, e.Shape)
			}
			size *= d
		}
		s := stored{kind: e.Type, shape: e.Shape, rows: 1, cols: size}
		if len(e.Shape) > 1 {
			s.rows = e.Shape[0]
			s.cols = size / s.rows
		}
		width, ok := map[string]int{"f32": 4, "f16": 2, "i8": 1}[e.Type]
		skip := 0
		if e.Type == "i8" {
			skip = up(4*s.rows, 64)
		}
		if !ok || e.Offset < 0 || e.Offset > len(data) || len(data)-e.Offset < skip+size*width {
			return nil, bad("tensor %s of %s lies outside the file or has an unknown type %q", e.Name, f.header.Name, e.Type)
		}
		at := data[e.Offset:]
		s.scale, s.data = at[:skip], at[skip:skip+size*width]
		f.tensors[e.Name] = s
	}
	return f, nil
}

// tensor finds a tensor by name and shape; -1 in the shape fits any length.
func (f *file) tensor(name string, shape ...int) (stored, error) {
	s, ok := f.tensors[name]
	if !ok {
		return s, fmt.Errorf("weights %s: no tensor %s", f.header.Name, name)
	}
	fits := len(shape) == len(s.shape)
	for i := 0; fits && i < len(shape); i++ {
		fits = shape[i] < 0 || shape[i] == s.shape[i]
	}
	if !fits {
		return s, fmt.Errorf("weights %s: tensor %s has shape %v, not %v", f.header.Name, name, s.shape, shape)
	}
	return s, nil
}

// scaleOf is the scale of one row of signed bytes.
func (s *stored) scaleOf(i int) float32 {
	return math.Float32frombits(binary.LittleEndian.Uint32(s.scale[4*i:]))
}

// part is some of the rows.
func (s stored) part(from, rows int) stored {
	width := len(s.data) / s.rows
	if s.kind == "i8" {
		s.scale = s.scale[4*from:]
	}
	s.data, s.rows = s.data[from*width:(from+rows)*width], rows
	return s
}

// row writes the values of one row to dst.
func (s *stored) row(dst []float32, i int) {
	switch s.kind {
	case "i8":
		scale := s.scaleOf(i)
		data := s.data[i*s.cols : (i+1)*s.cols]
		dst = dst[:len(data)]
		for j, q := range data {
			dst[j] = float32(int8(q)) * scale
		}
	case "f16":
		for j := range s.cols {
			dst[j] = half(binary.LittleEndian.Uint16(s.data[2*(i*s.cols+j):]))
		}
	default:
		for j := range s.cols {
			dst[j] = math.Float32frombits(binary.LittleEndian.Uint32(s.data[4*(i*s.cols+j):]))
		}
	}
}

// floats gives all values.
func (s *stored) floats() []float32 {
	out := make([]float32, s.rows*s.cols)
	for i := range s.rows {
		s.row(out[i*s.cols:(i+1)*s.cols], i)
	}
	return out
}

// half is the value of an IEEE 754 half-precision number.
func half(h uint16) float32 {
	sign, exp, frac := uint32(h>>15)<<31, uint32(h>>10&31), uint32(h&1023)
	switch exp {
	case 0:
		v := float32(frac) / (1 << 24)
		return math.Float32frombits(math.Float32bits(v) | sign)
	case 31:
		return math.Float32frombits(sign | 255<<23 | frac<<13)
	}
	return math.Float32frombits(sign | (exp+112)<<23 | frac<<13)
}
