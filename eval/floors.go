package eval

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
)

// Floors are the bounds that a change must not fall through: by data, then by
// measure.
type Floors map[string]map[string]Bound

// A Bound is the least or the most that a measure may be.
type Bound struct {
	Min *float64 `json:"min,omitempty"`
	Max *float64 `json:"max,omitempty"`
}

//go:embed floors.json
var ownFloors []byte

// OwnFloors are the project's own, from floors.json.
func OwnFloors() (Floors, error) { return parseFloors(ownFloors, "eval/floors.json") }

// ReadFloors reads a file of floors, refusing what it does not know.
func ReadFloors(file string) (Floors, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return parseFloors(b, file)
}

func parseFloors(b []byte, file string) (Floors, error) {
	var floors Floors
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(&floors); err != nil {
		return nil, fmt.Errorf("floors in %s: %w", file, err)
	}
	return floors, nil
}

// Check says what fell below its floor, as one error that names it all, or
// nil. Data that were not measured are passed over; a floor under a measure
// that does not exist is an error.
func (f Floors) Check(tables []Table) error {
	var fell []error
	for _, t := range tables {
		values := map[string]float64{}
		for _, m := range t.Measures {
			values[m.Name] = m.Value
		}
		for _, name := range slices.Sorted(maps.Keys(f[t.Data])) {
			bound := f[t.Data][name]
			got, ok := values[name]
			switch {
			case !ok:
				fell = append(fell, fmt.Errorf("%s: there is a floor for %q, but no such measure", t.Data, name))
			case bound.Min != nil && got < *bound.Min:
				fell = append(fell, fmt.Errorf("%s: %s is %.1f, below its floor of %g", t.Data, name, got, *bound.Min))
			case bound.Max != nil && got > *bound.Max:
				fell = append(fell, fmt.Errorf("%s: %s is %.1f, above its ceiling of %g", t.Data, name, got, *bound.Max))
			}
		}
	}
	return errors.Join(fell...)
}

func (b Bound) String() string {
	switch {
	case b.Min != nil:
		return fmt.Sprintf("≥ %g", *b.Min)
	case b.Max != nil:
		return fmt.Sprintf("≤ %g", *b.Max)
	}
	return ""
}
