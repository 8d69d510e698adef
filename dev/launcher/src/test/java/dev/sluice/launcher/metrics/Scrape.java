package dev.sluice.launcher.metrics;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** One page of metrics: the type of each by its name. */
public record Scrape(Map<String, String> types) {

    private static final String TYPE = "# TYPE ";

    /** GET of a page, as Prometheus asks for it. */
    public static Scrape of(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .build();
        HttpResponse<String> page = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (page.statusCode() != 200) {
            throw new IOException("GET " + path + ": HTTP " + page.statusCode());
        }
        Map<String, String> types = new TreeMap<>();
        page.body().lines().filter(line -> line.startsWith(TYPE)).forEach(line -> {
            String[] words = line.substring(TYPE.length()).split(" ", 2);
            types.put(words[0], words[1]);
        });
        return new Scrape(types);
    }

    /** A line each: name and type. What the JVM and the frameworks have of their own is left out. */
    public String ours() {
        StringBuilder lines = new StringBuilder();
        types.forEach((name, type) -> {
            if (name.matches(
                    "(sluice|gotk|controller_runtime|workqueue|rest_client|leader_election|process_cpu_seconds)_.*")) {
                lines.append(name).append(' ').append(type).append('\n');
            }
        });
        return lines.toString();
    }
}
