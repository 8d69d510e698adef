package dev.sluice.launcher.metrics;

import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A real Prometheus server that scrapes both services; see .ci/prometheus.sh. */
public final class Prometheus implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final int port;

    private Prometheus(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Returns the directory with {@code prometheus} and {@code promtool}, if configured. */
    public static Optional<Path> home() {
        String named = System.getenv().getOrDefault("SLUICE_PROMETHEUS", "");
        return named.isEmpty() ? Optional.empty() : Optional.of(Path.of(named)).filter(Files::isDirectory);
    }

    /**
     * Starts Prometheus and waits until each target was scraped three times.
     *
     * @param labels labels of each target; a PodMonitor sets a namespace and a pod
     */
    public static Prometheus scraping(Path home, Path directory, int port, String labels, int... targets)
            throws IOException {
        StringBuilder config = new StringBuilder("global: {scrape_interval: 500ms}\nscrape_configs:\n");
        for (int target : targets) {
            config.append("  - {job_name: sluice-%d, static_configs: [{targets: ['127.0.0.1:%d'], labels: {%s}}]}\n"
                    .formatted(target, target, labels));
        }
        Path file = Files.writeString(directory.resolve("prometheus.yml"), config);
        Process process = new ProcessBuilder(
                        home.resolve("prometheus").toString(),
                        "--config.file=" + file,
                        "--storage.tsdb.path=" + directory.resolve("tsdb"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("prometheus.log").toFile())
                .start();
        Prometheus prometheus = new Prometheus(process, port);
        await().atMost(LIMIT)
                .ignoreExceptions()
                .until(() -> prometheus.results("sum_over_time(up[1m]) >= 3") == targets.length);
        return prometheus;
    }

    /** Returns the number of series of the expression; fails if Prometheus rejects it. */
    public int results(String expression) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port + "/api/v1/query?query="
                + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(LIMIT).build();
        JsonObject answer = JsonParser.parseString(
                        http.send(request, HttpResponse.BodyHandlers.ofString()).body())
                .getAsJsonObject();
        if (!answer.get("status").getAsString().equals("success")) {
            throw new AssertionError(expression + ": " + answer.get("error"));
        }
        return answer.getAsJsonObject("data").getAsJsonArray("result").size();
    }

    /** Returns promtool's findings for a rule file; empty if there are none. */
    public static String check(Path home, Path rules) throws IOException, InterruptedException {
        Process promtool = new ProcessBuilder(home.resolve("promtool").toString(), "check", "rules", rules.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return promtool.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) && promtool.exitValue() == 0 ? "" : output;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
