package dev.sluice.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.launcher.metrics.MetricsChecks;
import dev.sluice.runtime.packaged.PackagedService;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The life cycle of {@code ./sluice dev}. The tests run in order; each starts with the state that the previous one
 * left.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DevIT {

    private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();
    private static final List<String> PARTS = List.of("app-frontend", "app-backend", "app-jobs");

    @TempDir
    private static Path temp;

    private static List<Integer> ports = List.of();
    private static DevClient client = new DevClient(0);
    private static Map<String, String> revisions = Map.of();
    private static LauncherProcess launcher;

    @BeforeAll
    static void startWithGoodAndBadManifests() throws Exception {
        for (String service : List.of("reconciler-service", "artifact-server-service")) {
            install(service);
        }
        write("app/frontend/deployment.yaml", "kind: Deployment\nimage: frontend:1\n");
        write("app/frontend/config/size.txt", "größer\n");
        write("app/backend/deployment.yaml", "kind: Deployment\nimage: backend:1\n");
        write("app/jobs/nightly/job.yaml", "kind: Job\n");
        write("generator.yaml", generator("app", "app-", "@app"));
        write("invalid.yaml", generator("invalid", "invalid-", "@nobody"));
        write("broken.yaml", "kind: [ArtifactGenerator\n");
        ports = freePorts();
        client = new DevClient(ports.get(0));
        launcher = start("-f", file("broken.yaml"), "-f", file("invalid.yaml"), "-f", file("generator.yaml"));
    }

    @AfterAll
    static void stop() {
        launcher.close();
    }

    @Test
    @Order(1)
    void servesEveryAnnouncedArtifact() throws Exception {
        await().atMost(LauncherProcess.LIMIT)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> launcher.output().contains("artifact   default/app-"));
        String announced = launcher.output().replaceFirst("(?s).*?artifact   default/(app-[a-z]+).*", "$1");
        assertThat(client.download(announced, temp)).isNotEmpty();
        awaitAllServed();
        revisions = client.revisions(PARTS);
    }

    @Test
    @Order(2)
    void reportsInvalidManifestInOneLineAndContinues() {
        launcher.awaitOutput("default/invalid");
        assertThat(launcher.output().lines().filter(line -> line.contains("broken.yaml")))
                .singleElement()
                .asString()
                .contains("invalid YAML");
        waiting()
                .untilAsserted(
                        () -> assertThat(launcher.output().lines().filter(line -> line.contains("default/invalid")))
                                .singleElement()
                                .asString()
                                .contains("nobody"));
        assertThat(launcher.isAlive()).isTrue();
    }

    @Test
    @Order(2)
    void showsTheConsoleAtTheAddressInItsFirstLine() {
        String first = launcher.output().lines().findFirst().orElse("");
        String address = "http://127.0.0.1:" + ports.get(5) + "/";
        assertThat(first).startsWith("console: " + address + " ");
        URI console = URI.create(address);
        waiting().ignoreExceptions().untilAsserted(() -> {
            try (InputStream page = console.toURL().openStream()) {
                assertThat(new String(page.readAllBytes(), StandardCharsets.UTF_8))
                        .contains("Problems", "/generators/default/invalid", "nobody");
            }
        });
    }

    @Test
    @Order(3)
    void updatesOnlyArtifactOfEditedFile() throws Exception {
        Instant saved = Instant.now();
        write("app/backend/deployment.yaml", "kind: Deployment\nimage: backend:2\n");
        waiting()
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !client.revision("app-backend").equals(revisions.get("app-backend")));
        System.out.printf(
                "DevIT: %d ms from the saved file to the new revision%n",
                Duration.between(saved, Instant.now()).toMillis());
        awaitAllServed();
        Map<String, String> now = client.revisions(PARTS);
        assertThat(now.get("app-frontend")).isEqualTo(revisions.get("app-frontend"));
        assertThat(now.get("app-jobs")).isEqualTo(revisions.get("app-jobs"));
        revisions = now;
    }

    @Test
    @Order(4)
    void exposesDocumentedMetrics() throws Exception {
        MetricsChecks.matchCheckedInLists(ports.get(2), ports.get(4));
    }

    @Test
    @Order(5)
    void answersAllDashboardAndAlertExpressions() throws Exception {
        MetricsChecks.answerDashboardAndAlerts(temp, freePorts().get(0), ports.get(2), ports.get(4));
    }

    @Test
    @Order(6)
    void stopsServicesWhenKilled() {
        List<ProcessHandle> services = launcher.children();
        assertThat(services).hasSize(2);
        launcher.kill();
        await().atMost(Duration.ofSeconds(10)).until(() -> services.stream().allMatch(LauncherProcess::hasEnded));
    }

    @Test
    @Order(7)
    void restoresStateFromDataDirectory() throws Exception {
        launcher = start();
        launcher.awaitOutput("reconciler-service is ready");
        awaitAllServed();
        assertThat(client.revisions(PARTS)).isEqualTo(revisions);
        write("app/jobs/nightly/job.yaml", "kind: CronJob\n");
        waiting().until(() -> !client.revision("app-jobs").equals(revisions.get("app-jobs")));
        awaitAllServed();
    }

    @Test
    @Order(8)
    void removesArtifactsOfDeletedGenerator() throws Exception {
        assertThat(storedFiles()).hasSizeGreaterThanOrEqualTo(PARTS.size());
        client.deleteGenerator("app");
        waiting().untilAsserted(() -> {
            assertThat(client.externalArtifacts()).isEmpty();
            assertThat(storedFiles()).isEmpty();
        });
    }

    @Test
    @Order(9)
    void failsOnPortInUse() throws Exception {
        Path output = temp.resolve("in-use.log");
        List<Integer> others = new ArrayList<>(freePorts());
        others.set(1, ports.get(1));
        List<String> arguments = new ArrayList<>(portOptions(others));
        arguments.addAll(List.of("--source", "app=" + file("app")));
        try (LauncherProcess second = LauncherProcess.start(temp, output, arguments)) {
            assertThat(second.awaitExit()).isEqualTo(1);
            assertThat(second.output().lines())
                    .singleElement()
                    .asString()
                    .contains("port " + ports.get(1) + " is already in use", "--artifact-port");
        }
        assertThat(launcher.isAlive()).isTrue();
    }

    @Test
    @Order(10)
    void failsOnMissingSourceDirectory() throws Exception {
        Path output = temp.resolve("missing.log");
        try (LauncherProcess second =
                LauncherProcess.start(temp, output, List.of("--source", "app=" + temp.resolve("nowhere")))) {
            assertThat(second.awaitExit()).isEqualTo(2);
            assertThat(second.output().lines())
                    .singleElement()
                    .asString()
                    .contains("no such directory", "nowhere", "; see ./sluice dev --help");
        }
    }

    @Test
    @Order(10)
    void reportsInvalidArgumentInOneLine() throws Exception {
        try (LauncherProcess second =
                LauncherProcess.start(temp, temp.resolve("wrong.log"), List.of("--port", "8001"))) {
            assertThat(second.awaitExit()).isEqualTo(2);
            assertThat(second.output().lines())
                    .singleElement()
                    .asString()
                    .startsWith("sluice dev: Unknown option")
                    .contains("'--port'")
                    .endsWith("; see ./sluice dev --help");
        }
    }

    @Test
    @Order(11)
    void stopsAllProcessesOnCtrlC() throws Exception {
        List<ProcessHandle> services = launcher.children();
        assertThat(services).hasSize(2);
        Instant requested = Instant.now();
        int expected = launcher.interrupt();
        assertThat(launcher.awaitExit()).isEqualTo(expected);
        Duration took = Duration.between(requested, Instant.now());
        System.out.printf("DevIT: %d ms from Ctrl-C to the end%n", took.toMillis());
        assertThat(took).isLessThan(Duration.ofSeconds(5));
        assertThat(services).allMatch(LauncherProcess::hasEnded);
    }

    /** Retries on every exception: the API may not be up yet. */
    private static ConditionFactory waiting() {
        return await().atMost(LauncherProcess.LIMIT).ignoreExceptions();
    }

    private static void awaitAllServed() {
        waiting().alias("all artifacts served with the directory's content").untilAsserted(() -> {
            for (String part : PARTS) {
                Path directory = temp.resolve("app").resolve(part.substring("app-".length()));
                assertThat(client.download(part, temp)).as(part).isEqualTo(DevClient.files(directory));
            }
        });
    }

    private static List<Path> storedFiles() throws IOException {
        try (Stream<Path> files = Files.walk(temp.resolve("data/artifacts"))) {
            return files.filter(file -> file.toString().endsWith(".tar.gz")).toList();
        }
    }

    private static LauncherProcess start(String... more) throws IOException {
        List<String> arguments = new ArrayList<>(portOptions(ports));
        arguments.addAll(List.of("--data", file("data"), "--source", "app=" + file("app")));
        arguments.addAll(List.of(more));
        Path output = Files.createTempFile(temp, "launcher-", ".log");
        return LauncherProcess.start(temp, output, arguments);
    }

    private static List<String> portOptions(List<Integer> numbers) {
        List<String> names = List.of(
                "--api-port",
                "--artifact-port",
                "--metrics-port",
                "--health-port",
                "--management-port",
                "--console-port");
        List<String> options = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            options.addAll(List.of(names.get(i), numbers.get(i).toString()));
        }
        return options;
    }

    private static List<Integer> freePorts() throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 6; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (ServerSocket socket : sockets) {
                socket.close();
            }
        }
    }

    /** Installs the packaged service of this build; the output of the script may be outdated. */
    private static void install(String service) throws Exception {
        Path place = temp.resolve("target/dist").resolve(service);
        Files.createDirectories(place.getParent());
        Files.createSymbolicLink(
                place, PackagedService.of(REPOSITORY.resolve(service)).jar().getParent());
    }

    private static String generator(String name, String prefix, String source) {
        return """
                apiVersion: source.extensions.fluxcd.io/v1beta1
                kind: ArtifactGenerator
                metadata: {name: %1$s}
                spec:
                  sources: [{alias: app, kind: GitRepository, name: app}]
                  artifacts:
                    - {name: %2$sfrontend, copy: [{from: "%3$s/frontend/**", to: "@artifact/"}]}
                    - {name: %2$sbackend, copy: [{from: "%3$s/backend/**", to: "@artifact/"}]}
                    - {name: %2$sjobs, copy: [{from: "%3$s/jobs/**", to: "@artifact/"}]}
                """.formatted(name, prefix, source);
    }

    private static String file(String name) {
        return temp.resolve(name).toString();
    }

    private static void write(String name, String text) throws IOException {
        Path file = temp.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
