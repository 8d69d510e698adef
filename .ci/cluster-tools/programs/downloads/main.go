// Downloads gets a URL again and again, without retries, until SIGTERM, and counts the failures: each response must have the
// status 200 and the digest of the first one. Half of the workers keep their connections open.
//
//	downloads WORKERS URL
//
// Prints a line for each failure. SIGUSR1 prints the counts since the last one; SIGTERM prints them and ends.
package main

import (
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"sync"
	"syscall"
	"time"
)

type counts struct {
	sync.Mutex
	digest      string
	ok, failed  int
	first, last time.Time
	slowest     time.Duration
}

func main() {
	workers, err := strconv.Atoi(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, "downloads:", err)
		os.Exit(2)
	}
	signals := make(chan os.Signal, 8)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT, syscall.SIGUSR1)
	total := &counts{}
	for i := range workers {
		client := &http.Client{
			Transport: &http.Transport{DisableKeepAlives: i%2 == 0, DisableCompression: true},
			Timeout:   20 * time.Second,
		}
		go repeat(client, os.Args[2], total)
	}
	for s := range signals {
		total.report()
		if s != syscall.SIGUSR1 {
			return
		}
	}
}

func repeat(client *http.Client, url string, total *counts) {
	for {
		started := time.Now()
		digest, err := download(client, url)
		if !total.add(started, digest, err) {
			time.Sleep(45 * time.Millisecond)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

func download(client *http.Client, url string) (string, error) {
	response, err := client.Get(url)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	content := sha256.New()
	if _, err := io.Copy(content, response.Body); err != nil {
		return "", err
	}
	if response.StatusCode != http.StatusOK {
		return "", fmt.Errorf("HTTP %d", response.StatusCode)
	}
	return fmt.Sprintf("%x", content.Sum(nil)), nil
}

func (c *counts) add(started time.Time, digest string, err error) bool {
	c.Lock()
	defer c.Unlock()
	if err == nil && c.digest == "" {
		c.digest = digest
	}
	if err == nil && digest != c.digest {
		err = fmt.Errorf("digest %s, expected %s", digest, c.digest)
	}
	c.slowest = max(c.slowest, time.Since(started))
	if err == nil {
		c.ok++
		return true
	}
	c.failed++
	c.last = time.Now()
	if c.first.IsZero() {
		c.first = started
	}
	fmt.Println(started.UTC().Format("15:04:05.000"), "failed:", err)
	return false
}

// The time from the first failure to the last one says how long clients noticed an outage.
func (c *counts) report() {
	c.Lock()
	defer c.Unlock()
	fmt.Printf("ok %d failed %d within %d ms slowest %d ms\n",
		c.ok, c.failed, c.last.Sub(c.first).Milliseconds(), c.slowest.Milliseconds())
	c.ok, c.failed, c.first, c.last, c.slowest = 0, 0, time.Time{}, time.Time{}, 0
}
