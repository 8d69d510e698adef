// Command go-file-server serves a directory with net/http: the baseline of compare-servers. With a certificate and a key, it
// speaks TLS.
package main

import (
	"crypto/tls"
	"log"
	"net/http"
	"os"
)

func main() {
	files := http.FileServer(http.Dir(os.Args[2]))
	if len(os.Args) > 4 {
		server := &http.Server{
			Addr:    os.Args[1],
			Handler: files,
			// HTTP/1.1, as the other servers
			TLSNextProto: map[string]func(*http.Server, *tls.Conn, http.Handler){},
		}
		log.Fatal(server.ListenAndServeTLS(os.Args[3], os.Args[4]))
	}
	log.Fatal(http.ListenAndServe(os.Args[1], files))
}
