package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.artifact.spiffe.WorkloadIdentity;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A server and an agent of SPIRE for the trust domain {@code sluice.test}; the programs of .ci/spiffe.sh. */
final class Spire implements Closeable {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern AUTHORITY = Pattern.compile("Authority ID: (\\S+)");
    private static final String SERVER = """
            server {
              bind_address = "127.0.0.1"
              bind_port = "%d"
              socket_path = "%s"
              trust_domain = "sluice.test"
              data_dir = "%s"
              log_level = "WARN"
            }
            plugins {
              DataStore "sql" {
                plugin_data {
                  database_type = "sqlite3"
                  connection_string = "%s/data.sqlite3"
                }
              }
              NodeAttestor "join_token" { plugin_data {} }
              KeyManager "memory" { plugin_data {} }
            }
            """;
    private static final String AGENT = """
            agent {
              server_address = "127.0.0.1"
              server_port = "%d"
              socket_path = "%s"
              trust_domain = "sluice.test"
              data_dir = "%s"
              insecure_bootstrap = true
              log_level = "WARN"
            }
            plugins {
              NodeAttestor "join_token" { plugin_data {} }
              KeyManager "disk" { plugin_data { directory = "%s" } }
              WorkloadAttestor "unix" { plugin_data { discover_workload_path = true } }
            }
            """;

    private final Path programs;
    private final Path directory;
    private final Program server;
    private Program agent;
    private boolean agentHasId;

    private Spire(Path programs, Path directory, int port) throws IOException {
        this.programs = programs;
        this.directory = directory;
        Path serverData = Files.createDirectory(directory.resolve("spire-server"));
        Path agentData = Files.createDirectory(directory.resolve("spire-agent"));
        Path serverConfig = Files.writeString(
                directory.resolve("server.conf"), SERVER.formatted(port, serverSocket(), serverData, serverData));
        Files.writeString(directory.resolve("agent.conf"), AGENT.formatted(port, agentSocket(), agentData, agentData));
        server = program("spire-server", "run", "-config", serverConfig.toString());
        await().atMost(LIMIT).until(() -> Files.exists(serverSocket()));
        Matcher token = Pattern.compile("Token: (\\S+)")
                .matcher(manage("token", "generate", "-spiffeID", "spiffe://sluice.test/agent"));
        assertThat(token.find()).isTrue();
        agent = runAgent("-joinToken", token.group(1));
    }

    static Spire start(Path programs, Path directory) throws IOException {
        return new Spire(programs, directory, freePort());
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private Path serverSocket() {
        return directory.resolve("server.sock");
    }

    private Path agentSocket() {
        return directory.resolve("agent.sock");
    }

    /** The value of SPIFFE_ENDPOINT_SOCKET. */
    String address() {
        return "unix://" + agentSocket();
    }

    /** The program on go-spiffe. */
    Path peer() throws IOException {
        return programs.resolve("spiffe-peer").toRealPath();
    }

    private Program runAgent(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(
                List.of("run", "-config", directory.resolve("agent.conf").toString()));
        command.addAll(List.of(arguments));
        Program started = program("spire-agent", command.toArray(String[]::new));
        await().atMost(LIMIT).until(() -> {
            assertThat(started.isRunning()).as(started.output()).isTrue();
            return Files.exists(agentSocket());
        });
        return started;
    }

    void stopAgent() {
        agent.close();
    }

    void startAgent() throws IOException {
        agent = runAgent();
    }

    /** Gives the processes of a program an ID, with SVIDs of twelve seconds. */
    void register(String path, Path program) throws IOException {
        register(path, program, Duration.ofSeconds(12));
    }

    private void register(String path, Path program, Duration validity) throws IOException {
        manage(
                "entry",
                "create",
                "-parentID",
                "spiffe://sluice.test/agent",
                "-spiffeID",
                "spiffe://sluice.test" + path,
                "-selector",
                "unix:path:" + program,
                "-x509SVIDTTL",
                String.valueOf(validity.toSeconds()));
    }

    /** Prepares and activates a new authority, and revokes the former one when the agent has renewed all SVIDs. */
    void replaceAuthority() throws IOException {
        String former = authority(manage("localauthority", "x509", "show"));
        String next = authority(manage("localauthority", "x509", "prepare"));
        bundleHas(2);
        manage("localauthority", "x509", "activate", "-authorityID", next);
        manage("localauthority", "x509", "taint", "-authorityID", former);
        // SVIDs are renewed within their lifetime, and the agent takes up the tainted authority within seconds
        await().pollDelay(Duration.ofSeconds(20)).atMost(LIMIT).until(() -> true);
        manage("localauthority", "x509", "revoke", "-authorityID", former);
    }

    /** Waits until the agent has a bundle with this number of authorities, by the same interval as its synchronization. */
    private void bundleHas(int authorities) {
        await().pollDelay(Duration.ofSeconds(6)).atMost(LIMIT).until(() -> {
            String bundle = manage("bundle", "show");
            return Pattern.compile("BEGIN CERTIFICATE")
                            .matcher(bundle)
                            .results()
                            .count()
                    == authorities;
        });
    }

    private static String authority(String output) {
        Matcher matcher = AUTHORITY.matcher(output);
        assertThat(matcher.find()).as(output).isTrue();
        return matcher.group(1);
    }

    private String manage(String... command) throws IOException {
        try (Program program = program(
                "spire-server",
                Stream.concat(
                                Arrays.stream(command),
                                Stream.of("-socketPath", serverSocket().toString()))
                        .toArray(String[]::new))) {
            program.awaitEnd(LIMIT);
            assertThat(program.process.exitValue()).as(program.output()).isZero();
            return program.output();
        }
    }

    /** Starts the program on go-spiffe. */
    Program run(String... arguments) throws IOException {
        return program("spiffe-peer", arguments);
    }

    /** Starts the program on go-spiffe with another Workload API. */
    Program runWith(String workloadApi, String... arguments) throws IOException {
        return start(workloadApi, command("spiffe-peer", arguments));
    }

    private Program program(String name, String... arguments) throws IOException {
        return start(command(name, arguments));
    }

    private List<String> command(String name, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(programs.resolve(name).toRealPath().toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    /** Starts a program with the address of the Workload API. */
    Program start(List<String> command) throws IOException {
        return start(address(), command);
    }

    private Program start(String workloadApi, List<String> command) throws IOException {
        Path output = Files.createTempFile(directory, "output", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put(WorkloadIdentity.ADDRESS_VARIABLE, workloadApi);
        return new Program(builder.start(), output);
    }

    /** Writes an SVID {@code /client} and the bundle to files, for programs that have no Workload API. It is valid longer. */
    void writeSvid(Path to) throws IOException {
        if (!agentHasId) {
            register("/client", programs.resolve("spire-agent").toRealPath(), Duration.ofMinutes(10));
            agentHasId = true;
        }
        writeSvid(agentSocket(), to);
    }

    /** Writes the SVID of a Workload API and its bundle to files. */
    void writeSvid(Path socket, Path to) {
        await().atMost(LIMIT).until(() -> {
            try (Program fetch = program(
                    "spire-agent", "api", "fetch", "x509", "-socketPath", socket.toString(), "-write", to.toString())) {
                fetch.awaitEnd(LIMIT);
            }
            return Files.exists(to.resolve("svid.0.pem"));
        });
    }

    @Override
    public void close() {
        agent.close();
        server.close();
    }

    /** A running program. */
    record Program(Process process, Path log) implements Closeable {

        boolean isRunning() {
            return process.isAlive();
        }

        void awaitEnd(Duration atMost) {
            try {
                boolean ended = process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS);
                if (atMost.equals(LIMIT)) {
                    assertThat(ended).as(output()).isTrue();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        String output() {
            try {
                return Files.readString(log);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String firstLine() {
            return Objects.requireNonNull(await().atMost(LIMIT)
                    .until(() -> output().lines().findFirst().orElse(""), line -> !line.isEmpty()));
        }

        @Override
        public void close() {
            process.destroy();
            awaitEnd(Duration.ofSeconds(10));
            process.destroyForcibly();
        }
    }
}
