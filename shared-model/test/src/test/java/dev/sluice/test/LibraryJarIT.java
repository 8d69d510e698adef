package dev.sluice.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.artifact.fetch.ArtifactFetcher;
import dev.sluice.artifact.fetch.FetchOptions;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import dev.sluice.kubetest.junit.TestedApi;
import dev.sluice.toolkit.crd.ToolkitCrds;
import dev.sluice.toolkit.json.ToolkitYaml;
import dev.sluice.toolkit.kustomize.Kustomization;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.GitRepository;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** The library as its users have it: its jar, without the modules that it consists of. */
@KubernetesTest(TestedApi.IN_MEMORY)
@Timeout(180)
class LibraryJarIT {

    private static final Path GUIDE = Path.of("../../docs/artifact-sdk.md");

    @TempDir
    Path directory;

    private final KubernetesApi api;
    private final ApiClient client;
    private final ObjectKey key;

    LibraryJarIT(KubernetesApi api, @TestNamespace String namespace) {
        this.api = api;
        this.client = api.newClient();
        this.key = new ObjectKey(namespace, "shop");
    }

    @Test
    void theApiNeedsNothingOnTheClassPath() throws Exception {
        assertThatThrownBy(() -> Class.forName("dev.sluice.kubeapi.KubeApi"))
                .isInstanceOf(ClassNotFoundException.class);
        assertThatThrownBy(() -> Class.forName("org.springframework.web.servlet.DispatcherServlet"))
                .isInstanceOf(ClassNotFoundException.class);
        assertThat(api.url().getHost()).isEqualTo("127.0.0.1");
        Path jar = Path.of(KubernetesApi.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        assertThat(jar).isRegularFile().hasFileName("sluice-test.jar");
        try (JarFile library = new JarFile(jar.toFile())) {
            assertThat(library.getManifest().getMainAttributes().getValue("Automatic-Module-Name"))
                    .isEqualTo("dev.sluice.test");
            assertThat(library.getEntry("META-INF/LICENSE")).isNotNull();
        }
    }

    @Test
    void everyKindOfFluxCanBeCreated() throws Exception {
        Definitions.installFlux(client);
        Definitions.install(client, ToolkitCrds.all()); // what the API stores does not differ
        Kustomization wanted = ToolkitYaml.read("""
                apiVersion: kustomize.toolkit.fluxcd.io/v1
                kind: Kustomization
                metadata: {name: shop, namespace: %s}
                spec: {interval: 10m, prune: true, sourceRef: {kind: ExternalArtifact, name: shop}}
                """.formatted(key.namespace()), Kustomization.TYPE);

        Kustomization created = Kustomization.TYPE
                .api(client)
                .create(wanted)
                .throwsApiException()
                .getObject();

        assertThat(created.spec().sourceRef().name()).isEqualTo("shop");
        assertThat(created.metadata().getGeneration()).isEqualTo(1);
    }

    @Test
    void fakeSourcesPublishRevisions() throws Exception {
        Definitions.installFlux(client);
        try (FakeSources sources = FakeSources.start(client)) {
            GitRepository first = sources.publish(key, "main@sha1:1", Map.of("app.yaml", "one"));
            assertThat(first.isReady()).isTrue();
            GitRepository second = sources.publish(key, "main@sha1:2", Map.of("app.yaml", "two"));

            Artifact artifact = second.artifact().orElseThrow();
            assertThat(artifact.revision()).isEqualTo("main@sha1:2");
            assertThat(second.metadata().getUid()).isEqualTo(first.metadata().getUid());
            new ArtifactFetcher(FetchOptions.defaults())
                    .fetch(
                            artifact.url(),
                            Objects.requireNonNull(artifact.digest()),
                            directory.resolve("artifact.tar.gz"));
            assertThat(sources.requests("/" + artifact.path())).isEqualTo(1);
        }
    }

    /** Compiles and runs the controller and the test in docs/artifact-sdk.md. */
    @Test
    void theGuidesTestPasses() throws Exception {
        Files.writeString(directory.resolve("crd.yaml"), page("crd.yaml", "yaml"));
        Path controller = Files.writeString(
                directory.resolve("HttpBundleController.java"), page("HttpBundleController.java", "java"));
        Path test = Files.writeString(
                directory.resolve("HttpBundleControllerTest.java"), page("HttpBundleControllerTest.java", "java"));
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        int status = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", classPath, controller.toString(), test.toString());
        assertThat(status).isZero();

        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {directory.toUri().toURL()}, getClass().getClassLoader())) {
            LauncherFactory.create()
                    .execute(
                            LauncherDiscoveryRequestBuilder.request()
                                    .selectors(DiscoverySelectors.selectClass(
                                            loader.loadClass("HttpBundleControllerTest")))
                                    .build(),
                            summary);
        }

        assertThat(summary.getSummary().getFailures())
                .extracting(failure -> String.valueOf(failure.getException()))
                .isEmpty();
        assertThat(summary.getSummary().getTestsSucceededCount()).isPositive();
    }

    private static String page(String file, String language) throws IOException {
        Matcher found = Pattern.compile(
                        "<!-- file: " + Pattern.quote(file) + " -->\n```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(GUIDE));
        assertThat(found.find()).as(file).isTrue();
        return found.group(1);
    }
}
