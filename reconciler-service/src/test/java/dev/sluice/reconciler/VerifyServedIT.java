package dev.sluice.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.sluice.artifact.spiffe.AuthorizedSpiffeIds;
import dev.sluice.artifact.spiffe.FakeWorkloadApi;
import dev.sluice.artifact.spiffe.SpiffeTls;
import dev.sluice.artifact.spiffe.TrustDomain;
import dev.sluice.artifact.spiffe.WorkloadIdentity;
import dev.sluice.artifact.tls.ReloadingTls;
import dev.sluice.artifact.tls.SecretVolume;
import dev.sluice.artifact.tls.TestAuthority;
import dev.sluice.artifact.tls.TlsSource;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import dev.sluice.kubetest.junit.TestedApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources and published artifacts over TLS, from an artifact server that shows new files late, as with a network file system. */
@KubernetesTest(
        value = {TestedApi.REAL, TestedApi.IN_MEMORY},
        firstAvailable = true)
class VerifyServedIT {

    @TempDir
    Path temporary;

    private final AtomicInteger refused = new AtomicInteger();
    private final List<AutoCloseable> open = new ArrayList<>();
    private volatile boolean late;
    private KubernetesApi kubernetes;
    private Cluster cluster;
    private Namespaced given;
    private Path storage;

    @BeforeEach
    void prepare(KubernetesApi api, @TestNamespace String namespace) throws IOException {
        kubernetes = api;
        cluster = new Cluster(api.newClient());
        cluster.installCrds();
        given = new Namespaced(cluster, namespace);
        storage = Files.createDirectory(temporary.resolve("storage"));
    }

    private LocalSources start(String scheme, TlsSource tls, String... flags) throws IOException {
        LocalSources sources = new LocalSources(
                cluster, Files.createDirectory(temporary.resolve("sources")), scheme, options -> options.withTls(tls));
        open.add(sources);
        sources.publish(given.key("app"), "main@sha1:1", Map.of("a/x.yaml", "x: 1\n"));
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls.context()) {
            @Override
            public void configure(HttpsParameters connection) {
                connection.setSSLParameters(tls.serverParameters());
            }
        });
        server.createContext("/", this::serve);
        server.start();
        open.add(() -> server.stop(0));
        List<String> all = new ArrayList<>(List.of(flags));
        all.add("--verify-served");
        all.add("--storage-adv-addr=" + scheme + "://127.0.0.1:"
                + server.getAddress().getPort());
        open.add(RunningReconciler.start(kubernetes, storage, all.toArray(String[]::new)));
        return sources;
    }

    private void serve(HttpExchange exchange) throws IOException {
        Path file = storage.resolve(exchange.getRequestURI().getPath().substring(1));
        try (exchange) {
            if (late || !Files.exists(file)) {
                refused.incrementAndGet();
                exchange.sendResponseHeaders(404, -1);
            } else {
                exchange.sendResponseHeaders(200, Files.size(file));
                Files.copy(file, exchange.getResponseBody());
            }
        }
    }

    @AfterEach
    void stop() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    @Test
    void keepsTheOldArtifactUntilTheNewOneIsServed() throws IOException {
        TestAuthority authority = new TestAuthority("authority");
        SecretVolume secret = new SecretVolume(temporary.resolve("tls"));
        secret.write(authority.issue(), authority.pem());
        LocalSources sources =
                start("https", ReloadingTls.of(secret.serverFiles()), "--ca-file=" + secret.authorities());
        given.generator("one", "");
        given.awaitArtifact("one");
        given.awaitReady("one");
        String version = given.version("one");
        String oldRevision = given.artifact("one").revision();
        assertThat(given.artifact("one").url()).startsWith("https://");

        late = true;
        sources.publish(given.key("app"), "main@sha1:2", Map.of("a/x.yaml", "x: 2\n"));
        await().atMost(Namespaced.LIMIT).until(() -> refused.get() >= 3 && !given.isReady("one"));

        assertThat(given.version("one")).isEqualTo(version);
        assertThat(Namespaced.file(storage, given.artifact("one"))).exists();

        late = false;
        await().atMost(Namespaced.LIMIT)
                .until(() -> !given.artifact("one").revision().equals(oldRevision));
        given.awaitReady("one");
    }

    @Test
    void downloadsFromAuthorizedSpiffeIdsOnly() throws IOException {
        TrustDomain domain = new TrustDomain("own.org");
        FakeWorkloadApi servers = FakeWorkloadApi.open(temporary.resolve("servers.sock"));
        FakeWorkloadApi reconciler = FakeWorkloadApi.open(temporary.resolve("reconciler.sock"));
        WorkloadIdentity identity = WorkloadIdentity.open(servers.address());
        open.addAll(List.of(servers, reconciler, identity));
        SpiffeTls tls = SpiffeTls.of(identity, AuthorizedSpiffeIds.parse(List.of("spiffe://self/source-watcher")));
        reconciler.publish(domain.update("/source-watcher"));
        servers.publish(domain.update("/intruder"));
        await().atMost(Namespaced.LIMIT).until(() -> tls.state().usable());
        LocalSources sources = start(
                "http",
                tls,
                "--authorized-artifact-server-spiffe-id=spiffe://self/flux",
                "--spiffe-endpoint-socket=" + reconciler.address());
        given.generator("one", "");
        await().ignoreExceptions()
                .atMost(Namespaced.LIMIT)
                .untilAsserted(() -> assertThat(
                                String.valueOf(Objects.requireNonNull(cluster.generator(given.key("one"))
                                                .orElseThrow()
                                                .status())
                                        .conditions()))
                        .contains("the peer's SPIFFE ID \"spiffe://own.org/intruder\" is not authorized; expected"
                                + " spiffe://self/flux (the own ID is \"spiffe://own.org/source-watcher\")"));

        servers.publish(domain.update("/flux"));
        await().atMost(Namespaced.LIMIT).until(() -> tls.state().detail().contains("spiffe://own.org/flux"));
        sources.publish(given.key("app"), "main@sha1:2", Map.of("a/x.yaml", "x: 2\n"));
        given.awaitArtifact("one");
        given.awaitReady("one");
        assertThat(given.artifact("one").url()).startsWith("http://");
    }
}
