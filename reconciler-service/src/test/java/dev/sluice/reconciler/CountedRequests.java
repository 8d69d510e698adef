package dev.sluice.reconciler;

import dev.sluice.kubetest.junit.KubernetesApi;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.Call;
import okhttp3.Response;

/**
 * Request counts of a real kube-apiserver for the reconciler's kinds, by verb and resource. The caller must be the only
 * client.
 */
final class CountedRequests {

    private static final Pattern LINE = Pattern.compile("apiserver_request_total\\{([^}]*)\\} ([0-9.e+]+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");
    private static final Pattern WORK = Pattern.compile(
            "artifactgenerators|externalartifacts|gitrepositories|ocirepositories|buckets|helmcharts|events");

    private final ApiClient client;
    private Map<String, Long> before = Map.of();

    CountedRequests(KubernetesApi api) throws IOException {
        this.client = api.newClient();
        sinceLastCall();
    }

    /** The requests since the last call, without open long-running ones. */
    Map<String, Long> sinceLastCall() throws IOException {
        Map<String, Long> now = read();
        Map<String, Long> since = new TreeMap<>();
        now.forEach((what, count) -> {
            long more = count - before.getOrDefault(what, 0L);
            if (more > 0) {
                since.put(what, more);
            }
        });
        before = now;
        return since;
    }

    private Map<String, Long> read() throws IOException {
        Map<String, Long> counts = new TreeMap<>();
        try (Response response = metrics().execute()) {
            Matcher line = LINE.matcher(response.body().string());
            while (line.find()) {
                count(labels(line.group(1)), Double.valueOf(line.group(2)).longValue(), counts);
            }
        }
        return counts;
    }

    private Call metrics() throws IOException {
        try {
            return client.buildCall(
                    null,
                    "/metrics",
                    "GET",
                    List.of(),
                    List.of(),
                    null,
                    new HashMap<>(),
                    Map.of(),
                    Map.of(),
                    new String[] {"BearerToken"},
                    null);
        } catch (ApiException e) {
            throw new IOException("cannot read the metrics of the API server", e);
        }
    }

    private static void count(Map<String, String> labels, long value, Map<String, Long> counts) {
        String resource = labels.getOrDefault("resource", "");
        if (WORK.matcher(resource).matches()) {
            String sub = labels.getOrDefault("subresource", "");
            String code = labels.getOrDefault("code", "");
            String what = labels.getOrDefault("verb", "")
                    + " "
                    + resource
                    + (sub.isEmpty() ? "" : "/" + sub)
                    + (code.startsWith("2") ? "" : " " + code);
            counts.merge(what, value, Long::sum);
        }
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new TreeMap<>();
        Matcher label = LABEL.matcher(text);
        while (label.find()) {
            labels.put(label.group(1), label.group(2));
        }
        return labels;
    }
}
