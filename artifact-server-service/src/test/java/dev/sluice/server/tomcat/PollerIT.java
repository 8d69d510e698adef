package dev.sluice.server.tomcat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.artifact.server.HangingVolume;
import dev.sluice.artifact.server.RawHttp;
import dev.sluice.artifact.server.ServedFile;
import dev.sluice.artifact.server.ServedFiles;
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
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which requests the threads that watch the connections answer by themselves. */
class PollerIT {

    private static final String HELD = "GET /held.tar.gz HTTP/1.1\r\nHost: x\r\n\r\n";

    @TempDir
    private Path base;

    private final HangingVolume volume = new HangingVolume();
    private final Tomcat tomcat = new Tomcat();
    private InetSocketAddress address = new InetSocketAddress(0);

    /** Says in a header which thread it was. */
    private static final class FileServlet extends HttpServlet {

        private static final long serialVersionUID = 1L;
        private final transient ServedFiles files;

        FileServlet(ServedFiles files) {
            this.files = files;
        }

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setHeader("Thread", Thread.currentThread().getName());
            Optional<ServedFile> found = files.open(request.getRequestURI());
            response.setStatus(found.isPresent() ? 200 : 404);
            response.setContentLengthLong(
                    found.map(file -> file.version().size()).orElse(0L));
            if (found.isPresent()) {
                try (ServedFile file = found.get()) {
                    file.writeTo(response.getOutputStream(), 0, file.version().size());
                }
            }
        }
    }

    @BeforeEach
    void start() throws IOException, LifecycleException {
        write("held.tar.gz");
        write("other.tar.gz");
        ServedFiles files = volume.files(base);
        Connector connector = new Connector(OpenFileProtocol.class.getName());
        connector.setPort(0);
        connector.setProperty("address", InetAddress.getLoopbackAddress().getHostAddress());
        TomcatConfiguration.customize(connector, new OpenFileSender(), files);
        tomcat.setBaseDir(base.resolve(".tomcat").toString());
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", base.toString());
        Tomcat.addServlet(context, "files", new FileServlet(files));
        context.addServletMappingDecoded("/*", "files");
        tomcat.start();
        address = new InetSocketAddress(InetAddress.getLoopbackAddress(), connector.getLocalPort());
        get("/held.tar.gz");
    }

    private void write(String name) throws IOException {
        Path file = Files.writeString(base.resolve(name), name);
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
    }

    @AfterEach
    void stop() throws LifecycleException {
        volume.close();
        tomcat.stop();
        tomcat.destroy();
    }

    private RawHttp.Reply get(String path) throws IOException {
        RawHttp.Reply reply = RawHttp.request(address, "GET", path);
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
    void aFileThatIsHeldIsAnsweredAgainAndAgainByThePoller() throws IOException {
        try (RawHttp http = new RawHttp(address)) {
            for (int i = 0; i < 5; i++) {
                http.sendRaw(HELD);
                assertPoller(http.receive("GET"), true);
            }
        }
        assertPoller(get("/other.tar.gz"), false);
        assertPoller(get("/other.tar.gz"), true);
    }

    @Test
    void whatWasLookedAtMoreThanASecondAgoIsLookedAtByAnotherThread() throws IOException {
        volume.pass(Duration.ofSeconds(1));

        assertPoller(get("/held.tar.gz"), false);
        assertPoller(get("/held.tar.gz"), true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                HELD + "GET /missing HTTP/1.1\r\nHost: x\r\n\r\n",
                "GET /held.tar.gz HTTP/1.1\nHost: x\n\nGET /missing HTTP/1.1\r\nHost: x\r\n\r\n"
            })
    void aRequestBehindOneForAHeldFileIsNotAnsweredByThePoller(String both) throws IOException {
        try (RawHttp http = new RawHttp(address)) {
            http.sendRaw(both);
            assertThat(http.receive("GET").status()).isEqualTo(200);
            RawHttp.Reply second = http.receive("GET");
            assertThat(second.status()).isEqualTo(404);
            assertPoller(second, false);
        }
    }

    /** The rest of a head may look like a request by itself. */
    @Test
    void theEndOfAnotherRequestIsNotTakenForOneForAHeldFile() throws IOException {
        try (RawHttp http = new RawHttp(address)) {
            http.sendRaw("GET /missing HTTP/1.1\r\nHost: x\r\nX-Rest: ");
            for (int i = 0; i < 20; i++) {
                get("/other.tar.gz");
            }
            http.sendRaw(HELD.replace("Host", "Other"));
            RawHttp.Reply reply = http.receive("GET");
            assertThat(reply.status()).isEqualTo(404);
            assertPoller(reply, false);
        }
    }

    /** The poller goes on watching a connection whose request is handled, and must leave what it sees there alone. */
    @Test
    void aRequestThatComesWhileAnotherIsHandledIsAnsweredAfterIt() throws IOException {
        volume.hang();
        try (RawHttp http = new RawHttp(address)) {
            http.send("GET", "/other.tar.gz");
            try (RawHttp gone = new RawHttp(address)) {
                gone.send("GET", "/other.tar.gz");
                await().atMost(Duration.ofSeconds(60)).until(() -> volume.waiting() == 2);
            }
            http.sendRaw(HELD);
            for (int i = 0; i < 20; i++) {
                assertPoller(get("/held.tar.gz"), true);
            }
            volume.close();
            assertThat(http.receive("GET").text()).isEqualTo("other.tar.gz");
            assertThat(http.receive("GET").text()).isEqualTo("held.tar.gz");
            http.sendRaw(HELD);
            assertThat(http.receive("GET").text()).isEqualTo("held.tar.gz");
        }
    }

    /** The poller sees the end of such a connection while another thread closes it. */
    @Test
    void clientsThatHangUpWhileTheyAreServedEndNoPoller() throws IOException {
        for (int i = 0; i < 2000; i++) {
            try (RawHttp http = new RawHttp(address)) {
                http.send("GET", i % 2 == 0 ? "/missing" : "/held.tar.gz", "Connection: close");
            }
        }
        // a connection of each poller
        for (int i = 0; i < 20; i++) {
            get("/held.tar.gz");
        }
    }

    @Test
    void aVolumeThatHangsHoldsUpNobodyWhoDoesNotNeedIt() throws IOException {
        get("/other.tar.gz");
        volume.pass(Duration.ofSeconds(1));
        get("/held.tar.gz");
        volume.hang();
        List<RawHttp> waiting = new ArrayList<>();
        try {
            // more than there are pollers
            for (int i = 0; i < 8; i++) {
                RawHttp http = new RawHttp(address);
                waiting.add(http);
                http.send("GET", i % 2 == 0 ? "/other.tar.gz" : "/missing");
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> volume.waiting() == 8);
            for (int i = 0; i < 20; i++) {
                assertPoller(get("/held.tar.gz"), true);
            }
            volume.close();
            assertThat(waiting.get(0).receive("GET").status()).isEqualTo(200);
            assertThat(waiting.get(1).receive("GET").status()).isEqualTo(404);
        } finally {
            for (RawHttp http : waiting) {
                http.close();
            }
        }
    }
}
