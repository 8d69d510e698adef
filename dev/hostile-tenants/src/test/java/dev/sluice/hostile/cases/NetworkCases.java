package dev.sluice.hostile.cases;

import com.sun.net.httpserver.HttpHandler;
import dev.sluice.hostile.arena.Attack;
import dev.sluice.hostile.arena.HostileCase;
import dev.sluice.hostile.arena.Kind;
import dev.sluice.hostile.arena.Sha256;
import dev.sluice.hostile.arena.Sources;
import dev.sluice.hostile.arena.Spec;
import dev.sluice.hostile.arena.Tenant;
import dev.sluice.hostile.arena.Told;
import dev.sluice.hostile.arena.Victim;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** Addresses and answers by which a tenant holds up the fetches of others, or looks around in the network. */
final class NetworkCases {

    private static final String DIGEST = "sha256:" + "2".repeat(64);

    /** What an internal service answers; of it nobody may learn a thing. */
    private static final String SECRET = "internal-secret-answer";

    private static final int MOST_THREADS = 250;

    /** What answers ask for in Retry-After, in turn. */
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
                Sha256.of(SECRET.getBytes(StandardCharsets.UTF_8)).substring(7);
        return List.of(
                hanging(
                        "ten sources that send a byte every fifty seconds",
                        NetworkCases::slow,
                        Told.that("--source-min-rate").later()),
                hanging("thirty sources that never answer", NetworkCases::silent, Told.nothing()),
                network(
                        "URLs on the shared host that answer 500",
                        tenant -> failing(tenant, 500),
                        Told.that("app", "500")),
                network(
                        "URLs on the shared host that answer 503 and ask to wait for years",
                        tenant -> failing(tenant, 503),
                        Told.that("app")),
                network("URLs on the shared host that answer 429", tenant -> failing(tenant, 429), Told.that("app")),
                hanging(
                        "TLS to the shared host, which has none",
                        NetworkCases::wrongProtocol,
                        Told.that("TLS handshake")),
                network("connections that the shared host closes", NetworkCases::closed, Told.that("app")),
                network(
                        "redirects to an internal address",
                        NetworkCases::redirectInside,
                        Told.that("app").never(SECRET, digestOfSecret, "/internal/metadata")),
                network(
                        "URLs of an internal address",
                        NetworkCases::inside,
                        Told.that("app").never(SECRET, digestOfSecret)),
                network("redirects without an end", NetworkCases::redirectLoop, Told.that("app")),
                network("redirects to the victim's file", NetworkCases::redirectToVictim, Told.that("app")),
                network("a server that does not speak HTTP", NetworkCases::garbage, Told.that("app")),
                hanging("headers without an end", NetworkCases::headers, Told.nothing()),
                hanging("interim answers without an end", NetworkCases::interim, Told.nothing()),
                network("a length of exabytes", NetworkCases::lengths, Told.that("app")),
                network("closed ports of the shared host", NetworkCases::closedPorts, Told.that("app")),
                network("names of hosts whose look-up never ends", NetworkCases::names, Told.that("app", "name lookup"))
                        .after(NetworkCases::threads),
                hanging("headers that come a byte a second", NetworkCases::slowHeaders, Told.nothing()));
    }

    private static HostileCase hanging(String name, Attack attack, Told told) {
        return new HostileCase("hanging", name, attack, told);
    }

    private static HostileCase network(String name, Attack attack, Told told) {
        return new HostileCase("network", name, attack, told);
    }

    private static void fetch(Tenant tenant, int number, String url) {
        String name = "app-" + number;
        tenant.source(Kind.GIT_REPOSITORY, name, Sources.artifact(url, DIGEST, "r"));
        tenant.generator(name, Spec.from(name).artifact(name, "@" + name + "/**"));
    }

    private static String offer(Tenant tenant, int number, HttpHandler answer) {
        return tenant.host().offer("/gitrepository/%s/%d.tar.gz".formatted(tenant.namespace(), number), answer);
    }

    private static void slow(Tenant tenant) {
        for (int i = 0; i < 10; i++) {
            fetch(tenant, i, offer(tenant, i, Answers.slowly(tenant, Duration.ofSeconds(50))));
        }
    }

    private static void silent(Tenant tenant) {
        for (int i = 0; i < 30; i++) {
            fetch(tenant, i, offer(tenant, i, Answers.silence(tenant)));
        }
    }

    /** Different URLs, each asked for again by new objects. */
    private static void failing(Tenant tenant, int code) {
        for (int i = 0; i < 15; i++) {
            String after = RETRY_AFTER.get(i % RETRY_AFTER.size());
            fetch(tenant, i, offer(tenant, i, Answers.status(code, "Retry-After", after)));
        }
        tenant.again(() -> {
            for (int i = 0; i < 15; i++) {
                tenant.requestReconciliation("app-" + i);
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
            fetch(tenant, i, offer(tenant, i, Answers.redirect(secret)));
        }
    }

    private static void inside(Tenant tenant) {
        fetch(tenant, 0, internal(tenant));
        fetch(tenant, 1, internal(tenant) + "?again");
    }

    private static void redirectLoop(Tenant tenant) {
        String first =
                "http://%s/gitrepository/%s/0.tar.gz".formatted(tenant.host().address(), tenant.namespace());
        fetch(tenant, 1, offer(tenant, 1, Answers.redirect(first)));
        fetch(tenant, 0, offer(tenant, 0, Answers.redirect(first.replace("/0.", "/1."))));
    }

    private static void redirectToVictim(Tenant tenant) {
        String url =
                tenant.victim().artifact(Victim.QUIET).orElseThrow().get("url").getAsString();
        fetch(tenant, 0, offer(tenant, 0, Answers.redirect(url)));
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
                    while (tenant.isGoing()) {
                        client.getOutputStream().write('x');
                        LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
                    }
                } catch (IOException theClientHasEnough) {
                    // it may come again
                }
            });
            fetch(tenant, i, "http://127.0.0.1:%d/app.tar.gz".formatted(server.getLocalPort()));
        }
    }

    /** Each source has a host of its own: no back-off of a host helps. */
    private static void names(Tenant tenant) throws IOException, InterruptedException {
        tenant.arena().names().hang();
        for (int i = 0; i < 30; i++) {
            fetch(
                    tenant,
                    i,
                    "http%s://host-%d.%s.example/app.tar.gz".formatted(i % 2 == 0 ? "" : "s", i, tenant.namespace()));
        }
    }

    /** Look-ups that do not end hold a limited number of threads. */
    private static Optional<String> threads(Tenant tenant) {
        return tenant.arena()
                .metrics("jvm_threads_live_threads")
                .filter(threads -> threads > MOST_THREADS)
                .map(threads -> "%s threads live".formatted(threads));
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

    /** A server that sends the first bytes once, and the others until the attack is over or it has sent a gigabyte. */
    private static String listen(Tenant tenant, byte[]... bytes) throws IOException {
        ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        tenant.serve(() -> {
            try (Socket client = server.accept()) {
                client.getOutputStream().write(bytes[0]);
                for (long sent = 0; bytes.length > 1 && tenant.isGoing() && sent < 1L << 30; sent += bytes[1].length) {
                    client.getOutputStream().write(bytes[1]);
                }
            } catch (IOException theClientHasEnough) {
                // it may come again
            }
        });
        return "http://127.0.0.1:%d/app.tar.gz".formatted(server.getLocalPort());
    }
}
