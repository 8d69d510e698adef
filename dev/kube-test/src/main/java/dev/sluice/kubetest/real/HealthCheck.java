package dev.sluice.kubetest.real;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Checks whether a server responds, without the Kubernetes client. */
final class HealthCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final HttpClient http;
    private final URI server;
    private final HttpRequest.Builder request;

    private HealthCheck(HttpClient http, URI server, HttpRequest.Builder request) {
        this.http = http;
        this.server = server;
        this.request = request.timeout(PATIENCE);
    }

    static HealthCheck plain(URI server) {
        return new HealthCheck(client().build(), server, HttpRequest.newBuilder());
    }

    /** Keeps its connection: a handshake for each check would take more processor time than the check. */
    static HealthCheck secure(URI server, Path authority, String token) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder().header("Authorization", "Bearer " + token);
        return new HealthCheck(clientThatTrusts(authority), server, request);
    }

    static HttpClient clientThatTrusts(Path authority) throws IOException {
        return client().sslContext(trusting(authority)).build();
    }

    boolean isOk(String path) throws InterruptedException {
        try {
            return status(path, request.copy().GET()) == 200;
        } catch (IOException e) {
            return false;
        }
    }

    int post(String path, String json) throws IOException, InterruptedException {
        return status(path, request.copy().POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    private int status(String path, HttpRequest.Builder to) throws IOException, InterruptedException {
        HttpRequest built = to.uri(server.resolve(path)).build();
        return http.send(built, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static HttpClient.Builder client() {
        return HttpClient.newBuilder().connectTimeout(PATIENCE);
    }

    private static SSLContext trusting(Path authority) throws IOException {
        try (InputStream pem = Files.newInputStream(authority)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("authority-" + number++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("cannot read the certificates in " + authority, e);
        }
    }
}
