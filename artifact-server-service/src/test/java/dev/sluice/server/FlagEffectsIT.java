package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.artifact.server.RawHttp;
import dev.sluice.artifact.tls.ReloadingTls;
import dev.sluice.artifact.tls.SecretVolume;
import dev.sluice.artifact.tls.TestAuthority;
import dev.sluice.artifact.tls.TlsFiles;
import dev.sluice.runtime.flag.Flag;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.convert.ApplicationConversionService;

/** The effect of each flag of the artifact server, shown by one process in which no flag has its default value. */
@Timeout(120)
class FlagEffectsIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final TestAuthority AUTHORITY = new TestAuthority("authority");

    /** The first match is the main server; the management server starts after it. */
    private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

    /** Flags that cannot be set beside those of certificates in files, and the tests that cover them. */
    private static final Map<String, String> SHOWN_ELSEWHERE =
            Map.of("authorized-artifact-client-spiffe-id", "SpiffeIT", "spiffe-endpoint-socket", "SpiffeIT");

    @TempDir
    static Path temporary;

    private static ServerProcess server;
    private static SSLContext client;
    private static HttpClient http;
    private static int storagePort;
    private static int managementPort;

    private interface Value {
        String in(Path directory) throws IOException;
    }

    record Effect(String flag, Value value, ThrowingConsumer<ServerProcess> shown) {

        private static Effect of(String flag, String value, ThrowingConsumer<ServerProcess> shown) {
            return new Effect(flag, directory -> value, shown);
        }

        private String argument() {
            return "--" + flag + "=" + text();
        }

        private String text() {
            try {
                return value.in(temporary);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public String toString() {
            return "--" + flag;
        }
    }

    static Stream<Effect> effects() {
        return Stream.of(
                new Effect(
                        "storage-path",
                        directory -> directory.resolve("volume").toString(),
                        s -> assertThat(get(artifacts() + "/app.tar.gz").body()).isEqualTo("app")),
                Effect.of("storage-addr", "127.0.0.1:0", s -> {
                    assertThat(get(artifacts() + "/").statusCode()).isEqualTo(200);
                    assertListensOnOneAddress(storagePort);
                }),
                Effect.of(
                        "directory-listing",
                        "true",
                        s -> assertThat(get(artifacts() + "/").body()).contains("app.tar.gz")),
                Effect.of("small-file-cache", "0", s -> {
                    assertReplacedFilesAreServedImmediately();
                    assertCacheSizeIsBound();
                }),
                Effect.of(
                        "storage-scan-interval",
                        "0",
                        s -> assertThat(get(management() + "/metrics").body()).contains("sluice_storage_bytes NaN")),
                new Effect(
                        "tls-cert-file",
                        directory -> secret(directory).certificate().toString(),
                        s -> assertThat(get(artifacts() + "/app.tar.gz").body()).isEqualTo("app")),
                new Effect(
                        "tls-private-key-file",
                        directory -> secret(directory).privateKey().toString(),
                        s -> assertThat(get(artifacts() + "/app.tar.gz").body()).isEqualTo("app")),
                new Effect(
                        "client-ca-file",
                        directory -> secret(directory).authorities().toString(),
                        s -> assertAClientWithoutACertificateIsRefused()),
                Effect.of("management-addr", "127.0.0.1:0", s -> {
                    assertThat(get(management() + "/metrics").statusCode()).isEqualTo(200);
                    assertListensOnOneAddress(managementPort);
                }),
                Effect.of("debug-endpoints", "true", s -> assertThat(setLevel()).isEqualTo(204)),
                Effect.of(
                        "log-level", "debug", s -> assertThat(level().body()).contains("\"effectiveLevel\":\"DEBUG\"")),
                Effect.of(
                        "log-encoding",
                        "console",
                        s -> assertThat(s.errors())
                                .contains("artifact-server started")
                                .doesNotContain("{\"level\"")));
    }

    @BeforeAll
    static void start() throws IOException {
        Path volume = temporary.resolve("volume");
        RunningServer.identify(volume, "flags");
        Files.writeString(volume.resolve("app.tar.gz"), "app");
        secret(temporary).write(AUTHORITY.issue(), AUTHORITY.pem());
        client = ReloadingTls.of(secret(temporary).allFiles()).context();
        http = HttpClient.newBuilder().connectTimeout(LIMIT).sslContext(client).build();
        Stream<String> arguments = Stream.concat(
                effects().map(Effect::argument),
                Stream.of(
                        "--server.tomcat.keep-alive-timeout=1s",
                        "--logging.level.org.springframework.boot.tomcat.TomcatWebServer=info"));
        server = ServerProcess.run(temporary, List.of(), List.of(), arguments.toArray(String[]::new));
        server.awaitServing();
        List<Integer> ports = PORT.matcher(server.errors())
                .results()
                .map(line -> Integer.valueOf(line.group(1)))
                .toList();
        assertThat(ports).hasSize(2);
        storagePort = ports.get(0);
        managementPort = ports.get(1);
    }

    private static String artifacts() {
        return "https://127.0.0.1:" + storagePort;
    }

    private static RawHttp connect(SSLContext context) throws IOException {
        return RawHttp.overTls(new InetSocketAddress(InetAddress.getLoopbackAddress(), storagePort), context);
    }

    private static SecretVolume secret(Path directory) throws IOException {
        return new SecretVolume(directory.resolve("tls"));
    }

    private static void assertAClientWithoutACertificateIsRefused() throws IOException {
        SSLContext trusting = ReloadingTls.of(
                        TlsFiles.none().withAuthorities(secret(temporary).authorities()))
                .context();
        assertThatThrownBy(() -> {
                    try (RawHttp anonymous = connect(trusting)) {
                        anonymous.send("GET", "/app.tar.gz");
                        anonymous.receive("GET");
                    }
                })
                .isInstanceOf(IOException.class);
    }

    private static String management() {
        return "http://127.0.0.1:" + managementPort;
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @MethodSource("effects")
    void aFlagHasItsEffect(Effect effect) {
        effect.shown().accept(server);
    }

    @Test
    void everyFlagIsListedWithANonDefaultValue() {
        Map<String, Flag> flags =
                ArtifactServerFlags.all().all().stream().collect(Collectors.toMap(Flag::name, flag -> flag));

        assertThat(Stream.concat(effects().map(Effect::flag), SHOWN_ELSEWHERE.keySet().stream()))
                .containsExactlyInAnyOrderElementsOf(flags.keySet());
        assertThat(effects())
                .allSatisfy(effect -> assertThat(effect.text())
                        .isNotEqualTo(
                                Objects.requireNonNull(flags.get(effect.flag())).defaultValue()));
    }

    @Test
    void springPropertiesCanBeSetBesideFlags() throws IOException {
        try (RawHttp connection = connect(client)) {
            connection.send("GET", "/app.tar.gz");
            assertThat(connection.receive("GET").text()).isEqualTo("app");
            // the server closes the connection within the client's 30 s; by default it takes one minute
            assertThatThrownBy(connection::receiveHead).isInstanceOf(EOFException.class);
        }
    }

    /** With a cache, the old file would be served for up to a second. */
    private static void assertReplacedFilesAreServedImmediately() throws IOException {
        Path file = temporary.resolve("volume").resolve("changing.tar.gz");
        try (RawHttp connection = connect(client)) {
            for (int version = 0; version < 50; version++) {
                Path next = Files.writeString(temporary.resolve("next"), "version " + version);
                // an old modification time: recently written files are never cached
                Files.setLastModifiedTime(next, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
                Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
                connection.send("GET", "/changing.tar.gz");
                assertThat(connection.receive("GET").text()).isEqualTo("version " + version);
            }
        }
    }

    /** Other tests show that the cache receives the setting and stays within it. */
    private static void assertCacheSizeIsBound() {
        long limit = Runtime.getRuntime().maxMemory() / 8;
        assertThat(smallFileBytes("1Mi")).isEqualTo(1L << 20);
        assertThat(smallFileBytes("0")).isZero();
        assertThat(smallFileBytes("1024Gi")).isEqualTo(limit);
    }

    private static long smallFileBytes(String value) {
        Map<String, String> flags = new HashMap<>();
        ArtifactServerFlags.all()
                .parse("--small-file-cache=" + value, "--storage-path=" + temporary)
                .values()
                .forEach((name, canonical) -> flags.put("sluice." + name, canonical));
        return new Binder(
                        List.of(new MapConfigurationPropertySource(flags)),
                        null,
                        ApplicationConversionService.getSharedInstance(),
                        null,
                        null,
                        null)
                .bind("sluice", ArtifactServerSettings.class)
                .get()
                .smallFileBytes();
    }

    /** On Linux, all of 127.0.0.0/8 is loopback, and a socket bound to one address does not accept another one. */
    private static void assertListensOnOneAddress(int port) {
        boolean possible = System.getProperty("os.name").equals("Linux");
        if (!possible) {
            System.out.println("SKIPPED: whether a port listens on one address only is tested on Linux");
        }
        assumeTrue(possible);
        assertThatThrownBy(() -> connectTo("127.0.0.2", port)).isInstanceOf(ConnectException.class);
    }

    private static void connectTo(String host, int port) throws IOException {
        new Socket(host, port).close();
    }

    private static HttpResponse<String> level() throws IOException {
        return get(management() + "/actuator/loggers/dev.sluice.server");
    }

    private static int setLevel() throws IOException {
        return send(HttpRequest.newBuilder(URI.create(management() + "/actuator/loggers/dev.sluice.none"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString("{\"configuredLevel\":\"error\"}")))
                .statusCode();
    }

    private static HttpResponse<String> get(String url) throws IOException {
        return send(HttpRequest.newBuilder(URI.create(url)));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
        try {
            return http.send(request.timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
