// File-server serves the files of a directory.
//
//	file-server ADDRESS DIRECTORY
package main

import (
	"log"
	"net/http"
	"os"
)

func main() {
	log.Fatal(http.ListenAndServe(os.Args[1], http.FileServer(http.Dir(os.Args[2]))))
}
