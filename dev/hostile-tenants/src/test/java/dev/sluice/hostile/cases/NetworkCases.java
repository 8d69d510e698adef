package dev.sluice.hostile.cases;

import com.sun.net.httpserver.HttpHandler;
import dev.sluice.hostile.harness.Attack;
import dev.sluice.hostile.harness.ExpectedMessage;
import dev.sluice.hostile.harness.FluxDigest;
import dev.sluice.hostile.harness.GeneratorSpec;
import dev.sluice.hostile.harness.HostileCase;
import dev.sluice.hostile.harness.ResourceKind;
import dev.sluice.hostile.harness.SourceObjects;
import dev.sluice.hostile.harness.Tenant;
import dev.sluice.hostile.harness.Victim;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** URLs and responses that delay the fetches of others, or that probe the internal network. */
final class NetworkCases {

    private static final String DIGEST = "sha256:" + "2".repeat(64);

    /** Response of an internal service, which must not be disclosed. */
    private static final String SECRET = "internal-secret-response";

    private static final int MAX_THREADS = 250;

    /** Values of Retry-After, used in turn. */
    private static final List<String> RETRY_AFTER = List.of(
            "99999999",
            "-1",
            "0",
            "9".repeat(400),
            "Fri, 31 Dec 9999 23:59:59 GMT",
            "Thu, 01 Jan 1970 00:00:00 GMT",
            "soon",
            "1e9");

    private NetworkCases() {}

    static List<HostileCase> all() {
        String digestOfSecret =
                FluxDigest.of(SECRET.getBytes(StandardCharsets.UTF_8)).substring(7);
        return List.of(
                hanging(
                        "ten sources that send one byte every fifty seconds",
                        NetworkCases::slow,
                        ExpectedMessage.containing("--source-min-rate").inLongRuns()),
                hanging("thirty sources that never respond", NetworkCases::silent, ExpectedMessage.none()),
                network(
                        "URLs on the shared host that respond with 500",
                        tenant -> failing(tenant, 500),
                        ExpectedMessage.containing("app", "500")),
                network(
                        "URLs on the shared host that respond with 503 and a Retry-After of years",
                        tenant -> failing(tenant, 503),
                        ExpectedMessage.containing("app")),
                network(
                        "URLs on the shared host that respond with 429",
                        tenant -> failing(tenant, 429),
                        ExpectedMessage.containing("app")),
                hanging(
                        "TLS to the shared host, which serves plain HTTP",
                        NetworkCases::wrongProtocol,
                        ExpectedMessage.containing("TLS handshake")),
                network(
                        "connections that the shared host closes",
                        NetworkCases::closed,
                        ExpectedMessage.containing("app")),
                network(
                        "redirects to an internal address",
                        NetworkCases::redirectInside,
                        ExpectedMessage.containing("app").forbidding(SECRET, digestOfSecret, "/internal/metadata")),
                network(
                        "URLs of an internal address",
                        NetworkCases::inside,
                        ExpectedMessage.containing("app").forbidding(SECRET, digestOfSecret)),
                network("endless redirects", NetworkCases::redirectLoop, ExpectedMessage.containing("app")),
                network(
                        "redirects to the victim's file",
                        NetworkCases::redirectToVictim,
                        ExpectedMessage.containing("app")),
                network("a server that does not speak HTTP", NetworkCases::garbage, ExpectedMessage.containing("app")),
                hanging("endless response headers", NetworkCases::headers, ExpectedMessage.none()),
                hanging("endless interim responses", NetworkCases::interim, ExpectedMessage.none()),
                network("a Content-Length of exabytes", NetworkCases::lengths, ExpectedMessage.containing("app")),
                network(
                        "closed ports of the shared host",
                        NetworkCases::closedPorts,
                        ExpectedMessage.containing("app")),
                network(
                                "host names whose lookup never ends",
                                NetworkCases::names,
                                ExpectedMessage.containing("app", "name lookup"))
                        .withFinalCheck(NetworkCases::threads),
                hanging("response headers at one byte per second", NetworkCases::slowHeaders, ExpectedMessage.none()));
    }

    private static HostileCase hanging(String name, Attack attack, ExpectedMessage expected) {
        return new HostileCase("hanging", name, attack, expected);
    }

    private static HostileCase network(String name, Attack attack, ExpectedMessage expected) {
        return new HostileCase("network", name, attack, expected);
    }

    private static void fetch(Tenant tenant, int number, String url) {
        String name = "app-" + number;
        tenant.source(ResourceKind.GIT_REPOSITORY, name, SourceObjects.artifact(url, DIGEST, "r"));
        tenant.generator(name, GeneratorSpec.from(name).artifact(name, "@" + name + "/**"));
    }

    private static String offer(Tenant tenant, int number, HttpHandler answer) {
        return tenant.host().offer("/gitrepository/%s/%d.tar.gz".formatted(tenant.namespace(), number), answer);
    }

    private static void slow(Tenant tenant) {
        for (int i = 0; i < 10; i++) {
            fetch(tenant, i, offer(tenant, i, HostileResponses.slowly(tenant, Duration.ofSeconds(50))));
        }
    }

    private static void silent(Tenant tenant) {
        for (int i = 0; i < 30; i++) {
            fetch(tenant, i, offer(tenant, i, HostileResponses.silence(tenant)));
        }
    }

    /** Different URLs, each fetched repeatedly. The requests only cause the fetches, so a build sends fewer of them. */
    private static void failing(Tenant tenant, int code) {
        int sources = tenant.count(RETRY_AFTER.size(), 15);
        for (int i = 0; i < sources; i++) {
            String after = RETRY_AFTER.get(i % RETRY_AFTER.size());
            fetch(tenant, i, offer(tenant, i, HostileResponses.status(code, "Retry-After", after)));
        }
        AtomicInteger next = new AtomicInteger();
        tenant.repeat(() -> {
            for (int i = 0; i < tenant.count(2, 15); i++) {
                tenant.requestReconciliation("app-" + next.getAndIncrement() % sources);
            }
        });
    }

    private static void wrongProtocol(Tenant tenant) {
        for (int i = 0; i < 10; i++) {
            fetch(tenant, i, "https://%s/x%d.tar.gz".formatted(tenant.host().address(), i));
        }
    }

    private static void closed(Tenant tenant) {
        for (int i = 0; i < 10; i++) {
            fetch(tenant, i, offer(tenant, i, exchange -> {
                throw new IOException("closed");
            }));
        }
    }

    private static void closedPorts(Tenant tenant) {
        for (int i = 0; i < 10; i++) {
            fetch(tenant, i, "http://127.0.0.1:%d/x.tar.gz".formatted(i + 1));
        }
    }

    private static String internal(Tenant tenant) {
        return tenant.host()
                .offer(
                        "/gitrepository/" + tenant.namespace() + "/internal/metadata",
                        SECRET.getBytes(StandardCharsets.UTF_8));
    }

    private static void redirectInside(Tenant tenant) {
        String secret = internal(tenant);
        for (int i = 0; i < 3; i++) {
            fetch(tenant, i, offer(tenant, i, HostileResponses.redirect(secret)));
        }
    }

    private static void inside(Tenant tenant) {
        fetch(tenant, 0, internal(tenant));
        fetch(tenant, 1, internal(tenant) + "?again");
    }

    private static void redirectLoop(Tenant tenant) {
        String first =
                "http://%s/gitrepository/%s/0.tar.gz".formatted(tenant.host().address(), tenant.namespace());
        fetch(tenant, 1, offer(tenant, 1, HostileResponses.redirect(first)));
        fetch(tenant, 0, offer(tenant, 0, HostileResponses.redirect(first.replace("/0.", "/1."))));
    }

    private static void redirectToVictim(Tenant tenant) {
        String url =
                tenant.victim().artifact(Victim.QUIET).orElseThrow().get("url").getAsString();
        fetch(tenant, 0, offer(tenant, 0, HostileResponses.redirect(url)));
    }

    private static void garbage(Tenant tenant) throws IOException {
        fetch(tenant, 0, listen(tenant, "SSH-2.0-OpenSSH_9.9\r\n".getBytes(StandardCharsets.UTF_8)));
        fetch(
                tenant,
                1,
                listen(
                        tenant,
                        "HTTP/1.1 999 \u00ff\r\nContent-Length: -1\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static void headers(Tenant tenant) throws IOException {
        byte[] header = ("X-Header: " + "x".repeat(1_000) + "\r\n").repeat(50).getBytes(StandardCharsets.US_ASCII);
        byte[] start = "HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII);
        fetch(tenant, 0, listen(tenant, start, header));
    }

    private static void slowHeaders(Tenant tenant) throws IOException {
        for (int i = 0; i < 10; i++) {
            ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            tenant.serve(() -> {
                try (Socket client = server.accept()) {
                    client.getOutputStream().write("HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.US_ASCII));
                    while (tenant.isActive()) {
                        client.getOutputStream().write('x');
                        LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
                    }
                } catch (IOException e) {
                    // the client closed the connection; it may retry
                }
            });
            fetch(tenant, i, "http://127.0.0.1:%d/app.tar.gz".formatted(server.getLocalPort()));
        }
    }

    /** Each source has a different host, so that no back-off per host applies. */
    private static void names(Tenant tenant) throws IOException, InterruptedException {
        tenant.environment().names().hang();
        for (int i = 0; i < 30; i++) {
            fetch(
                    tenant,
                    i,
                    "http%s://host-%d.%s.example/app.tar.gz".formatted(i % 2 == 0 ? "" : "s", i, tenant.namespace()));
        }
    }

    /** Pending lookups must occupy a limited number of threads. */
    private static Optional<String> threads(Tenant tenant) {
        return tenant.environment()
                .metrics("jvm_threads_live_threads")
                .filter(threads -> threads > MAX_THREADS)
                .map(threads -> "%s live threads".formatted(threads));
    }

    private static void interim(Tenant tenant) throws IOException {
        byte[] interim =
                "HTTP/1.1 103 Early Hints\r\nX: y\r\n\r\n".repeat(1_000).getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 5; i++) {
            fetch(tenant, i, listen(tenant, new byte[0], interim));
        }
    }

    private static void lengths(Tenant tenant) throws IOException {
        String answer = "HTTP/1.1 200 OK\r\nContent-Length: %s\r\n\r\nx";
        fetch(tenant, 0, listen(tenant, answer.formatted(Long.MAX_VALUE).getBytes(StandardCharsets.US_ASCII)));
        fetch(tenant, 1, listen(tenant, answer.formatted("9".repeat(40)).getBytes(StandardCharsets.US_ASCII)));
    }

    /** Starts a server that sends the first bytes once, then repeats the others until the attack ends, at most 1 GiB. */
    private static String listen(Tenant tenant, byte[]... bytes) throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        tenant.serve(() -> {
            try (Socket client = server.accept()) {
                client.getOutputStream().write(bytes[0]);
                for (long sent = 0; bytes.length > 1 && tenant.isActive() && sent < 1L << 30; sent += bytes[1].length) {
                    client.getOutputStream().write(bytes[1]);
                }
            } catch (IOException e) {
                // the client closed the connection; it may retry
            }
        });
        return "http://127.0.0.1:%d/app.tar.gz".formatted(server.getLocalPort());
    }
}
