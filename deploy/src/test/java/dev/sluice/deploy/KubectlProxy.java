package dev.sluice.deploy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code kubectl proxy}, for frequent reads: one kubectl process per read would use a third of a processor. */
final class KubectlProxy implements AutoCloseable {

    private static final String GREETING = "Starting to serve on ";

    /** HTTP/1.1, because the proxy would forward the offer to upgrade to HTTP/2 and hang. */
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Process process;
    private final String address;

    private KubectlProxy(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    static KubectlProxy start(RealCluster cluster) throws IOException {
        Process process = new ProcessBuilder(List.of(
                        cluster.kubectl().toString(),
                        "--kubeconfig",
                        cluster.kubeconfig().toString(),
                        "proxy",
                        "--port=0"))
                .redirectErrorStream(true)
                .start();
        String line = process.inputReader(StandardCharsets.UTF_8).readLine();
        if (line == null || !line.startsWith(GREETING)) {
            process.destroyForcibly();
            throw new IOException("cannot start kubectl proxy: " + line);
        }
        return new KubectlProxy(process, line.substring(GREETING.length()));
    }

    JsonObject get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create("http://" + address + path)).build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException(path + ": HTTP " + response.statusCode() + " " + response.body());
        }
        return JsonParser.parseString(response.body()).getAsJsonObject();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
