package dev.sluice.controller.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import dev.sluice.artifact.archive.TarGzReader;
import dev.sluice.artifact.archive.UnpackOptions;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import dev.sluice.toolkit.crd.ToolkitCrds;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/** Compiles and runs the program in docs/artifact-sdk.md with {@code java}, as the page says. */
@KubernetesTest
@Timeout(180)
final class ArtifactSdkProgramIT {

    private static final Path GUIDE = Path.of("../../docs/artifact-sdk.md");
    private static final Pattern PROGRAM =
            Pattern.compile("<!-- file: DirectorySource.java -->\n```java\n(.*?)```", Pattern.DOTALL);
    private static final ApiKind CRD =
            new ApiKind("apiextensions.k8s.io", "v1", "CustomResourceDefinition", "customresourcedefinitions");

    @TempDir
    Path directory;

    private final KubernetesApi api;
    private final ApiClient client;
    private final ObjectKey key;
    private Process program;

    ArtifactSdkProgramIT(KubernetesApi api, @TestNamespace String namespace) {
        ToolkitJson.install();
        this.api = api;
        this.client = api.newClient();
        this.key = new ObjectKey(namespace, "shop");
        Awaitility.setDefaultTimeout(Duration.ofSeconds(90));
    }

    @BeforeEach
    void start() throws IOException {
        define();
        Matcher page = PROGRAM.matcher(Files.readString(GUIDE));
        assertThat(page.find()).isTrue();
        Path source = Files.writeString(directory.resolve("DirectorySource.java"), page.group(1));
        Files.createDirectories(directory.resolve("artifacts"));
        Path shop = Files.createDirectory(directory.resolve("shop"));
        Files.writeString(shop.resolve("app.yaml"), "one");
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
                        "--directory=" + shop,
                        "--namespace=" + key.namespace(),
                        "--name=" + key.name())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("program.log").toFile());
        builder.environment().put("KUBECONFIG", api.kubeconfig().toString());
        program = builder.start();
    }

    private void define() throws IOException {
        ApiRequests requests = new ApiRequests(client, Duration.ofSeconds(30));
        Map<String, Object> definition = new Yaml().load(ToolkitCrds.manifest("externalartifacts"));
        try {
            requests.create(CRD, new ObjectKey("", "externalartifacts"), definition, JsonObject.class);
        } catch (ApiRequestException e) {
            if (!e.isConflict()) {
                throw e;
            }
        }
        await().until(() -> ExternalArtifact.TYPE.api(client).list().isSuccess());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @AfterEach
    void stop() throws InterruptedException {
        program.destroy();
        assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void publishesADirectoryAndItsChanges() throws IOException {
        Artifact first = await().until(this::published, Optional::isPresent).orElseThrow();
        assertThat(download(first)).isEqualTo("one");

        Files.writeString(directory.resolve("shop/app.yaml"), "two");
        Artifact second = await().until(
                        this::published,
                        artifact -> !artifact.orElseThrow().revision().equals(first.revision()))
                .orElseThrow();
        assertThat(download(second)).isEqualTo("two");
        assertThat(List.of(first.revision(), second.revision()))
                .allMatch(revision -> revision.startsWith("latest@sha256:"));
    }

    private Optional<Artifact> published() throws IOException {
        String log = Files.readString(directory.resolve("program.log"));
        assertThat(program.isAlive()).as(log).isTrue();
        return Optional.ofNullable(ExternalArtifact.TYPE
                        .api(client)
                        .get(key.namespace(), key.name())
                        .getObject())
                .filter(ExternalArtifact::isReady)
                .flatMap(ExternalArtifact::artifact);
    }

    private String download(Artifact artifact) throws IOException {
        Path target = Files.createTempDirectory(directory, "download");
        try (InputStream in = URI.create(artifact.url()).toURL().openStream()) {
            TarGzReader.unpack(in, target, UnpackOptions.fluxSource(UnpackOptions.DEFAULT_MAX_ENTRIES));
        }
        return Files.readString(target.resolve("app.yaml"));
    }
}
