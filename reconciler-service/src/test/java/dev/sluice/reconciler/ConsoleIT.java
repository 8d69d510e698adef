package dev.sluice.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import dev.sluice.kubetest.junit.TestedApi;
import dev.sluice.toolkit.crd.ToolkitCrds;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.kustomize.Kustomization;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the console of a reconciler with real sources and a real volume. */
@KubernetesTest(TestedApi.IN_MEMORY)
class ConsoleIT {

    private static final String HOSTILE = "<script>alert(1)</script>";

    @TempDir
    Path temporary;

    private final HttpClient http = HttpClient.newHttpClient();
    private Scenario scenario;
    private String namespace = "";

    @BeforeEach
    void create(KubernetesApi api, @TestNamespace String own) throws IOException {
        namespace = own;
        scenario = new Scenario(api, own, temporary);
        scenario.publish(
                "app",
                "main@sha1:1",
                Map.of(
                        "a/values.yaml",
                        "x: 1\n",
                        "prod.yaml",
                        "z: 2\n",
                        "a/logo.png",
                        "-",
                        "a/" + HOSTILE.replace('/', '_'),
                        HOSTILE));
        scenario.generator("gen", """
                - name: part
                  copy:
                  - {from: "@app/a/**", to: "@artifact/"}
                  - {from: "@app/prod.yaml", to: "@artifact/values.yaml", strategy: Merge}
                """.indent(4));
    }

    @AfterEach
    void stop() {
        scenario.close();
    }

    @Test
    void leadsFromTheOverviewToTheOriginOfAFile() throws Exception {
        scenario.start("--console-addr=:0");
        scenario.awaitReady("gen");
        Artifact first = scenario.offered("part");
        String artifact = "/artifacts/" + namespace + "/part";

        assertThat(page("/")).contains("No problems", "/generators/" + namespace + "/gen", "the only replica");
        assertThat(page("/generators/" + namespace + "/gen"))
                .contains("; reason: ", "class=\"stage-build\"", "fetch ", "@app/prod.yaml")
                .contains("main@sha1:1", artifact + "\"", "the next run without a change is in");
        scenario.cluster().apply(ToolkitCrds.manifest("kustomizations"));
        await().atMost(Scenario.LIMIT)
                .ignoreException(ApiRequestException.class)
                .until(() -> scenario.cluster()
                        .requests()
                        .create(Kustomization.TYPE.kind(), scenario.key("deploy"), kustomization(), JsonObject.class)
                        .has("metadata"));
        assertThat(page("/graph?focus=ArtifactGenerator%2F" + namespace + "%2Fgen"))
                .contains("GitRepository, " + namespace.substring(0, 8), ">deploy</a>", "aria-current=\"true\"")
                .doesNotContain("the kind Kustomization");
        assertThat(page(artifact)).contains("publishes it", "published", first.revision(), "curl -fsSLO");
        assertThat(page(artifact + "/files")).contains("values.yaml", "0644", "&lt;script&gt;");
        assertThat(page(artifact + "/file?path=values.yaml")).contains("x: 1", "z: 2");
        assertThat(page(artifact + "/file?path=" + encode(HOSTILE.replace('/', '_'))))
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script>alert");
        assertThat(page(artifact + "/provenance"))
                .contains("This is how the published artifact was built.", "@app/a/values.yaml", "copied by copy[0]")
                .contains("@app/prod.yaml", "merged by copy[1]", "ignored by \"*.png\"");
        assertThat(page(artifact + "/file?path=values.yaml")).contains("data-language=\"yaml\"");
        assertThat(page("/assets/highlight.min.js")).contains("Highlight.js v11.11.1");
        HttpResponse<String> file =
                http.send(request(artifact + "/content?path=values.yaml"), HttpResponse.BodyHandlers.ofString());
        assertThat(file.body()).isEqualTo("x: 1\nz: 2\n");
        assertThat(file.headers().firstValue("Content-Disposition")).contains("attachment; filename=\"values.yaml\"");
        assertThat(file.headers().firstValue("Content-Type")).contains("application/octet-stream");
        assertThat(file.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(file.headers().allValues("Content-Security-Policy")).contains("sandbox; default-src 'none'");
        await().atMost(Scenario.LIMIT).until(() -> page("/?kind=artifacts").contains("<td class=\"number\">2</td>"));
        await().atMost(Scenario.LIMIT)
                .until(() -> page("/generators/" + namespace + "/gen").contains(">Normal</td>"));
        HttpResponse<byte[]> archive = http.send(
                request(artifact + "/download?revision=" + fileOf(first)), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(archive.body()).isEqualTo(Files.readAllBytes(scenario.file(first)));
        assertThat(archive.headers().firstValue("Content-Disposition").orElse(""))
                .startsWith("attachment;");
        assertThat(archive.headers().allValues("Content-Security-Policy")).contains("sandbox; default-src 'none'");

        for (String unsafe : new String[] {
            "/files?revision=..%2F" + fileOf(first),
            "/file?path=..%2F..%2Fetc%2Fpasswd",
            "/file?path=none",
            "/content?path=none",
            "/content?path=..%2F..%2Fetc%2Fpasswd",
            "/files?revision=x"
        }) {
            assertThat(http.send(request(artifact + unsafe), HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .as(unsafe)
                    .isEqualTo(404);
        }

        String preview = "/generators/" + namespace + "/gen/preview";
        String manifest = body(page(preview));
        assertThat(post(preview, manifest.replace("prod.yaml", "none.yaml")))
                .contains("fails", "part build failed: ", "none.yaml", "does not exist in source");
        assertThat(post(preview, manifest.replace("strategy: Merge", "strategy: Mix")))
                .contains("role=\"alert\"", "strategy");
        assertThat(post(preview, manifest.replace("name: part", "name: other")))
                .contains("1 artifact would be published. Nothing was written.", "new</span>", "deleted</span>");
        assertThat(post(preview, manifest.replace("strategy: Merge", "strategy: Overwrite")))
                .contains("changed</span>", "-x: 1");
        assertThat(post(preview, manifest)).contains("unchanged</span>");
        assertThat(post(preview, manifest.replace("kind: GitRepository", "kind: Bucket")))
                .contains("role=\"alert\"", "get sources failed: source 'Bucket/" + namespace + "/app' not found");
        checkPreviewAgainstTheCluster(preview, manifest);

        Queue<String> events = new ConcurrentLinkedQueue<>();
        Future<?> live = listen(events);
        scenario.publish("app", "main@sha1:2", Map.of("a/values.yaml", "x: 3\n", "prod.yaml", "z: 2\n", "a/new", "n"));
        await().atMost(Scenario.LIMIT).until(() -> events.contains("event:changed"));
        await().atMost(Scenario.LIMIT)
                .until(() -> !scenario.offered("part").revision().equals(first.revision()));
        live.cancel(true);

        Artifact second = scenario.offered("part");
        await().atMost(Scenario.LIMIT).until(() -> page(artifact).contains(second.revision()));
        assertThat(page(artifact + "/diff?from=" + fileOf(first) + "&to=" + fileOf(second)))
                .contains("values.yaml", "-x: 1", "+x: 3", "<span class=\"badge\">A</span> new");
    }

    private JsonObject kustomization() {
        return ToolkitJson.gson().fromJson("""
                {"apiVersion": "kustomize.toolkit.fluxcd.io/v1", "kind": "Kustomization",
                 "metadata": {"namespace": "%s", "name": "deploy"},
                 "spec": {"interval": "10m", "prune": true, "sourceRef": {"kind": "ExternalArtifact", "name": "part"}}}""".formatted(namespace), JsonObject.class);
    }

    /** The errors are those that the controller reports for such a spec. */
    private void checkPreviewAgainstTheCluster(String preview, String manifest) throws Exception {
        scenario.generator("rival", Scenario.artifact("taken", "a/**"));
        scenario.awaitReady("rival");
        assertThat(post(preview, manifest.replace("name: part", "name: taken")))
                .contains("taken reconcile failed: ExternalArtifact " + namespace + "/taken")
                .contains("it belongs to another ArtifactGenerator");
        assertThat(scenario.offered("taken")).isNotNull();
    }

    @Test
    void rejectsWhatItDoesNotShow() throws Exception {
        scenario.start("--console-addr=127.0.0.1:0", "--console-contents=false", "--console-namespaces=other-*");
        String artifact = "/artifacts/" + namespace + "/part";
        scenario.awaitReady("gen");

        assertThat(page("/")).contains("Only the namespaces other-* are shown").doesNotContain("/gen\"");
        for (String hidden : new String[] {
            "/generators/" + namespace + "/gen",
            artifact,
            artifact + "/files",
            artifact + "/download",
            "/nothing",
            "/artifacts/%ff%fe/%c0%af",
            "/assets/..%2fpackage-info.class",
            "/actuator"
        }) {
            HttpResponse<String> response = http.send(request(hidden), HttpResponse.BodyHandlers.ofString());
            assertThat(response.statusCode()).as(hidden).isBetween(400, 404);
            assertThat(response.body()).doesNotContain("values.yaml");
        }
        HttpResponse<String> page = http.send(request("/"), HttpResponse.BodyHandlers.ofString());
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .startsWith("default-src 'none'; script-src 'self'");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(raw("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n"))
                .startsWith("HTTP/1.1 405");
        assertThat(raw("POST /generators/a/b/preview HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: cross-site\r\n"
                        + "Content-Length: 0\r\n"))
                .startsWith("HTTP/1.1 405");
        assertThat(raw("GET / HTTP/1.1\r\nHost: evil.test\r\n")).startsWith("HTTP/1.1 403");
        String foreign = "GET / HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: ";
        assertThat(raw(foreign + "no-cors\r\n")).startsWith("HTTP/1.1 403");
        assertThat(raw(foreign + "navigate\r\n")).startsWith("HTTP/1.1 200");
        assertThat(raw("GET /<script> HTTP/1.1\r\nHost: localhost\r\n"))
                .startsWith("HTTP/1.1 400")
                .doesNotContain("Tomcat", "<script>");
        assertThat(raw("GET / HTTP/1.1\r\nHost: LocalHost:1\r\n")).startsWith("HTTP/1.1 200");
    }

    private Future<?> listen(Queue<String> events) {
        return http.sendAsync(request("/live"), HttpResponse.BodyHandlers.ofLines())
                .thenAccept(response -> {
                    try (Stream<String> lines = response.body()) {
                        lines.forEach(events::add);
                    }
                });
    }

    private String page(String path) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(request(path), HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(path).isEqualTo(200);
        return response.body();
    }

    /** The manifest in the form. */
    private static String body(String page) {
        return page.replaceAll("(?s).*<textarea[^>]*>(.*)</textarea>.*", "$1")
                .replace("&gt;", ">")
                .replace("&lt;", "<")
                .replace("&amp;", "&");
    }

    private String post(String path, String manifest) throws IOException, InterruptedException {
        HttpRequest form = HttpRequest.newBuilder(request(path), (name, value) -> true)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("manifest=" + encode(manifest)))
                .build();
        HttpResponse<String> response = http.send(form, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + scenario.consolePort() + path))
                .timeout(Duration.ofSeconds(30))
                .build();
    }

    private String raw(String head) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), scenario.consolePort())) {
            socket.getOutputStream().write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String fileOf(Artifact artifact) {
        return artifact.path().substring(artifact.path().lastIndexOf('/') + 1);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
