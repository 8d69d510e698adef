package dev.sluice.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.controller.request.ResourcePath;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import dev.sluice.kubetest.junit.TestedApi;
import dev.sluice.reconciler.volume.VolumeMaintenance;
import dev.sluice.reconciler.volume.VolumeStats;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that edited statuses and labels in a tenant's namespace do not affect other namespaces. */
@KubernetesTest(
        value = {TestedApi.REAL, TestedApi.IN_MEMORY},
        firstAvailable = true)
class HostileStatusIT {

    private static final dev.sluice.toolkit.meta.ApiKind NAMESPACE =
            new dev.sluice.toolkit.meta.ApiKind("", "v1", "Namespace", "namespaces");
    private static final String WRONG_DIGEST = "sha256:" + "0".repeat(64);

    @TempDir
    Path temporary;

    private Cluster cluster;
    private Namespaced good;
    private Namespaced evil;
    private LocalSources sources;
    private Path storage;
    private RunningReconciler reconciler;
    private Artifact victim;

    @BeforeEach
    void start(KubernetesApi api, @TestNamespace String namespace) throws IOException {
        cluster = new Cluster(api.newClient());
        cluster.installCrds();
        good = new Namespaced(cluster, namespace);
        evil = new Namespaced(cluster, namespace + "-evil");
        JsonObject evilNamespace = new JsonObject();
        evilNamespace.add(
                "metadata", new Gson().fromJson("{\"name\":\"%s\"}".formatted(evil.namespace()), JsonObject.class));
        cluster.requests().create(NAMESPACE, new ObjectKey("", evil.namespace()), evilNamespace, JsonObject.class);
        storage = Files.createDirectory(temporary.resolve("storage"));
        sources = new LocalSources(cluster, Files.createDirectory(temporary.resolve("sources")));
        for (Namespaced tenant : new Namespaced[] {good, evil}) {
            sources.publish(tenant.key("app"), "main@sha1:1", Map.of("a/x.yaml", "x: 1\n"));
            tenant.generator("one", "");
        }
        reconciler = RunningReconciler.start(
                api, storage, "--sluice.volume.tick=100ms", "--sluice.volume.verify-every=200ms");
        for (Namespaced tenant : new Namespaced[] {good, evil}) {
            tenant.awaitArtifact("one");
            tenant.awaitReady("one");
        }
        victim = good.artifact("one");
    }

    @AfterEach
    void stop() throws IOException {
        // the next test's reconciler watches the whole cluster
        for (Namespaced tenant : new Namespaced[] {good, evil}) {
            if (cluster.generator(tenant.key("one")).isPresent()) {
                tenant.edit("one", "{\"metadata\":{\"finalizers\":null}}");
                cluster.deleteGenerator(tenant.key("one"));
                cluster.deleteExternalArtifact(tenant.key("one"));
            }
        }
        reconciler.close();
        sources.close();
    }

    @Test
    void anInventoryWithForeignFilesRemovesNothing() throws IOException {
        pause(good); // otherwise it would rebuild removed files at once
        Path file = Namespaced.file(storage, victim);
        String entry = "{\"name\":\"one\",\"namespace\":\"%s\",\"filename\":\"%s\",\"digest\":\"%s\"}"
                .formatted(good.namespace(), file.getFileName(), WRONG_DIGEST);
        writeStatus(ArtifactGenerator.TYPE, evil, "one", "{\"inventory\":[%s]}".formatted(entry));

        evil.request("one");

        assertThat(file).exists();
        evil.awaitReady("one");
        assertThat(Objects.requireNonNull(
                                cluster.generator(evil.key("one")).orElseThrow().status())
                        .inventory())
                .as("corrected by the run")
                .allMatch(left -> evil.namespace().equals(left.namespace()))
                .hasSize(1);

        cluster.deleteGenerator(evil.key("one"));
        await().atMost(Namespaced.LIMIT)
                .until(() -> cluster.generator(evil.key("one")).isEmpty());
        assertThat(file).exists();
        assertThat(cluster.externalArtifact(good.key("one"))).isPresent();
    }

    @Test
    void ignoresAnObjectWithTheUidOfAnotherNamespacesGenerator() throws IOException {
        String uid = cluster.generator(good.key("one")).orElseThrow().metadata().getUid();
        String before =
                cluster.generator(good.key("one")).orElseThrow().metadata().getResourceVersion();
        cluster.apply("""
                apiVersion: source.toolkit.fluxcd.io/v1
                kind: ExternalArtifact
                metadata:
                  name: lie
                  namespace: %s
                  labels: {"source.extensions.fluxcd.io/generator": "%s"}
                spec: {sourceRef: {kind: ArtifactGenerator, name: one}}
                """.formatted(evil.namespace(), uid));
        writeStatus(
                ExternalArtifact.TYPE,
                evil,
                "lie",
                "{\"artifact\":%s}"
                        .formatted(artifactJson("externalartifact/%s/lie/1.tar.gz".formatted(evil.namespace()))));

        Artifact rotten = evil.artifact("one");
        Files.delete(Namespaced.file(storage, rotten));
        await("a verification of both").atMost(Namespaced.LIMIT).until(() -> stats().repaired() > 0);

        assertThat(stats().broken()).isZero();
        assertThat(stats().missing()).isOne();
        good.request("one");
        assertThat(cluster.externalArtifact(evil.key("lie"))).isPresent();
        assertThat(cluster.changes(good.key("one"), before))
                .as("annotation and status")
                .isEqualTo(2);
    }

    @Test
    void ignoresAnArtifactThatPointsAtAForeignFile() throws IOException {
        pause(evil); // otherwise it would correct the object at once
        writeStatus(ExternalArtifact.TYPE, evil, "one", "{\"artifact\":%s}".formatted(artifactJson(victim.path())));

        long verified = stats().verified();
        await("several passes").atMost(Namespaced.LIMIT).until(() -> stats().verified() > verified + 3);

        assertThat(stats().broken()).isZero();
        assertThat(stats().corrupted()).isZero();
        assertThat(Namespaced.file(storage, victim)).exists();
    }

    private static void pause(Namespaced tenant) throws IOException {
        tenant.edit("one", "{\"metadata\":{\"annotations\":{\"source.extensions.fluxcd.io/reconcile\":\"disabled\"}}}");
    }

    private VolumeStats stats() {
        return reconciler.bean(VolumeMaintenance.class).stats();
    }

    private static String artifactJson(String path) {
        return """
                {"path":"%s","url":"http://artifacts.test/%s","revision":"latest@%s","digest":"%s",
                 "lastUpdateTime":"2026-01-01T00:00:00Z","size":1}""".formatted(path, path, WRONG_DIGEST, WRONG_DIGEST);
    }

    private void writeStatus(ApiType<?, ?> type, Namespaced tenant, String name, String json) throws IOException {
        JsonObject body = new JsonObject();
        body.add("status", new Gson().fromJson(json, JsonObject.class));
        ResourcePath path = ResourcePath.of(type.kind(), tenant.key(name)).subresource("status");
        cluster.requests().mergePatch(path, "a-tenant", body, JsonObject.class);
    }
}
