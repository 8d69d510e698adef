package dev.sluice.launcher.metrics;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A scraped metrics page: metric families by name. */
public record Scrape(Map<String, Family> families) {

    private static final String TYPE = "# TYPE ";
    private static final Pattern OURS = Pattern.compile(
            "(sluice|gotk|controller_runtime|workqueue|rest_client|leader_election|process_cpu_seconds)_.*");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /**
     * A metric family.
     *
     * @param labels the label names of all series
     * @param bounds the bucket bounds in order; empty unless it is a histogram
     */
    public record Family(String type, Set<String> labels, Set<String> bounds) {

        @Override
        public String toString() {
            return type + " {" + String.join(",", labels) + "}"
                    + (bounds.isEmpty() ? "" : " " + String.join(" ", bounds));
        }
    }

    /** Requests a page with the headers of Prometheus. */
    public static Scrape of(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(30))
                .build();
        HttpResponse<String> page = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        if (page.statusCode() != 200) {
            throw new IOException("GET " + path + ": HTTP " + page.statusCode());
        }
        return parse(page.body());
    }

    private static Scrape parse(String page) {
        Map<String, Family> families = new TreeMap<>();
        Family current = new Family("", Set.of(), Set.of());
        for (String line : page.lines().toList()) {
            if (line.startsWith(TYPE)) {
                String[] words = line.substring(TYPE.length()).split(" ", 2);
                current = new Family(words[1], new TreeSet<>(), new LinkedHashSet<>());
                families.put(words[0], current);
            } else if (!line.startsWith("#")) {
                Matcher label = LABEL.matcher(line);
                while (label.find()) {
                    if (label.group(1).equals("le")) {
                        current.bounds.add(label.group(2));
                    } else {
                        current.labels.add(label.group(1));
                    }
                }
            }
        }
        return new Scrape(families);
    }

    /**
     * Returns a line with name, type, labels and bounds for each metric of ours; omits those of the JVM and the
     * frameworks.
     */
    public String ours() {
        StringBuilder lines = new StringBuilder();
        families.forEach((name, family) -> {
            if (OURS.matcher(name).matches()) {
                lines.append(name).append(' ').append(family).append('\n');
            }
        });
        return lines.toString();
    }
}
