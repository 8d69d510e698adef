package dev.sluice.launcher.metrics;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.Yaml;

/**
 * The metrics that a cluster adds to those of the services: the kube-state-metrics series of sample objects, by the
 * chart's configuration, and the kubelet's container series. Serves them as a page for Prometheus.
 */
final class ClusterMetrics implements AutoCloseable {

    private static final List<String> OBJECTS = List.of("""
        {"kind":"ArtifactGenerator","metadata":{"name":"app","namespace":"apps"},
         "status":{"observedSourcesDigest":"sha256:1","conditions":[{"type":"Ready","status":"True"}]}}\
        """, """
        {"kind":"ArtifactGenerator","metadata":{"name":"broken","namespace":"apps",
         "annotations":{"source.extensions.fluxcd.io/reconcile":"disabled"}},
         "status":{"conditions":[{"type":"Reconciling","status":"True"},{"type":"Ready","status":"False"}]}}\
        """, """
        {"kind":"ExternalArtifact","metadata":{"name":"app","namespace":"apps"},
         "spec":{"sourceRef":{"kind":"ArtifactGenerator","name":"app"}},
         "status":{"artifact":{"revision":"latest@sha256:2"},"conditions":[{"type":"Ready","status":"False"}]}}\
        """);

    private static final String CONTAINERS = """
        container_memory_working_set_bytes{container="manager",namespace="%1$s",pod="%2$s"} 1e8
        container_cpu_usage_seconds_total{container="manager",namespace="%1$s",pod="%2$s"} 12
        """;

    private final HttpServer server;

    private ClusterMetrics(HttpServer server) {
        this.server = server;
    }

    /** Serves the series of a cluster in which the services run in this pod. */
    static ClusterMetrics open(Path kubeStateMetrics, String namespace, String pod) throws IOException {
        String page = resources(kubeStateMetrics) + CONTAINERS.formatted(namespace, pod);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/metrics", exchange -> {
            byte[] body = page.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return new ClusterMetrics(server);
    }

    int port() {
        return server.getAddress().getPort();
    }

    /** Returns a line for each object and metric; labels without a value are omitted. */
    @SuppressWarnings("unchecked") // the structure of CustomResourceStateMetrics
    private static String resources(Path configuration) throws IOException {
        Map<String, Map<String, List<Map<String, Object>>>> file = new Yaml().load(Files.readString(configuration));
        StringBuilder lines = new StringBuilder();
        for (Map<String, Object> resource : file.get("spec").get("resources")) {
            Map<String, String> kind = (Map<String, String>) resource.get("groupVersionKind");
            for (String object : OBJECTS) {
                JsonObject json = JsonParser.parseString(object).getAsJsonObject();
                if (json.get("kind").getAsString().equals(kind.get("kind"))) {
                    for (Map<String, Object> metric : (List<Map<String, Object>>) resource.get("metrics")) {
                        lines.append(resource.get("metricNamePrefix"))
                                .append('_')
                                .append(metric.get("name"));
                        lines.append(labels(kind, metric, json)).append(" 1\n");
                    }
                }
            }
        }
        return lines.toString();
    }

    @SuppressWarnings("unchecked")
    private static String labels(Map<String, String> kind, Map<String, Object> metric, JsonObject object) {
        Map<String, String> labels = new TreeMap<>();
        kind.forEach((name, value) -> labels.put("customresource_" + name, value));
        Map<String, Map<String, Object>> each = (Map<String, Map<String, Object>>) metric.get("each");
        for (Object paths :
                List.of(metric.get("labelsFromPath"), each.get("info").get("labelsFromPath"))) {
            ((Map<String, List<String>>) paths)
                    .forEach((name, path) -> at(object, path).ifPresent(value -> labels.put(name, value)));
        }
        return labels.entrySet().stream()
                .map(label -> "%s=\"%s\"".formatted(label.getKey(), label.getValue()))
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static Optional<String> at(JsonElement from, List<String> path) {
        JsonElement value = from;
        for (String step : path) {
            value = value instanceof JsonArray list
                    ? chosen(list, step)
                    : value.getAsJsonObject().get(step);
            if (value == null) {
                return Optional.empty();
            }
        }
        return Optional.of(value.getAsString());
    }

    /** Selects by steps such as {@code [type=Ready]}. */
    private static @Nullable JsonElement chosen(JsonArray list, String step) {
        String[] condition = step.substring(1, step.length() - 1).split("=", 2);
        for (JsonElement item : list) {
            if (item.getAsJsonObject().get(condition[0]).getAsString().equals(condition[1])) {
                return item;
            }
        }
        return null;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
