package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged services start with the generated bean definitions, unless a setting needs others. */
class GeneratedBeansIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** A step of a start that evaluates the conditions. */
    private static final String EVALUATION = "\"spring.context.config-classes.parse\"";

    private static final Pattern BEAN = Pattern.compile("\"key\":\"beanName\",\"value\":\"([^\"]+)\"");

    /** Processors of annotations, which generated bean definitions do not need. */
    private static final String PROCESSORS =
            "org[.]springframework[.](context[.](annotation|event)|boot[.]autoconfigure)[.]internal.*";

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<RunningController> running = new ArrayList<>();

    @TempDir
    Path temporary;

    private Path volume;

    @BeforeEach
    void makeVolume() throws IOException {
        volume = Files.createDirectory(temporary.resolve("volume"));
        Files.writeString(volume.resolve(".sluice-volume"), "id=test\nlayout=1\n");
        Files.writeString(temporary.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: none, cluster: {server: "http://127.0.0.1:1"}}]
                users: [{name: none, user: {token: none}}]
                contexts: [{name: none, context: {cluster: none, user: none}}]
                current-context: none
                """);
    }

    @AfterEach
    void stop() {
        running.forEach(RunningController::close);
    }

    @Test
    void theReconcilerHasTheSameBeansAsWithConditions() throws Exception {
        String generated = startup(reconciler());
        String evaluated = startup(reconciler("-Dspring.aot.enabled=false"));
        assertThat(generated).doesNotContain(EVALUATION);
        assertThat(evaluated).contains(EVALUATION);
        assertThat(beans(generated)).isEqualTo(beans(evaluated));
    }

    @Test
    void theArtifactServerHasTheSameBeansAsWithConditions() throws Exception {
        String generated = startup(server());
        String evaluated = startup(server("-Dspring.aot.enabled=false"));
        assertThat(generated).doesNotContain(EVALUATION);
        assertThat(evaluated).contains(EVALUATION);
        assertThat(beans(generated)).isEqualTo(beans(evaluated));
    }

    @Test
    void flagsOfTheReconcilerThatNeedOtherBeansHaveTheirEffect() throws Exception {
        int console = RunningController.freePort();
        int metrics = reconciler(
                "--console-addr=127.0.0.1:" + console,
                "--debug-endpoints",
                "--spring.autoconfigure.exclude="
                        + "org.springframework.boot.servlet.autoconfigure.MultipartAutoConfiguration");
        assertThat(beans(startup(metrics)))
                .contains("runHistory", "org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration");
        assertThat(get(console, "/").statusCode()).isEqualTo(200);
        assertThat(setLevel(metrics)).isEqualTo(204);
    }

    @Test
    void flagsOfTheArtifactServerThatNeedOtherBeansHaveTheirEffect() throws Exception {
        int management = server("--debug-endpoints");
        assertThat(startup(management)).contains(EVALUATION);
        assertThat(setLevel(management)).isEqualTo(204);
    }

    private int reconciler(String... options) throws IOException {
        int port = RunningController.freePort();
        return start(
                "reconciler-service",
                List.of(
                        "--storage-adv-addr=127.0.0.1:1",
                        "--health-addr=127.0.0.1:0",
                        "--metrics-addr=127.0.0.1:" + port),
                List.of(options),
                port);
    }

    private int server(String... options) throws IOException {
        int port = RunningController.freePort();
        return start(
                "artifact-server-service",
                List.of("--storage-addr=127.0.0.1:0", "--management-addr=127.0.0.1:" + port),
                List.of(options),
                port);
    }

    private int start(String service, List<String> flags, List<String> options, int port) throws IOException {
        List<String> command = new ArrayList<>(RunningController.java(service));
        options.forEach(option -> command.add(option.startsWith("-D") ? 1 : command.size(), option));
        command.add("--storage-path=" + volume);
        command.addAll(flags);
        RunningController.Place place =
                new RunningController.Place(temporary.resolve("kubeconfig"), "default", volume, temporary);
        RunningController started = RunningController.launch(place, service, command, Map.of());
        running.add(started);
        await().atMost(LIMIT).until(() -> started.log().matches("(?s).*(source-watcher|artifact-server) started.*"));
        return port;
    }

    private String startup(int port) throws Exception {
        HttpResponse<String> answer = get(port, "/actuator/startup");
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
    }

    private HttpResponse<String> get(int port, String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                BodyHandlers.ofString());
    }

    private int setLevel(int port) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + port + "/actuator/loggers/dev.sluice"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"configuredLevel\":\"debug\"}"))
                .build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }

    private static Set<String> beans(String startup) {
        return BEAN.matcher(startup)
                .results()
                .map(found -> found.group(1))
                .filter(name -> !name.matches(PROCESSORS))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
