// Wget has those options of busybox's wget that `helm test` uses; the wget of Debian's busybox crashes with -T.
//
//	wget [-q] [-T SECONDS] [-O FILE] URL
package main

import (
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"
)

func main() {
	flag.Bool("q", false, "no progress")
	seconds := flag.Int("T", 900, "timeout in seconds")
	file := flag.String("O", "-", "output file")
	flag.Parse()
	if err := get(flag.Arg(0), *file, time.Duration(*seconds)*time.Second); err != nil {
		fmt.Fprintln(os.Stderr, "wget:", err)
		os.Exit(1)
	}
}

func get(url, file string, timeout time.Duration) error {
	response, err := (&http.Client{Timeout: timeout}).Get(url)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("server returned %s", response.Status)
	}
	out := os.Stdout
	if file != "-" {
		if out, err = os.Create(file); err != nil {
			return err
		}
	}
	_, err = io.Copy(out, response.Body)
	return err
}
