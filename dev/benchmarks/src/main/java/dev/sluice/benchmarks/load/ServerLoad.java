package dev.sluice.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Loads the artifact server, and nginx where it is installed, with the same files in the same run on loopback: {@code
 * java -cp dev/benchmarks/target/benchmarks.jar dev.sluice.benchmarks.load.ServerLoad SERVICE.jar [SECONDS [CLIENTS]]}.
 */
public final class ServerLoad {

    private static final Map<String, Integer> FILES = files();
    private static final int WARM_UP_ROUNDS = 3;
    private static final int ROUNDS = 9;

    private ServerLoad() {}

    private static Map<String, Integer> files() {
        Map<String, Integer> files = new LinkedHashMap<>();
        files.put("10KB", 10_000);
        files.put("1MB", 1_000_000);
        files.put("50MB", 50_000_000);
        return files;
    }

    /**
     * Runs all rounds. The second argument is the duration of a round in seconds, per server and file size (default 3).
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 1) {
            System.err.println(
                    "missing argument: the artifact server's jar, artifact-server-service/target/*-exec.jar");
            System.exit(2);
        }
        Duration round = Duration.ofSeconds(arguments.length > 1 ? Long.parseLong(arguments[1]) : 3);
        int clients = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 16;
        Path directory = Files.createTempDirectory("sluice-load");
        try {
            run(directory, Path.of(arguments[0]), round, clients);
        } finally {
            Volumes.delete(directory);
        }
    }

    private static void run(Path directory, Path jar, Duration round, int clients)
            throws IOException, InterruptedException {
        Path volume = volume(directory);
        Map<String, MeasuredServer> servers = new LinkedHashMap<>();
        try {
            Optional<Path> nginx = nginx();
            if (nginx.isPresent()) {
                servers.put("nginx", startNginx(nginx.get(), directory, volume));
            } else {
                System.out.println("SKIPPED: nginx is not installed; running without comparison");
            }
            servers.put("sluice", MeasuredServer.startSluice(jar, directory, volume));
            System.out.println(
                    "| file | server | requests/s | MB/s | CPU µs/request | requests, of nginx | CPU, of nginx | errors |");
            System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- |");
            for (String file : FILES.keySet()) {
                compare(file, servers, round, clients);
            }
        } finally {
            servers.values().forEach(MeasuredServer::close);
        }
    }

    /** Alternates the servers, so that other load on the machine affects both. */
    private static void compare(String file, Map<String, MeasuredServer> servers, Duration round, int clients)
            throws IOException, InterruptedException {
        Map<String, List<LoadResult>> results = new LinkedHashMap<>();
        for (int i = 0; i < WARM_UP_ROUNDS + ROUNDS; i++) {
            for (Map.Entry<String, MeasuredServer> server : servers.entrySet()) {
                LoadResult result = new LoadClients(server.getValue().port(), () -> "/load/" + file + ".tar.gz")
                        .run(clients, round, server.getValue());
                // the first rounds are warm-up: the JIT compilers need some ten thousand requests
                if (i >= WARM_UP_ROUNDS) {
                    results.computeIfAbsent(server.getKey(), name -> new ArrayList<>())
                            .add(result);
                }
            }
        }
        results.forEach((name, rounds) -> print(file, name, rounds, results.getOrDefault("nginx", rounds)));
    }

    /** Prints medians over the rounds; ratios to nginx are computed per round. */
    private static void print(String file, String name, List<LoadResult> rounds, List<LoadResult> nginx) {
        System.out.printf(
                "| %s | %s | %.0f | %.0f | %.1f | %.2f | %.2f | %d |%n",
                file,
                name,
                median(i -> rounds.get(i).requestsPerSecond()),
                median(i -> rounds.get(i).megabytesPerSecond()),
                median(i -> rounds.get(i).cpuMicrosPerRequest()),
                median(i -> rounds.get(i).requestsPerSecond() / nginx.get(i).requestsPerSecond()),
                median(i -> rounds.get(i).cpuMicrosPerRequest() / nginx.get(i).cpuMicrosPerRequest()),
                rounds.stream()
                        .mapToLong(round -> round.errors() + round.missing())
                        .sum());
    }

    private static double median(IntToDoubleFunction ofRound) {
        return IntStream.range(0, ROUNDS).mapToDouble(ofRound).sorted().toArray()[ROUNDS / 2];
    }

    private static Path volume(Path directory) throws IOException {
        Path volume = Volumes.create(directory);
        Random random = new Random(1);
        for (Map.Entry<String, Integer> file : FILES.entrySet()) {
            byte[] content = new byte[file.getValue()];
            random.nextBytes(content);
            Files.write(volume.resolve("load").resolve(file.getKey() + ".tar.gz"), content);
        }
        return volume;
    }

    private static Optional<Path> nginx() {
        return Stream.of("/usr/sbin/nginx", "/usr/bin/nginx", "/usr/local/bin/nginx")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static MeasuredServer startNginx(Path nginx, Path directory, Path volume) throws IOException {
        int port = MeasuredServer.freePort();
        Path configuration = directory.resolve("nginx.conf");
        Files.writeString(configuration, """
                worker_processes 2;
                daemon off;
                pid %1$s/nginx.pid;
                error_log %1$s/nginx.log;
                events { worker_connections 2048; }
                http {
                  access_log off;
                  sendfile on;
                  tcp_nopush on;
                  keepalive_requests 1000000000;
                  client_body_temp_path %1$s/b;
                  proxy_temp_path %1$s/p;
                  fastcgi_temp_path %1$s/f;
                  uwsgi_temp_path %1$s/u;
                  scgi_temp_path %1$s/s;
                  server { listen 127.0.0.1:%2$d; root %3$s; }
                }
                """.formatted(directory, port, volume));
        return MeasuredServer.start(
                List.of(nginx.toString(), "-c", configuration.toString()), port, directory.resolve("nginx.out"));
    }
}
