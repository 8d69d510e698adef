package dev.sluice.controller.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import dev.sluice.artifact.archive.TarGzReader;
import dev.sluice.artifact.archive.UnpackOptions;
import dev.sluice.artifact.config.StorageConfig;
import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.controller.request.ResourcePath;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import dev.sluice.toolkit.crd.ToolkitCrds;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** Compiles and runs the controller in docs/artifact-sdk.md with {@code java}, as the page says. */
@KubernetesTest
@Timeout(300)
final class ArtifactSdkProgramIT {

    private static final Path GUIDE = Path.of("../../docs/artifact-sdk.md");
    private static final ApiKind CRD =
            new ApiKind("apiextensions.k8s.io", "v1", "CustomResourceDefinition", "customresourcedefinitions");
    private static final ApiKind EVENT = new ApiKind("", "v1", "Event", "events");
    private static final ApiKind LEASE = new ApiKind("coordination.k8s.io", "v1", "Lease", "leases");
    private static final String CONTROLLER = "httpbundle-controller";
    private static final ApiKind BUNDLE = new ApiKind("example.com", "v1", "HttpBundle", "httpbundles");

    @TempDir
    Path directory;

    private final KubernetesApi api;
    private final ApiRequests requests;
    private final ObjectKey key;
    private final HttpServer upstream;
    private final String health = "127.0.0.1:" + freePort();
    private Process program;

    ArtifactSdkProgramIT(KubernetesApi api, @TestNamespace String namespace) throws IOException {
        this.api = api;
        this.requests = new ApiRequests(api.newClient(), Duration.ofSeconds(30));
        this.key = new ObjectKey(namespace, "shop");
        this.upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Awaitility.setDefaultTimeout(Duration.ofMinutes(2));
    }

    @BeforeEach
    void start() throws IOException {
        define("externalartifacts", ToolkitCrds.manifest("externalartifacts"));
        define("httpbundles", page("crd.yaml", "yaml"));
        await().ignoreExceptions()
                .until(() -> requests.list(ExternalArtifact.TYPE.kind(), "", Map.of(), JsonObject.class) != null
                        && requests.list(BUNDLE, "", Map.of(), JsonObject.class) != null);
        upstream.start();
        Path source = Files.writeString(
                directory.resolve("HttpBundleController.java"), page("HttpBundleController.java", "java"));
        Files.createDirectories(directory.resolve("artifacts"));
        String address = "127.0.0.1:" + freePort();
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        source.toString(),
                        "--storage-path=" + directory.resolve("artifacts"),
                        "--storage-addr=" + address,
                        "--storage-adv-addr=" + address,
                        "--health-addr=" + health,
                        "--watch-all-namespaces=false",
                        "--enable-leader-election")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("program.log").toFile());
        builder.environment().put("KUBECONFIG", api.kubeconfig().toString());
        builder.environment().put("RUNTIME_NAMESPACE", key.namespace());
        program = builder.start();
    }

    private static String page(String file, String language) throws IOException {
        Matcher found = Pattern.compile(
                        "<!-- file: " + Pattern.quote(file) + " -->\n```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(GUIDE));
        assertThat(found.find()).as(file).isTrue();
        return found.group(1);
    }

    private void define(String name, String manifest) throws IOException {
        Map<String, Object> definition = new Yaml().load(manifest);
        try {
            requests.create(CRD, new ObjectKey("", name), definition, JsonObject.class);
        } catch (ApiRequestException e) {
            if (!e.isConflict()) {
                throw e;
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Ends like in a pod. */
    @AfterEach
    void stop() throws IOException, InterruptedException {
        upstream.stop(0);
        program.destroy();
        assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
        JsonElement holder = requests.get(LEASE, new ObjectKey(key.namespace(), CONTROLLER), JsonObject.class)
                .orElseThrow()
                .getAsJsonObject("spec")
                .get("holderIdentity");
        assertThat(holder == null ? "" : holder.getAsString())
                .as("holder of the released lease")
                .isEmpty();
    }

    @Test
    void theControllerPublishesReportsAndCleansUp() throws IOException {
        apply(offer("one", "one"));
        Artifact first = await().until(this::published, Optional::isPresent).orElseThrow();
        assertThat(download(first)).isEqualTo("one");
        assertThat(conditions()).containsEntry("Ready", "True Succeeded");
        assertThat(bundle().getAsJsonObject("status").get("observedGeneration").getAsLong())
                .isEqualTo(1);
        assertThat(bundle().getAsJsonObject("metadata").get("finalizers").toString())
                .contains("example.com/" + CONTROLLER);
        assertThat(artifact().orElseThrow().metadata().getOwnerReferences()).hasSize(1);
        assertThat(text("http://" + health + "/readyz")).isEqualTo("ok");

        apply(offer("two", "two"));
        Artifact second = await().until(
                        this::published,
                        artifact -> artifact.isPresent()
                                && !artifact.get().revision().equals(first.revision()))
                .orElseThrow();
        assertThat(download(second)).isEqualTo("two");

        apply("{\"spec\":{\"url\":\"http://none.invalid/\",\"sha256\":\"short\"}}");
        await().until(() -> "True InvalidSpec".equals(conditions().get("Stalled")));
        await().until(() -> !artifact().orElseThrow().isReady());
        assertThat(artifact().orElseThrow().artifact()).contains(second);
        await().untilAsserted(() -> assertThat(eventReasons()).contains("NewArtifact", "InvalidSpec"));

        requests.delete(
                BUNDLE, key, bundle().getAsJsonObject("metadata").get("uid").getAsString());
        await().until(() -> artifact().isEmpty()
                && requests.get(BUNDLE, key, JsonObject.class).isEmpty());
        assertThat(directory.resolve("artifacts/httpbundle/" + key.namespace())).isEmptyDirectory();
    }

    /** Serves an archive with one file, and returns the spec that names it. */
    private String offer(String name, String content) throws IOException {
        FileTree tree = FileTree.builder()
                .putFile(TreePath.of("app.yaml"), FileEntry.of(false, content.getBytes(StandardCharsets.UTF_8)))
                .build();
        Path base = Files.createTempDirectory(directory, "upstream");
        ArtifactStorage storage = new ArtifactStorage(
                StorageConfig.parse(List.of("--storage-path=" + base), Map.of()).options(), Clock.systemUTC());
        byte[] archive = Files.readAllBytes(
                storage.localPath(storage.archive(storage.newArtifact("Upstream", "a", name, tree), tree)));
        upstream.createContext("/" + name, exchange -> {
            exchange.sendResponseHeaders(200, archive.length);
            exchange.getResponseBody().write(archive);
            exchange.close();
        });
        return "{\"spec\":{\"url\":\"http://127.0.0.1:%d/%s\",\"sha256\":\"%s\"}}"
                .formatted(
                        upstream.getAddress().getPort(),
                        name,
                        Digest.ofBytes(DigestAlgorithm.SHA256, archive).hex());
    }

    private void apply(String json) throws IOException {
        JsonObject object = JsonParser.parseString(json).getAsJsonObject();
        object.addProperty("apiVersion", BUNDLE.apiVersion());
        object.addProperty("kind", BUNDLE.kind());
        JsonObject metadata = new JsonObject();
        metadata.addProperty("namespace", key.namespace());
        metadata.addProperty("name", key.name());
        object.add("metadata", metadata);
        requests.apply(ResourcePath.of(BUNDLE, key), "test", object, JsonObject.class);
    }

    private JsonObject bundle() throws IOException {
        return requests.get(BUNDLE, key, JsonObject.class).orElseThrow();
    }

    private Set<String> eventReasons() throws IOException {
        Set<String> reasons = new TreeSet<>();
        requests.list(EVENT, key.namespace(), Map.of(), JsonObject.class)
                .getAsJsonArray("items")
                .forEach(event -> {
                    assertThat(event.getAsJsonObject()
                                    .getAsJsonObject("involvedObject")
                                    .get("kind")
                                    .getAsString())
                            .isEqualTo(BUNDLE.kind());
                    reasons.add(event.getAsJsonObject().get("reason").getAsString());
                });
        return reasons;
    }

    /** Returns status and reason of each condition, by type. */
    private Map<String, String> conditions() throws IOException {
        JsonObject status = bundle().getAsJsonObject("status");
        Map<String, String> conditions = new TreeMap<>();
        if (status != null && status.has("conditions")) {
            status.getAsJsonArray("conditions").forEach(each -> {
                JsonObject condition = each.getAsJsonObject();
                conditions.put(
                        condition.get("type").getAsString(),
                        condition.get("status").getAsString() + " "
                                + condition.get("reason").getAsString());
            });
        }
        return conditions;
    }

    private Optional<ExternalArtifact> artifact() throws IOException {
        return requests.get(ExternalArtifact.TYPE.kind(), key, ExternalArtifact.class);
    }

    private Optional<Artifact> published() throws IOException {
        String log = Files.readString(directory.resolve("program.log"));
        assertThat(program.isAlive()).as(log).isTrue();
        return artifact().filter(ExternalArtifact::isReady).flatMap(ExternalArtifact::artifact);
    }

    private static String text(String url) throws IOException {
        try (InputStream in = URI.create(url).toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String download(Artifact artifact) throws IOException {
        Path target = Files.createTempDirectory(directory, "download");
        try (InputStream in = URI.create(artifact.url()).toURL().openStream()) {
            TarGzReader.unpack(in, target, UnpackOptions.fluxSource(UnpackOptions.DEFAULT_MAX_ENTRIES));
        }
        return Files.readString(target.resolve("app.yaml"));
    }
}
