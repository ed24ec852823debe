package main

import (
	"errors"
	"io"
	"os"

	"golang.org/x/term"
	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
)

// An output is a file that appears only when there is something to put in it.
// Each write is one call to the system, so that a line is there whole or not
// at all, also where the disk is full.
type output struct {
	path string
	file *os.File
	open bool
	size int64 // bytes of what was written whole

	atOnce bool // what stands at the path stays until all is written
	part   string
}

func (o *output) Write(b []byte) (int, error) {
	if o.path != "" && !o.open {
		if err := o.create(); err != nil {
			return 0, err
		}
	}
	n, err := o.file.Write(b)
	if err != nil && o.open {
		o.file.Truncate(o.size) // of what is no file on a disk, nothing can be taken back
	}
	o.size += int64(n)
	return n, err
}

func (o *output) create() (err error) {
	is, missing := os.Lstat(o.path)
	if o.atOnce && (missing != nil || is.Mode().IsRegular()) {
		part := o.path + ".part"
		os.Remove(part) // of one that was killed
		if o.file, err = os.OpenFile(part, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o666); err != nil {
			return err
		}
		o.open, o.part = true, part
		if missing == nil {
			return o.file.Chmod(is.Mode().Perm())
		}
		return nil
	}
	f, err := os.Create(o.path)
	if err == nil {
		o.file, o.open = f, true
	}
	return err
}

// close ends the output, which went wrong with an error, and gives that with its own.
func (o *output) close(err error) error {
	if !o.open {
		return err
	}
	err = errors.Join(err, o.file.Close())
	switch {
	case o.part == "":
	case err != nil:
		os.Remove(o.part)
	default:
		err = os.Rename(o.part, o.path)
	}
	return err
}

// data is standard output for what programs read. Where it is a terminal, it does
// not show what would steer that.
func (p *program) data() io.Writer {
	if term.IsTerminal(int(p.stdout.Fd())) {
		return tame(p.stdout)
	}
	return p.stdout
}

// dataTo is where a command writes what programs read: its output file, or standard
// output where none is given.
func (p *program) dataTo(o *output) io.Writer {
	if o.path == "" {
		return p.data()
	}
	return o
}

// tame passes on what stands in lines, without what would steer a terminal or turn
// the reading direction.
func tame(to io.Writer) io.Writer {
	return transform.NewWriter(to, runes.Remove(runes.Predicate(func(r rune) bool { return r != '\n' && r != '\t' && steers(r) })))
}
