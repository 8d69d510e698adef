// Command spiffe-peer is a client and a server on go-spiffe, as Flux's controllers are.
//
//	spiffe-peer fetch -id ID -for DURATION [-keep] URL   downloads again and again; exits with 1 if a download fails
//	spiffe-peer serve -id ID -file FILE                  serves a file on a free port, which it prints
//	spiffe-peer api -socket PATH -domain TD -path PATH   a Workload API, with new SVIDs and authorities at intervals
//
// The address of the Workload API is in SPIFFE_ENDPOINT_SOCKET.
package main

import (
	"context"
	"crypto/sha256"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/spiffe/go-spiffe/v2/spiffeid"
	"github.com/spiffe/go-spiffe/v2/spiffetls/tlsconfig"
	"github.com/spiffe/go-spiffe/v2/workloadapi"
)

func main() {
	if len(os.Args) < 2 {
		fail("usage: spiffe-peer fetch|serve|api")
	}
	flags := flag.NewFlagSet(os.Args[1], flag.ExitOnError)
	switch os.Args[1] {
	case "fetch":
		id := flags.String("id", "", "ID of the server")
		duration := flags.Duration("for", 0, "time to download again and again")
		clients := flags.Int("clients", 1, "number of concurrent clients")
		keep := flags.Bool("keep", false, "keep connections")
		flags.Parse(os.Args[2:])
		fetch(*id, flags.Arg(0), *duration, *clients, *keep)
	case "serve":
		id := flags.String("id", "", "ID of clients")
		file := flags.String("file", "", "file to serve")
		flags.Parse(os.Args[2:])
		serve(*id, *file)
	case "api":
		var options apiOptions
		flags.StringVar(&options.socket, "socket", "", "path of the socket")
		flags.StringVar(&options.domain, "domain", "", "trust domain")
		flags.StringVar(&options.path, "path", "", "path of the SPIFFE ID")
		flags.DurationVar(&options.svids, "svids", time.Hour, "interval between new SVIDs")
		flags.DurationVar(&options.authorities, "authorities", time.Hour, "interval between new authorities")
		flags.Parse(os.Args[2:])
		serveAPI(options)
	default:
		fail("unknown command " + os.Args[1])
	}
}

func source(ctx context.Context) *workloadapi.X509Source {
	limited, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	source, err := workloadapi.NewX509Source(limited)
	check(err)
	return source
}

// authorizer accepts one ID, or all of a trust domain if there is no path.
func authorizer(text string) tlsconfig.Authorizer {
	id := spiffeid.RequireFromString(text)
	if id.Path() == "" {
		return tlsconfig.AuthorizeMemberOf(id.TrustDomain())
	}
	return tlsconfig.AuthorizeID(id)
}

func fetch(id, url string, duration time.Duration, clients int, keep bool) {
	ctx := context.Background()
	identity := source(ctx)
	end := time.Now().Add(duration)
	var lock sync.Mutex
	var group sync.WaitGroup
	downloads, failures := 0, map[string]int{}
	first := ""
	for i := 0; i < clients; i++ {
		client := &http.Client{Timeout: time.Minute, Transport: &http.Transport{
			TLSClientConfig:   tlsconfig.MTLSClientConfig(identity, identity, authorizer(id)),
			DisableKeepAlives: !keep,
		}}
		group.Add(1)
		go func() {
			defer group.Done()
			for once := true; once || time.Now().Before(end); once = false {
				digest, err := download(client, url)
				lock.Lock()
				if err != nil {
					failures[err.Error()]++
				} else if first != "" && digest != first {
					failures["another content"]++
				} else {
					first = digest
					downloads++
				}
				lock.Unlock()
			}
		}()
	}
	group.Wait()
	fmt.Printf("downloads=%d failures=%d sha256:%s\n", downloads, sum(failures), first)
	for reason, count := range failures {
		fmt.Printf("%d times: %s\n", count, reason)
	}
	if len(failures) > 0 {
		os.Exit(1)
	}
}

func sum(failures map[string]int) (all int) {
	for _, count := range failures {
		all += count
	}
	return all
}

func download(client *http.Client, url string) (string, error) {
	response, err := client.Get(url)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, response.Body); err != nil {
		return "", err
	}
	if response.StatusCode != http.StatusOK {
		return "", fmt.Errorf("HTTP %d", response.StatusCode)
	}
	return fmt.Sprintf("%x", hash.Sum(nil)), nil
}

func serve(id, file string) {
	identity := source(context.Background())
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	check(err)
	server := &http.Server{
		Handler:           http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, file) }),
		TLSConfig:         tlsconfig.MTLSServerConfig(identity, identity, authorizer(id)),
		ReadHeaderTimeout: 10 * time.Second,
	}
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	go endWithStdin()
	check(server.ServeTLS(listener, "", ""))
}

// endWithStdin ends the process with the test that started it.
func endWithStdin() {
	io.Copy(io.Discard, os.Stdin)
	os.Exit(0)
}

func check(err error) {
	if err != nil {
		fail(strings.ReplaceAll(err.Error(), "\n", " "))
	}
}

func fail(message string) {
	fmt.Fprintln(os.Stderr, message)
	os.Exit(1)
}
