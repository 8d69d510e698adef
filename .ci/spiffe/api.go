package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"math/big"
	"net"
	"net/url"
	"sync"
	"time"

	"github.com/spiffe/go-spiffe/v2/proto/spiffe/workload"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

type apiOptions struct {
	socket, domain, path string
	svids, authorities   time.Duration
}

type authority struct {
	key         *ecdsa.PrivateKey
	certificate *x509.Certificate
}

// api issues SVIDs. A new authority is in the bundle for one interval before it signs, and for one after.
type api struct {
	workload.UnimplementedSpiffeWorkloadAPIServer
	options     apiOptions
	lock        sync.Mutex
	authorities []authority
	response    *workload.X509SVIDResponse
	changed     chan struct{}
}

func serveAPI(options apiOptions) {
	server := &api{options: options, changed: make(chan struct{})}
	server.authorities = []authority{newAuthority(options.domain), newAuthority(options.domain)}
	server.issue()
	go server.every(options.svids, func() {})
	go server.every(options.authorities, func() {
		server.authorities = append(server.authorities, newAuthority(options.domain))
		if len(server.authorities) > 3 {
			server.authorities = server.authorities[1:]
		}
	})
	listener, err := net.Listen("unix", options.socket)
	check(err)
	fmt.Println("listening")
	go endWithStdin()
	grpcServer := grpc.NewServer()
	workload.RegisterSpiffeWorkloadAPIServer(grpcServer, server)
	check(grpcServer.Serve(listener))
}

func (a *api) every(interval time.Duration, change func()) {
	for range time.Tick(interval) {
		a.lock.Lock()
		change()
		a.lock.Unlock()
		a.issue()
	}
}

// issue signs a new SVID with the last authority but one, which all bundles have.
func (a *api) issue() {
	a.lock.Lock()
	defer a.lock.Unlock()
	signer := a.authorities[len(a.authorities)-2]
	key := newKey()
	id := &url.URL{Scheme: "spiffe", Host: a.options.domain, Path: a.options.path}
	svid := sign(&x509.Certificate{
		Subject:     pkix.Name{CommonName: "svid"},
		URIs:        []*url.URL{id},
		KeyUsage:    x509.KeyUsageDigitalSignature,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}, signer.certificate, key, signer.key)
	encoded, err := x509.MarshalPKCS8PrivateKey(key)
	check(err)
	var bundle []byte
	for _, authority := range a.authorities {
		bundle = append(bundle, authority.certificate.Raw...)
	}
	a.response = &workload.X509SVIDResponse{Svids: []*workload.X509SVID{
		{SpiffeId: id.String(), X509Svid: svid.Raw, X509SvidKey: encoded, Bundle: bundle},
	}}
	close(a.changed)
	a.changed = make(chan struct{})
}

func (a *api) FetchX509SVID(_ *workload.X509SVIDRequest, stream workload.SpiffeWorkloadAPI_FetchX509SVIDServer) error {
	headers, _ := metadata.FromIncomingContext(stream.Context())
	if values := headers.Get("workload.spiffe.io"); len(values) != 1 || values[0] != "true" {
		return status.Error(codes.InvalidArgument, "security header missing from request")
	}
	for {
		a.lock.Lock()
		response, changed := a.response, a.changed
		a.lock.Unlock()
		if err := stream.Send(response); err != nil {
			return err
		}
		select {
		case <-changed:
		case <-stream.Context().Done():
			return nil
		}
	}
}

func newAuthority(domain string) authority {
	key := newKey()
	template := &x509.Certificate{
		Subject:               pkix.Name{CommonName: "authority"},
		URIs:                  []*url.URL{{Scheme: "spiffe", Host: domain}},
		IsCA:                  true,
		BasicConstraintsValid: true,
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
	}
	return authority{key, sign(template, template, key, key)}
}

func newKey() *ecdsa.PrivateKey {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	check(err)
	return key
}

func sign(template, parent *x509.Certificate, key, signer *ecdsa.PrivateKey) *x509.Certificate {
	template.NotBefore = time.Now().Add(-time.Minute)
	template.NotAfter = time.Now().Add(time.Hour)
	serial, err := rand.Int(rand.Reader, big.NewInt(1<<62))
	check(err)
	template.SerialNumber = serial
	encoded, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, signer)
	check(err)
	certificate, err := x509.ParseCertificate(encoded)
	check(err)
	return certificate
}
