package dev.sluice.server.tomcat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.artifact.server.HangingVolume;
import dev.sluice.artifact.server.RawHttp;
import dev.sluice.artifact.server.ServedFile;
import dev.sluice.artifact.server.ServedFiles;
import dev.sluice.artifact.tls.TlsSource;
import dev.sluice.runtime.logging.GoldenLines;
import dev.sluice.server.RunningServer;
import dev.sluice.server.download.Downloads;
import dev.sluice.server.download.TestDownloads;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.coyote.AbstractProtocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pollers handle requests while the volume is fast, and a volume that hangs does not delay requests without it. */
class PollerIT {

    private static final String LARGE = "large.tar.gz".repeat(2_000_000);
    private static final String MEDIUM = "medium.tar.gz".repeat(400_000);
    private static final String HELD = "GET /held.tar.gz HTTP/1.1\r\nHost: x\r\n\r\n";

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path base;

    private final HangingVolume volume = new HangingVolume();
    private final Tomcat tomcat = new Tomcat();

    /** Advances an hour at each call until it is stopped, so that the speed of the machine does not matter. */
    private final AtomicLong clockStep = new AtomicLong(Duration.ofHours(1).toNanos());

    private final AtomicLong clock = new AtomicLong();
    private final StallBudget budget = new StallBudget(() -> clock.addAndGet(clockStep.get()));
    private InetSocketAddress address = new InetSocketAddress(0);

    /** Reports the name of the thread in a header. */
    private static final class FileServlet extends HttpServlet {

        private static final long serialVersionUID = 1L;
        private final transient ServedFiles files;
        private final transient OpenFileSender sender;
        private final transient Downloads downloads = TestDownloads.create();

        FileServlet(ServedFiles files, OpenFileSender sender) {
            this.files = files;
            this.sender = sender;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setHeader("Thread", Thread.currentThread().getName());
            if (request.getRequestURI().equals("/failing")) {
                throw new InternalError("thrown by a test");
            }
            long startNanos = System.nanoTime();
            Optional<ServedFile> found = files.open(request.getRequestURI());
            sender.waitedForVolume(System.nanoTime() - startNanos);
            response.setStatus(found.isPresent() ? 200 : 404);
            long length = found.map(file -> file.version().size()).orElse(0L);
            response.setContentLengthLong(length);
            if (found.isPresent()) {
                sender.send(request, response, downloads.begin(found.get(), 0, length));
            }
        }
    }

    @BeforeEach
    void start() throws IOException, LifecycleException {
        write("held.tar.gz", "held.tar.gz");
        write("other.tar.gz", "other.tar.gz");
        write("large.tar.gz", LARGE);
        write("medium.tar.gz", MEDIUM);
        ServedFiles files = volume.files(base);
        OpenFileSender sender = new OpenFileSender();
        Connector connector = new Connector(new OpenFileProtocol(budget));
        connector.setPort(0);
        // long, so that a missing wake-up of a poller is detected
        connector.setProperty("selectorTimeout", "120000");
        connector.setProperty("address", InetAddress.getLoopbackAddress().getHostAddress());
        TomcatConfiguration.customize(connector, sender, tls());
        tomcat.setBaseDir(base.resolve(".tomcat").toString());
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", base.toString());
        Tomcat.addServlet(context, "files", new FileServlet(files, sender));
        context.addServletMapping("/*", "files");
        tomcat.start();
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), connector.getLocalPort());
        assertPoller(get("/held.tar.gz"), false);
        for (int i = 0; i < OpenFileEndpoint.FIRST_READS; i++) {
            get("/held.tar.gz");
        }
    }

    private void write(String name, String content) throws IOException {
        Path file = Files.writeString(base.resolve(name), content);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    }

    /** Brings the budget into the state after slow accesses. */
    private void exhaustBudget() {
        clockStep.set(0);
        budget.exhaust();
    }

    @AfterEach
    void stop() throws LifecycleException {
        volume.close();
        tomcat.stop();
        tomcat.destroy();
    }

    /** The certificates of the connector; overridden by tests of TLS, as the next three methods. */
    Optional<TlsSource> tls() {
        return Optional.empty();
    }

    RawHttp connect() throws IOException {
        return new RawHttp(address);
    }

    int stallEvery() {
        return 20;
    }

    InetSocketAddress address() {
        return address;
    }

    private RawHttp.Reply request(String method, String target, String... headers) throws IOException {
        try (RawHttp http = connect()) {
            http.send(method, target, headers);
            return http.receive(method);
        }
    }

    private RawHttp.Reply get(String path) throws IOException {
        RawHttp.Reply reply = request("GET", path);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).isEqualTo(path.substring(1));
        return reply;
    }

    private static void assertPoller(RawHttp.Reply reply, boolean poller) {
        assertThat(reply.header("Thread").contains("Poller"))
                .as(reply.header("Thread"))
                .isEqualTo(poller);
    }

    @Test
    void aPollerServesACachedFileRepeatedly() throws IOException {
        try (RawHttp http = connect()) {
            for (int i = 0; i < 5; i++) {
                http.sendRaw(HELD);
                assertPoller(http.receive("GET"), true);
            }
        }
    }

    @Test
    void aPollerHandlesEveryRequestWhileTheVolumeIsFast() throws IOException {
        assertPoller(get("/other.tar.gz"), true);
        volume.pass(Duration.ofSeconds(1));
        assertPoller(get("/other.tar.gz"), true);
        assertPoller(getLarge(), true);
        assertPoller(getMissing(), true);
    }

    @Test
    void workersHandleEveryRequestWhileTheBudgetIsExhausted() throws IOException {
        exhaustBudget();

        assertPoller(get("/held.tar.gz"), false);
        assertPoller(get("/other.tar.gz"), false);
        assertPoller(getLarge(), false);
        assertPoller(getMissing(), false);
    }

    @Test
    void slowAccessesExhaustTheBudget() throws IOException {
        clockStep.set(1);
        volume.delay(Duration.ofMillis(30), 1);
        await().atMost(LIMIT).until(() -> {
            volume.pass(Duration.ofSeconds(1));
            return !get("/held.tar.gz").header("Thread").contains("Poller");
        });
    }

    private RawHttp.Reply getMissing() throws IOException {
        RawHttp.Reply reply = request("GET", "/missing");
        assertThat(reply.status()).isEqualTo(404);
        return reply;
    }

    private RawHttp.Reply getLarge() throws IOException {
        RawHttp.Reply reply = request("GET", "/large.tar.gz");
        assertThat(reply.text().equals(LARGE)).isTrue();
        return reply;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                HELD + "GET /missing HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /held.tar.gz HTTP/1.1\nHost: x\n\nGET /missing HTTP/1.1\r\nHost: x\r\n\r\n"
            })
    void pipelinedRequestsAreServedInOrder(String both) throws IOException {
        try (RawHttp http = connect()) {
            http.sendRaw(both);
            assertThat(http.receive("GET").status()).isEqualTo(200);
            assertThat(http.receive("GET").status()).isEqualTo(404);
        }
    }

    /** The rest of a head can look like a request. */
    @Test
    void theRestOfARequestIsNotParsedAsAnotherRequest() throws IOException {
        try (RawHttp http = connect()) {
            http.sendRaw("GET /missing HTTP/1.1\r\nHost: x\r\nX-Rest: ");
            for (int i = 0; i < 20; i++) {
                get("/other.tar.gz");
            }
            http.sendRaw(HELD.replace("Host", "Other"));
            assertThat(http.receive("GET").status()).isEqualTo(404);
        }
    }

    @Test
    void aRequestThatArrivesWhileAnotherIsHandledIsServedAfterIt() throws IOException {
        volume.hang();
        try (RawHttp http = connect()) {
            http.send("GET", "/other.tar.gz");
            try (RawHttp gone = connect()) {
                gone.send("GET", "/other.tar.gz");
                await().atMost(LIMIT).until(() -> volume.waiting() == 2);
            }
            http.sendRaw(HELD);
            for (int i = 0; i < 20; i++) {
                get("/held.tar.gz");
            }
            volume.close();
            assertThat(http.receive("GET").text()).isEqualTo("other.tar.gz");
            assertThat(http.receive("GET").text()).isEqualTo("held.tar.gz");
            http.sendRaw(HELD);
            assertThat(http.receive("GET").text()).isEqualTo("held.tar.gz");
        }
    }

    /** The poller detects the disconnection while another thread closes the connection. */
    @Test
    void clientsThatDisconnectDuringARequestDoNotEndAPoller() throws IOException {
        for (int i = 0; i < 2000; i++) {
            try (RawHttp http = connect()) {
                http.send("GET", i % 2 == 0 ? "/missing" : "/held.tar.gz", "Connection: close");
            }
        }
        // at least one connection of each poller
        for (int i = 0; i < Math.max(20, 2 * PROCESSORS); i++) {
            get("/held.tar.gz");
        }
    }

    /** A poller that blocks on the volume is replaced; after that, workers handle requests. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHangingVolumeDoesNotDelayRequestsThatDoNotNeedIt(boolean fastBefore) throws IOException {
        if (!fastBefore) {
            exhaustBudget();
        }
        get("/held.tar.gz");
        volume.hang();
        List<RawHttp> waiting = new ArrayList<>();
        try {
            // more than there are pollers
            for (int i = 0; i < 8; i++) {
                RawHttp http = connect();
                waiting.add(http);
                http.sendRaw(i < 4 ? "" : HELD);
                http.send("GET", i % 2 == 0 ? "/other.tar.gz" : "/missing");
            }
            await().atMost(LIMIT).until(() -> volume.waiting() == 8);
            for (int i = 0; i < 20; i++) {
                get("/held.tar.gz");
            }
            volume.close();
            for (int i = 0; i < 8; i++) {
                if (i >= 4) {
                    assertThat(waiting.get(i).receive("GET").text()).isEqualTo("held.tar.gz");
                }
                assertThat(waiting.get(i).receive("GET").status()).isEqualTo(i % 2 == 0 ? 200 : 404);
            }
            for (RawHttp http : waiting) {
                http.sendRaw(HELD);
                assertThat(http.receive("GET").text()).isEqualTo("held.tar.gz");
            }
        } finally {
            for (RawHttp http : waiting) {
                http.close();
            }
        }
    }

    /** Measures requests on connections of blocked pollers, compared with the same requests before. */
    @Test
    void aHangingVolumeDelaysOthersByLessThanASecond() throws Exception {
        List<RawHttp> others = new ArrayList<>();
        List<RawHttp> waiting = new ArrayList<>();
        try {
            for (int i = 0; i < 8 * PROCESSORS; i++) {
                others.add(connect());
            }
            Duration before = getHeld(others);
            volume.hang();
            for (int i = 0; i < PROCESSORS; i++) {
                RawHttp http = connect();
                waiting.add(http);
                http.send("GET", "/other.tar.gz");
            }
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .atMost(LIMIT)
                    .until(() -> volume.waiting() == PROCESSORS);
            assertThat(getHeld(others)).isLessThan(before.plusSeconds(1));
        } finally {
            volume.close();
            others.addAll(waiting);
            for (RawHttp http : others) {
                http.close();
            }
        }
    }

    private static Duration getHeld(List<RawHttp> connections) throws IOException {
        long startNanos = System.nanoTime();
        for (RawHttp http : connections) {
            http.sendRaw(HELD);
        }
        for (RawHttp http : connections) {
            assertThat(http.receive("GET").text()).isEqualTo("held.tar.gz");
        }
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }

    /** Compares with {@code log-lines.txt}. */
    @Test
    void theReplacementOfAPollerIsLogged() throws IOException {
        try (GoldenLines lines = new GoldenLines(RunningServer.class, OpenFilePoller.class.getName(), "INFO");
                RawHttp http = connect()) {
            volume.hang();
            http.send("GET", "/other.tar.gz");
            lines.awaitSection("a poller is blocked", "replaced");
            volume.close();
            assertThat(http.receive("GET").status()).isEqualTo(200);
        }
    }

    /** Compares with {@code log-lines.txt}. */
    @Test
    void aFailedPollerIsReplaced() throws IOException {
        try (GoldenLines lines = new GoldenLines(RunningServer.class, OpenFilePoller.class.getName(), "INFO")) {
            assertThatThrownBy(() -> request("GET", "/failing")).isInstanceOf(IOException.class);
            lines.awaitSection("a poller fails", "replaced");
        }
        // at least one connection of each poller
        for (int i = 0; i < 2 * PROCESSORS; i++) {
            assertPoller(get("/held.tar.gz"), true);
        }
    }

    @Test
    void aVolumeThatHangsDuringDownloadsDoesNotDelayOthers() throws Exception {
        List<RawHttp> downloads = new ArrayList<>();
        try {
            for (int i = 0; i < 8; i++) {
                RawHttp http = connect();
                downloads.add(http);
                http.send("GET", "/large.tar.gz");
            }
            List<RawHttp.Reply> heads = new ArrayList<>();
            for (RawHttp http : downloads) {
                heads.add(http.receiveHead());
            }
            volume.hang();
            ExecutorService readers = Executors.newFixedThreadPool(8);
            try {
                List<Future<byte[]>> bodies = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    RawHttp http = downloads.get(i);
                    RawHttp.Reply head = heads.get(i);
                    bodies.add(readers.submit(() -> http.body(head)));
                }
                await().atMost(LIMIT).until(() -> volume.waiting() == 8);
                for (int i = 0; i < 20; i++) {
                    get("/held.tar.gz");
                }
                await().atMost(LIMIT).until(() -> budget.blockedPollers() > 0);
                assertThat(budget.blockedPollers())
                        .as("after that, workers read")
                        .isLessThanOrEqualTo(PROCESSORS);
                volume.close();
                for (Future<byte[]> body : bodies) {
                    assertThat(new String(body.get(60, TimeUnit.SECONDS), UTF_8).equals(LARGE))
                            .isTrue();
                }
            } finally {
                readers.shutdownNow();
            }
        } finally {
            for (RawHttp http : downloads) {
                http.close();
            }
        }
    }

    /** Two fifths of the workers send; the other downloads are queued. */
    @Test
    void moreHangingDownloadsThanWorkersDoNotDelayOthers() throws Exception {
        tomcat.getConnector().setProperty("maxThreads", "10");
        List<RawHttp> downloads = new ArrayList<>();
        ExecutorService readers = Executors.newCachedThreadPool();
        try {
            List<RawHttp.Reply> heads = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                RawHttp http = connect();
                downloads.add(http);
                http.send("GET", "/large.tar.gz");
                heads.add(http.receiveHead());
            }
            exhaustBudget();
            volume.hang();
            List<Future<byte[]>> bodies = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                RawHttp http = downloads.get(i);
                RawHttp.Reply head = heads.get(i);
                bodies.add(readers.submit(() -> http.body(head)));
            }
            await().atMost(LIMIT).until(() -> waitingWorkers() == 4);
            for (int i = 0; i < 20; i++) {
                get("/held.tar.gz");
            }
            // the watchdog may not have counted a poller yet
            await().atMost(LIMIT).until(() -> waitingWorkers() == 4);
            volume.close();
            for (Future<byte[]> body : bodies) {
                assertThat(body.get(60, TimeUnit.SECONDS)).hasSize(LARGE.length());
            }
        } finally {
            readers.shutdownNow();
            for (RawHttp http : downloads) {
                http.close();
            }
        }
    }

    /** Excludes pollers that were sending a file when the volume started to hang. */
    private int waitingWorkers() {
        return volume.waiting() - budget.blockedPollers();
    }

    /** Requests that were selected together with the one that blocks the poller, and not handled yet. */
    @Test
    void theSuccessorHandlesRequestsThatTheBlockedPollerHadSelected() throws IOException, InterruptedException {
        int pollers = PROCESSORS;
        List<RawHttp> all = new ArrayList<>();
        try {
            for (int i = 0; i < 16 * pollers; i++) {
                all.add(connect());
            }
            volume.hang("large.tar.gz");
            volume.delay(Duration.ofMillis(8), 1);
            all.get(0).send("GET", "/other.tar.gz");
            // connections are assigned round-robin, so these belong to the same poller; their order is not defined
            for (int i = pollers; i < all.size(); i += pollers) {
                if (i == 6 * pollers || i == 10 * pollers) {
                    all.get(i).send("GET", "/large.tar.gz");
                } else {
                    all.get(i).sendRaw(HELD);
                }
            }
            for (int i = pollers; i < all.size(); i += pollers) {
                if (i != 6 * pollers && i != 10 * pollers) {
                    assertThat(all.get(i).receive("GET").text()).isEqualTo("held.tar.gz");
                }
            }
        } finally {
            volume.close();
            for (RawHttp http : all) {
                http.close();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHangingVolumeDoesNotPreventTheShutdown(boolean fastBefore) throws Exception {
        if (!fastBefore) {
            exhaustBudget();
        }
        try (RawHttp looking = connect();
                RawHttp missing = connect();
                RawHttp downloading = connect()) {
            downloading.send("GET", "/large.tar.gz");
            RawHttp.Reply head = downloading.receiveHead();
            volume.hang();
            looking.send("GET", "/other.tar.gz");
            missing.send("GET", "/missing");
            ExecutorService threads = Executors.newFixedThreadPool(2);
            try {
                Future<byte[]> body = threads.submit(() -> downloading.body(head));
                await().atMost(LIMIT).until(() -> volume.waiting() == 3);
                assertThat(threads()).isNotEmpty();
                threads.submit(() -> {
                            tomcat.stop();
                            return null;
                        })
                        .get(30, TimeUnit.SECONDS);
                assertThat(volume.isHanging()).isTrue();
                volume.close();
                assertThatThrownBy(() -> body.get(60, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
                await().atMost(LIMIT).untilAsserted(() -> assertThat(threads()).isEmpty());
            } finally {
                threads.shutdownNow();
            }
        }
    }

    /** Their names lack the quotes and the port of the protocol's name. */
    private List<Thread> threads() {
        String name = ((AbstractProtocol<?>) tomcat.getConnector().getProtocolHandler()).getName();
        String prefix = name.replace("\"", "").replace("-" + address.getPort(), "") + "-";
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(prefix))
                .toList();
    }

    /** Pollers are replaced frequently, during lookups and downloads. */
    @Test
    void noRequestIsLostWhileTheVolumeStallsRepeatedly() throws Exception {
        volume.delay(Duration.ofMillis(250), stallEvery());
        ExecutorService clients = Executors.newFixedThreadPool(16);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                all.add(clients.submit(this::getSequentially));
            }
            for (Future<?> one : all) {
                one.get(120, TimeUnit.SECONDS);
            }
        } finally {
            clients.shutdownNow();
        }
    }

    private Void getSequentially() throws IOException {
        try (RawHttp http = connect()) {
            for (int i = 0; i < 15; i++) {
                http.send("GET", "/medium.tar.gz");
                assertThat(http.receive("GET").text().equals(MEDIUM)).isTrue();
                http.send("GET", "/held.tar.gz");
                assertThat(http.receive("GET").text()).isEqualTo("held.tar.gz");
            }
        }
        return null;
    }
}
