package dev.sluice.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.kubeapi.KubeApi;
import dev.sluice.kubeapi.KubeApiOptions;
import io.kubernetes.client.util.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the feature gate while the source cache receives no updates. */
class DirectSourceFetchIT {

    @TempDir
    Path temporary;

    private KubeApi api;
    private Namespaced given;
    private LocalSources sources;
    private Path kubeconfig;

    @BeforeEach
    void start() throws IOException {
        api = KubeApi.start(KubeApiOptions.defaults());
        kubeconfig = temporary.resolve("kubeconfig");
        api.writeKubeconfig(kubeconfig);
        Cluster cluster = new Cluster(Config.fromUrl(api.url().toString(), false));
        cluster.installCrds();
        given = new Namespaced(cluster, "default");
        sources = new LocalSources(cluster, Files.createDirectory(temporary.resolve("sources")));
        sources.publish(given.key("app"), "main@sha1:1", Map.of("a/x.yaml", "x: 1\n"));
        given.generator("one", "");
    }

    @AfterEach
    void stop() throws IOException {
        sources.close();
        api.close();
    }

    @Test
    void readsSourcesFromTheApiServerOnlyWithTheGate() throws IOException {
        assertThat(seesNewRevisionWithoutCacheUpdates("without")).isFalse();
        assertThat(seesNewRevisionWithoutCacheUpdates("with", "--feature-gates=DirectSourceFetch=true"))
                .isTrue();
    }

    private boolean seesNewRevisionWithoutCacheUpdates(String name, String... flags) throws IOException {
        try (RunningReconciler reconciler =
                RunningReconciler.start(kubeconfig, Files.createDirectory(temporary.resolve(name)), flags)) {
            assertThat(reconciler.context().isRunning()).isTrue();
            given.awaitArtifact("one");
            given.awaitReady("one");
            given.request("one");
            String before = given.artifact("one").revision();
            await().atMost(Namespaced.LIMIT)
                    .until(() -> api.faults().silenceWatches("/apis/source.toolkit.fluxcd.io/v1/gitrepositories") > 0);
            sources.publish(given.key("app"), "main@sha1:" + name, Map.of("a/x.yaml", "x: " + name + "\n"));
            given.request("one");
            boolean seen = !given.artifact("one").revision().equals(before);
            api.faults().clear();
            return seen;
        }
    }
}
