// Runs source-watcher's YAML and glob libraries for tests that compare Sluice with them. A request is a line on stdin: a
// command and its arguments in base64. The response is a line on stdout: "ok" and a result in base64, or "error" and a
// message in base64.
//
//	merge BASE OVERLAY   the merged file, as strategy Merge writes it
//	json FILE            the values of a file, all its documents merged, as JSON
//	check PATTERN        an error if an exclude pattern is invalid
//	match PATTERN PATH   "true" or "false": an exclude pattern and a path
package main

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/bmatcuk/doublestar/v4"
	documents "k8s.io/apimachinery/pkg/util/yaml"
	"sigs.k8s.io/yaml"
)

type values = map[string]any

func main() {
	requests := bufio.NewReaderSize(os.Stdin, 1<<20)
	answers := bufio.NewWriter(os.Stdout)
	for {
		line, err := requests.ReadString('\n')
		if err != nil {
			return
		}
		word, result := "ok", []byte(nil)
		if result, err = answer(strings.Fields(line)); err != nil {
			word, result = "error", []byte(err.Error())
		}
		fmt.Fprintf(answers, "%s %s\n", word, base64.StdEncoding.EncodeToString(result))
		answers.Flush()
	}
}

func answer(request []string) (result []byte, err error) {
	defer func() {
		if broken := recover(); broken != nil {
			err = fmt.Errorf("panic: %v", broken)
		}
	}()
	arguments := make([][]byte, 2)
	for i, argument := range request[1:] {
		// a leading dot, so that an empty argument is not an empty word
		if arguments[i], err = base64.StdEncoding.DecodeString(strings.TrimPrefix(argument, ".")); err != nil {
			return nil, err
		}
	}
	switch request[0] {
	case "merge":
		return merge(arguments[0], arguments[1])
	case "json":
		all, err := read(arguments[0])
		if err != nil {
			return nil, err
		}
		return json.Marshal(all)
	case "check":
		_, err := doublestar.Match(string(arguments[0]), ".")
		return nil, err
	case "match":
		matches := doublestar.MatchUnvalidated(string(arguments[0]), string(arguments[1]))
		return []byte(strconv.FormatBool(matches)), nil
	}
	return nil, fmt.Errorf("unknown request %q", request[0])
}

func merge(base, overlay []byte) ([]byte, error) {
	top, err := read(overlay)
	if err != nil {
		return nil, err
	}
	bottom, err := read(base)
	if err != nil {
		return nil, err
	}
	return yaml.Marshal(put(bottom, top))
}

// read merges the documents of a file, as Helm merges values files.
func read(file []byte) (values, error) {
	all := values{}
	reader := documents.NewYAMLReader(bufio.NewReader(bytes.NewReader(file)))
	for {
		document, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, err
		}
		one := values{}
		if err := yaml.Unmarshal(document, &one); err != nil {
			return nil, err
		}
		all = put(all, one)
	}
}

// put merges a map into another: nested maps recursively, all other values replace.
func put(bottom, top values) values {
	for key, value := range top {
		below, isMap := bottom[key].(values)
		above, bothMaps := value.(values)
		if isMap && bothMaps {
			value = put(below, above)
		}
		if bottom == nil {
			bottom = values{}
		}
		bottom[key] = value
	}
	return bottom
}
