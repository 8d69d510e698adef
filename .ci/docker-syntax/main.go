// Checks docker-compose.yml and the Dockerfile with the parsers and linters of Docker Compose and BuildKit, without Docker:
// docker-syntax DIRECTORY. Exits with 1 on an error or a linter finding.
package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

func main() {
	directory := os.Args[1]
	for name, check := range map[string]func(string) error{"docker-compose.yml": compose, "Dockerfile": dockerfile} {
		if err := check(filepath.Join(directory, name)); err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", name, err)
			os.Exit(1)
		}
		fmt.Printf("%s is well formed\n", name)
	}
}

func compose(path string) error {
	options, err := cli.NewProjectOptions([]string{path}, cli.WithOsEnv)
	if err != nil {
		return err
	}
	_, err = options.LoadProject(context.Background())
	return err
}

func dockerfile(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	tree, err := parser.Parse(file)
	if err != nil {
		return err
	}
	findings := 0
	lint := linter.New(&linter.Config{Warn: func(rule, _, _, message string, _ []parser.Range) {
		findings++
		fmt.Fprintf(os.Stderr, "%s: %s\n", rule, message)
	}})
	if _, _, err = instructions.Parse(tree.AST, lint); err != nil {
		return err
	}
	if findings+len(tree.Warnings) > 0 {
		return fmt.Errorf("%d findings of the linter, %d warnings", findings, len(tree.Warnings))
	}
	return nil
}
