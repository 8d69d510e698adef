package dev.sluice.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.artifact.server.ArtifactRequests;
import dev.sluice.artifact.server.HangingVolume;
import dev.sluice.artifact.server.ServedFiles;
import dev.sluice.server.ArtifactServerSettings;
import dev.sluice.server.download.Downloads;
import dev.sluice.server.tomcat.OpenFileSender;
import dev.sluice.server.volume.VolumeWatch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** The request metrics, and the behaviour while the volume hangs. */
class ArtifactControllerTest {

    private static final int WORKERS = 5;

    @TempDir
    Path volume;

    private final HangingVolume hanging = new HangingVolume();
    private final List<AnnotationConfigApplicationContext> contexts = new ArrayList<>();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private Path artifact;
    private ArtifactController controller;

    @BeforeEach
    void makeController() throws IOException {
        artifact = Files.writeString(volume.resolve("app.tar.gz"), "0123456789");
        Files.writeString(volume.resolve(".sluice-volume"), "id=a\nlayout=1\n");
        controller = controller(false);
    }

    private ArtifactController controller(boolean directoryListing) {
        AnnotationConfigApplicationContext beans = new AnnotationConfigApplicationContext();
        contexts.add(beans);
        beans.registerBean(SimpleMeterRegistry.class, () -> registry);
        beans.registerBean(ServedFiles.class, () -> hanging.files(volume));
        beans.registerBean(VolumeBulkhead.class, () -> new VolumeBulkhead(WORKERS));
        beans.registerBean(
                ArtifactServerSettings.class,
                () -> new ArtifactServerSettings(volume, directoryListing, 0, Duration.ofMinutes(1)));
        beans.register(ArtifactRequests.class, VolumeWatch.class, DirectoryListing.class, ArtifactResponder.class);
        beans.register(Downloads.class, OpenFileSender.class, FileBody.class, ArtifactController.class);
        beans.refresh();
        return beans.getBean(ArtifactController.class);
    }

    @AfterEach
    void closeBeans() {
        hanging.close();
        contexts.forEach(AnnotationConfigApplicationContext::close);
    }

    private double counted(String code) {
        return registry.find("sluice.artifact.requests").tag("code", code).counters().stream()
                .mapToDouble(counter -> counter.count())
                .sum();
    }

    private int handle(MockHttpServletRequest request) throws IOException {
        MockHttpServletResponse response = new MockHttpServletResponse();
        controller.handleRequest(request, response);
        return response.getStatus();
    }

    @Test
    void anUnreadableFileIsCountedWithTheStatusSentToTheClient() throws IOException {
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/app.tar.gz") {
            /** Called after the file is opened and before its first byte is read. */
            @Override
            public @Nullable String getHeader(String name) {
                truncate();
                return super.getHeader(name);
            }
        };

        assertThat(handle(request)).isEqualTo(503);
        assertThat(counted("503")).isEqualTo(1);
        assertThat(counted("200")).isZero();
    }

    private void truncate() {
        try {
            Files.writeString(artifact, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Two of five workers may wait for the volume. */
    @Test
    void aHangingVolumeLeavesWorkersForOtherRequests() throws Exception {
        Files.setLastModifiedTime(artifact, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
        assertThat(handle(new MockHttpServletRequest("GET", "/app.tar.gz"))).isEqualTo(200);
        hanging.hang();
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
        try {
            List<Future<Integer>> waiting = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                waiting.add(workers.submit(() -> handle(new MockHttpServletRequest("GET", "/other.tar.gz"))));
            }
            assertThat(workers.submit(() -> handle(new MockHttpServletRequest("GET", "/app.tar.gz")))
                            .get(60, TimeUnit.SECONDS))
                    .isEqualTo(200);
            await().until(() -> counted("503") == 18);
            MockHttpServletResponse refused = new MockHttpServletResponse();
            controller.handleRequest(new MockHttpServletRequest("GET", "/other.tar.gz"), refused);
            assertThat(refused.getStatus()).isEqualTo(503);
            assertThat(refused.getHeader("Retry-After")).isEqualTo("5");
            assertThat(handle(new MockHttpServletRequest("GET", "/"))).isEqualTo(200);
            assertThat(hanging.waiting()).isEqualTo(2);

            hanging.close();
            for (Future<Integer> one : waiting) {
                assertThat(one.get(60, TimeUnit.SECONDS)).isIn(404, 503);
            }
            assertThat(counted("404")).isEqualTo(2);
            assertThat(handle(new MockHttpServletRequest("GET", "/other.tar.gz")))
                    .isEqualTo(404);
        } finally {
            workers.shutdownNow();
        }
    }

    @Test
    void aListingWaitsForTheVolumeLikeADownload() throws Exception {
        controller = controller(true);
        assertThat(handle(new MockHttpServletRequest("GET", "/"))).isEqualTo(200);
        hanging.hang();
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
        try {
            List<Future<Integer>> waiting = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                waiting.add(workers.submit(() -> handle(new MockHttpServletRequest("GET", "/other.tar.gz"))));
            }
            await().until(() -> hanging.waiting() == 2);
            assertThat(workers.submit(() -> handle(new MockHttpServletRequest("GET", "/")))
                            .get(60, TimeUnit.SECONDS))
                    .isEqualTo(503);
            assertThat(waiting).noneMatch(Future::isDone);
        } finally {
            hanging.close();
            workers.shutdownNow();
        }
    }

    @Test
    void requestsAreCountedByStatus() throws IOException {
        assertThat(handle(new MockHttpServletRequest("GET", "/app.tar.gz"))).isEqualTo(200);
        assertThat(handle(new MockHttpServletRequest("HEAD", "/app.tar.gz"))).isEqualTo(200);
        assertThat(handle(new MockHttpServletRequest("GET", "/"))).isEqualTo(200);
        assertThat(handle(new MockHttpServletRequest("GET", "/none.tar.gz"))).isEqualTo(404);
        assertThat(handle(new MockHttpServletRequest("POST", "/app.tar.gz"))).isEqualTo(405);
        assertThat(counted("200")).isEqualTo(3);
        assertThat(counted("404")).isEqualTo(1);
        assertThat(counted("405")).isEqualTo(1);
    }
}
