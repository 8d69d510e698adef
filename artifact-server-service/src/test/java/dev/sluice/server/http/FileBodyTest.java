package dev.sluice.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.artifact.server.ByteSelection;
import dev.sluice.artifact.server.FileResponse;
import dev.sluice.artifact.server.ServedFile;
import dev.sluice.artifact.server.ServedFiles;
import dev.sluice.runtime.logging.GoldenLines;
import dev.sluice.server.RunningServer;
import dev.sluice.server.download.Downloads;
import dev.sluice.server.tomcat.OpenFileSender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class FileBodyTest {

    @TempDir
    Path volume;

    @Test
    void anUnreadableFileIsLoggedOnceAndAnsweredWithRetryAfter() throws IOException {
        Path file = Files.writeString(volume.resolve("app.tar.gz"), "0123456789");
        ServedFile opened = new ServedFiles(volume).open("/app.tar.gz").orElseThrow();
        Files.writeString(file, "");
        MockHttpServletRequest request = new MockHttpServletRequest("GET", "/app.tar.gz");
        request.setQueryString("token=pl4nted");
        MockHttpServletResponse response = new MockHttpServletResponse();
        FileBody body = new FileBody(downloads(), new OpenFileSender());

        try (GoldenLines lines = new GoldenLines(RunningServer.class, FileBody.class.getName(), "TRACE")) {
            body.send(new FileResponse(opened, new ByteSelection(200, 0, 10), true, Map.of()), request, response);
            lines.section("a file cannot be read");
        }
        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getHeader("Retry-After")).isEqualTo("5");
    }

    private static Downloads downloads() {
        DefaultListableBeanFactory beans = new DefaultListableBeanFactory();
        beans.registerSingleton("registry", new SimpleMeterRegistry());
        return beans.createBean(Downloads.class);
    }
}
