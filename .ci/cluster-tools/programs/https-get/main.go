// Https-get has those options of curl that `helm test` uses with TLS. The image has it under the name curl.
//
//	curl [-sSf | -sSk] [-m SECONDS] [--cacert FILE] [--cert FILE --key FILE] URL
package main

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"
)

func main() {
	flag.Bool("sSf", false, "fail without an error page")
	insecure := flag.Bool("sSk", false, "do not verify the server")
	seconds := flag.Int("m", 300, "timeout in seconds")
	authorities := flag.String("cacert", "", "file with trusted authorities")
	certificate := flag.String("cert", "", "file with the client certificate")
	key := flag.String("key", "", "file with its key")
	flag.Parse()
	configuration, err := configure(*authorities, *certificate, *key)
	if err == nil {
		configuration.InsecureSkipVerify = *insecure
		err = get(flag.Arg(0), configuration, time.Duration(*seconds)*time.Second)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "curl:", err)
		os.Exit(1)
	}
}

func configure(authorities, certificate, key string) (*tls.Config, error) {
	configuration := &tls.Config{}
	if authorities != "" {
		pem, err := os.ReadFile(authorities)
		if err != nil {
			return nil, err
		}
		configuration.RootCAs = x509.NewCertPool()
		if !configuration.RootCAs.AppendCertsFromPEM(pem) {
			return nil, errors.New("no certificate in " + authorities)
		}
	}
	if certificate != "" {
		pair, err := tls.LoadX509KeyPair(certificate, key)
		if err != nil {
			return nil, err
		}
		configuration.Certificates = []tls.Certificate{pair}
	}
	return configuration, nil
}

func get(url string, configuration *tls.Config, timeout time.Duration) error {
	client := &http.Client{Timeout: timeout, Transport: &http.Transport{TLSClientConfig: configuration}}
	response, err := client.Get(url)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode >= http.StatusBadRequest {
		return fmt.Errorf("server returned %s", response.Status)
	}
	_, err = io.Copy(os.Stdout, response.Body)
	return err
}
