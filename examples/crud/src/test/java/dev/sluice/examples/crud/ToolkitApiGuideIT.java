package dev.sluice.examples.crud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import dev.sluice.toolkit.helm.HelmRelease;
import dev.sluice.toolkit.helm.HelmReleaseList;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.json.ToolkitYaml;
import dev.sluice.toolkit.meta.Annotations;
import io.kubernetes.client.informer.ResourceEventHandler;
import io.kubernetes.client.informer.SharedInformerFactory;
import io.kubernetes.client.util.generic.GenericKubernetesApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The code in docs/toolkit-api.md compiles and does what the page says. */
@KubernetesTest
@Timeout(180)
final class ToolkitApiGuideIT {

    private static final Path GUIDE = Path.of("../../docs/toolkit-api.md");
    private static final List<Path> SOURCES = List.of(
            Path.of("src/main/java/dev/sluice/examples/crud/CrudExample.java"),
            Path.of("src/main/java/dev/sluice/examples/crud/Deadline.java"),
            Path.of("src/test/java/dev/sluice/examples/crud/ToolkitApiGuide.java"));
    private static final Pattern SNIPPET =
            Pattern.compile("<!-- code: ([a-z-]+) -->\n```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern REGION = Pattern.compile("// region ([a-z-]+)\n(.*?)\n *// endregion", Pattern.DOTALL);
    private static final String MANIFEST = """
            apiVersion: helm.toolkit.fluxcd.io/v2
            kind: HelmRelease
            metadata:
              name: web
              namespace: %s
            spec:
              interval: 1h5m0s
              values:
                ratio: 1.0
                nodePort: null
            """;

    private final KubernetesApi api;

    ToolkitApiGuideIT(KubernetesApi api) {
        this.api = api;
    }

    @BeforeEach
    void createTheCrds() throws IOException {
        Definitions.create(api.newClient());
    }

    @Test
    void snippetsAreCompiled() throws IOException {
        Map<String, String> code = new TreeMap<>();
        for (Path source : SOURCES) {
            code.putAll(find(REGION, source));
        }

        Map<String, String> snippets = find(SNIPPET, GUIDE);

        assertThat(snippets).isNotEmpty().isEqualTo(code);
        assertThat(Files.readString(GUIDE).split("```java", -1)).hasSize(snippets.size() + 1);
        assertThat(snippets.values())
                .as("complete methods or types, which declare all variables; the program is linked")
                .allMatch(snippet -> snippet.matches("(?s)(static|void|/\\*\\*) .*}"));
    }

    @Test
    void appliesReadsUpdatesAndWatchesObjects(@TestNamespace String namespace) throws Exception {
        GenericKubernetesApi<HelmRelease, HelmReleaseList> releases = ToolkitApiGuide.releases(
                ToolkitApiGuide.connect(api.kubeconfig().toString()));
        List<HelmRelease> seen = new CopyOnWriteArrayList<>();
        SharedInformerFactory informers = ToolkitApiGuide.watch(api.newClient(), namespace, collector(seen));
        HelmRelease wanted = ToolkitYaml.read(MANIFEST.formatted(namespace), HelmRelease.TYPE);

        ToolkitApiGuide.apply(releases, wanted);
        assertThat(ToolkitApiGuide.read(releases, namespace))
                .containsExactly(namespace + "/web ready=false: not reconciled yet");
        ToolkitApiGuide.update(releases, namespace, "web");
        String requestedAt = ToolkitApiGuide.reconcile(releases, namespace, "web");

        HelmRelease stored = releases.get(namespace, "web").getObject();
        // an API server sorts the fields of free-form JSON, and a real one stores 1.0 as 1
        assertThat(String.valueOf(stored.spec().values())).startsWith("{\"nodePort\":null,\"ratio\":1");
        assertThat(stored.spec().toBuilder()
                        .values(Objects.requireNonNull(wanted.spec().values()))
                        .build())
                .isEqualTo(wanted.spec().toBuilder().suspend(true).build());
        assertThat(stored.metadata().getAnnotations()).containsEntry(Annotations.RECONCILE_REQUESTED_AT, requestedAt);
        await().atMost(Duration.ofSeconds(60)).until(() -> seen.stream().anyMatch(r -> r.equals(stored)));
        informers.stopAllRegisteredInformers();
    }

    @Test
    void buildsAndSerializesObjects() {
        assertThat(ToolkitApiGuide.yaml(MANIFEST.formatted("apps"))).isEqualTo(MANIFEST.formatted("apps"));
        assertThat(ToolkitApiGuide.withValues().values())
                .hasToString("{\"replicas\":2,\"ratio\":1.0,\"nodePort\":null}");
        assertThat(ToolkitApiGuide.olderVersion().apiVersion()).isEqualTo("image.toolkit.fluxcd.io/v1beta2");
        assertThat(ToolkitJson.gson().toJson(ToolkitApiGuide.build().spec())).isEqualTo("""
                {"interval":"10m0s","prune":true,"sourceRef":{"kind":"GitRepository","name":"shop"},\
                "dependsOn":[{"name":"cert-manager","namespace":"flux-system"}],\
                "patches":[{"patch":"- op: replace\\n  path: /spec/replicas\\n  value: 3\\n",\
                "target":{"kind":"Deployment","name":"web"}}],"path":"./deploy/production"}""");
    }

    private static ResourceEventHandler<HelmRelease> collector(List<HelmRelease> seen) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(HelmRelease release) {
                seen.add(release);
            }

            @Override
            public void onUpdate(HelmRelease before, HelmRelease after) {
                seen.add(after);
            }

            @Override
            public void onDelete(HelmRelease release, boolean finalStateUnknown) {}
        };
    }

    private static Map<String, String> find(Pattern pattern, Path file) throws IOException {
        Map<String, String> found = new TreeMap<>();
        Matcher matcher = pattern.matcher(Files.readString(file));
        while (matcher.find()) {
            found.put(matcher.group(1), matcher.group(2).stripIndent().strip());
        }
        return found;
    }
}
