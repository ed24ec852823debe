// Quoth reads the news and keeps the record: who said what, to whom, through
// which channel, when, and whether they confirmed it, denied it, or did
// neither.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"reflect"
	"strings"
	"syscall"

	"github.com/alecthomas/kong"

	"github.com/quothnews/quoth/internal/encoder"
	"github.com/quothnews/quoth/internal/source"
	"github.com/quothnews/quoth/model"
	"github.com/quothnews/quoth/read"
)

const version = "0.1.0"

// Exit statuses.
const (
	exitOK    = 0
	exitSome  = 1 // something could not be read
	exitUsage = 2
)

// errSome says that some inputs could not be read; each has been named.
var errSome = errors.New("some inputs could not be read")

// program is what every command is given.
type program struct {
	ctx            context.Context
	stdin          io.Reader
	stdout, stderr *os.File
}

// reader makes the reader with the weights that the binary carries.
func (p *program) reader() (*read.Reader, error) { return read.New(model.Weights) }

// open opens a file, or standard input for "-", to be read until the user asks
// the program to stop.
func (p *program) open(name string) (in io.Reader, done func(), err error) {
	if name == "-" {
		in, done = source.Stoppable(p.ctx, p.stdin)
		return in, done, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	return f, func() { f.Close() }, nil
}

type commands struct {
	Read    readCmd    `cmd:"" help:"Show who said what in articles."`
	Add     addCmd     `cmd:"" help:"Read articles and keep their records in the store."`
	Remove  removeCmd  `cmd:"" help:"Take articles out of the store that were added by mistake."`
	Feed    feedCmd    `cmd:"" help:"Subscribe to feeds, and read what is new in them."`
	Watch   watchCmd   `cmd:"" help:"Read what is new in the feeds until stopped."`
	Search  searchCmd  `cmd:"" help:"Find statements in the store."`
	Claims  claimsCmd  `cmd:"" help:"Join statements that speak of the same thing, and show who stands where."`
	Reread  rereadCmd  `cmd:"" help:"Read the stored pages again that another model or version read."`
	Verify  verifyCmd  `cmd:"" help:"Check everything that the store keeps."`
	Export  exportCmd  `cmd:"" help:"Write out what the store keeps."`
	Import  importCmd  `cmd:"" help:"Take in what was exported."`
	Eval    evalCmd    `cmd:"" help:"Measure how well articles are read."`
	Bench   benchCmd   `cmd:"" help:"Measure how fast articles are read."`
	Desk    deskCmd    `cmd:"" help:"Open the store in the browser: search, check, correct."`
	Version versionCmd `cmd:"" help:"Print the version of the program and of its model."`
}

func main() {
	ctx, stop := interruptible()
	status := run(&program{ctx, os.Stdin, os.Stdout, os.Stderr}, os.Args[1:])
	stop()
	os.Exit(status)
}

// interruptible is a context that ends when the user asks the program to stop.
func interruptible() (context.Context, context.CancelFunc) {
	return signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
}

func run(p *program, args []string) int {
	var c commands
	status := -1
	k, err := kong.New(&c, kong.Name("quoth"), kong.UsageOnError(), kong.Writers(p.stdout, p.stderr), kong.Exit(func(s int) { status = s }),
		kong.KindMapper(reflect.String, kong.MapperFunc(asGiven)),
		kong.Description("Quoth reads the news and keeps the record of who said what."),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, NoExpandSubcommands: true}))
	if err != nil {
		fmt.Fprintln(p.stderr, "quoth:", err)
		return exitUsage
	}
	chosen, err := k.Parse(args)
	if status >= 0 { // help was asked for
		return status
	}
	if err != nil {
		help := "quoth"
		if at := new(kong.ParseError); errors.As(err, &at) && at.Context.Selected() != nil {
			help = at.Context.Selected().FullPath()
		}
		p.complain(err)
		fmt.Fprintf(p.stderr, "Try %s --help.\n", help)
		return exitUsage
	}
	switch err := chosen.Run(p); {
	case err == nil:
		return exitOK
	case errors.Is(err, errSome):
		return exitSome
	case p.ctx.Err() != nil && errors.Is(err, context.Canceled):
		fmt.Fprintln(p.stderr, "quoth: stopped")
		return exitSome
	default:
		p.complain(err)
		return exitSome
	}
}

// complain tells an error, which may hold names that others chose.
func (p *program) complain(err error) {
	lines := strings.Split(err.Error(), "\n")
	for i := range lines {
		lines[i] = printable(lines[i])
	}
	fmt.Fprintln(p.stderr, "quoth:", strings.Join(lines, "\n"))
}

// asGiven takes an argument as its bytes are: the name of a file need not be UTF-8.
func asGiven(c *kong.DecodeContext, target reflect.Value) error {
	t, err := c.Scan.PopValue("text")
	if err == nil {
		target.SetString(t.String())
	}
	return err
}

type versionCmd struct{}

// Run prints the versions.
func (*versionCmd) Run(p *program) error {
	name, err := encoder.Name(model.Weights)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.stdout, "quoth %s, model %s\n", version, name)
	return err
}
