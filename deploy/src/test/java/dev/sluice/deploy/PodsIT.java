package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Both services from the image layout, run like the chart's pods: user 65534, read-only root file system, volume with
 * its group, memory limit, flags, service account token, and a real API server that enforces the chart's roles.
 */
@Tag("root")
class PodsIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    /** Slightly above the numbers of this version, which it may exceed only for a reason. */
    private static final Size RECONCILER = new Size(12_400, 100, 296);

    private static final Size SERVER = new Size(8_800, 45, 221);

    private record Size(int classes, int threads, int beans) {}

    @TempDir
    Path temporary;

    @Test
    void podsUseExactlyTheirPermissions() throws Exception {
        Helm helm = Helm.orSkip();
        RealCluster cluster = RealCluster.orSkip();
        skipUnlessRoot();
        Path images = ImageLayout.orSkip();
        checkLibraries(images);
        checkTraining(images);
        try (PodCluster pods = PodCluster.start(cluster, helm, images, temporary);
                FakeSources sources = new FakeSources(cluster, temporary.resolve("offered"))) {
            checkFirst(pods, pods.scenario().publishFirst(sources));
            pods.scenario().live(sources);
            checkMemory(pods);
            assertThat(pods.reconciler().log().lines())
                    .filteredOn(line -> line.startsWith("{"))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(JsonParser.parseString(line).isJsonObject())
                            .isTrue());
            assertThat(pods.reconciler().terminate(Duration.ofSeconds(10)))
                    .as("SIGTERM")
                    .isEqualTo(143);
            assertThat(pods.server().terminate(Duration.ofSeconds(30))).isEqualTo(143);
            assertThat(pods.scenario().get("lease", "source-watcher-leader-election", "{.spec.holderIdentity}"))
                    .as("the lease is released for a standby")
                    .isEmpty();
            checkPermissions(pods);
        }
    }

    /** Libraries that other modules or their tests have; see docs/adr/0012. */
    private static void checkLibraries(Path images) throws IOException {
        assertThat(libraries(images, "reconciler-service"))
                .anyMatch(name -> name.startsWith("client-java-api-"))
                .noneMatch(name -> name.matches("(bcp|log4j|tomcat-embed-el-).*"));
        assertThat(libraries(images, "artifact-server-service"))
                .anyMatch(name -> name.startsWith("tomcat-embed-core-"))
                .noneMatch(name -> name.matches("(org.eclipse.jgit-|commons-compress-|log4j|tomcat-embed-el-).*"));
    }

    /** A method that the training run compiled at level 1 (the flag 2) stays there: SHA-256 would be ten times as slow. */
    private static void checkTraining(Path images) {
        Path root = images.resolve("roots/reconciler-service");
        if (Files.exists(root.resolve("app/app.aot"))) {
            String recorded = Tool.run(List.of(
                            root.resolve("opt/java/bin/java").toString(),
                            "-XX:AOTCache=" + root.resolve("app/app.aot"),
                            "@" + root.resolve("app/jvm.options"),
                            "-XX:+AOTPrintTrainingInfo",
                            "-jar",
                            root.resolve("app/app.jar").toString(),
                            "--version"))
                    .orFail()
                    .output();
            assertThat(recorded.lines())
                    .filteredOn(line -> line.contains(" M sun/security/provider/SHA2[L].implCompress0("))
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(line).contains(" LM4 "));
        }
    }

    private static List<String> libraries(Path images, String service) throws IOException {
        try (Stream<Path> jars = Files.list(images.resolve("roots/" + service + "/app/lib"))) {
            return jars.map(jar -> jar.getFileName().toString()).toList();
        }
    }

    private static void skipUnlessRoot() {
        boolean root = "root".equals(System.getProperty("user.name"))
                && Tool.isAvailable("unshare")
                && Tool.run(List.of("unshare", "--mount", "true")).code() == 0;
        if (!root) {
            System.out.println("not root or no mount namespaces; the images are not tested as pods");
        }
        assumeTrue(root, "needs root and mount namespaces");
    }

    private static void checkFirst(PodCluster pods, String url) throws IOException, InterruptedException {
        assertThat(url).startsWith("http://source-watcher." + pods.namespace() + ".svc.cluster.local./");
        assertThat(pods.download(url)).isEqualTo(200);
    }

    private static void checkMemory(PodCluster pods) throws IOException, InterruptedException {
        System.out.printf(
                "pods: ready after %d ms (reconciler) and %d ms (server); resident %d and %d MiB%n",
                pods.readyMillis().get("reconciler"),
                pods.readyMillis().get("server"),
                pods.reconciler().kilobytes("VmRSS") / 1024,
                pods.server().kilobytes("VmRSS") / 1024);
        for (PodCluster.Limited limited : pods.limited()) {
            checkSize(limited, limited.pod() == pods.reconciler() ? RECONCILER : SERVER);
            assertThat(sum(limited, "jvm_memory_max_bytes{area=\"heap\""))
                    .as("the JVM detects the limit of its cgroup")
                    .isBetween(limited.cgroup().limit() * 0.5, limited.cgroup().limit() * 0.62);
            assertThat(limited.cgroup().peak()).isLessThan(limited.cgroup().limit());
        }
    }

    /** Memory of every pod depends on these numbers; see docs/footprint.md. */
    private static void checkSize(PodCluster.Limited limited, Size most) throws InterruptedException {
        Size size = new Size(
                (int) sum(limited, "jvm_classes_loaded_classes"),
                (int) sum(limited, "jvm_threads_peak_threads"),
                text(limited, "/actuator/startup").split("\"spring.beans.instantiate\"", -1).length - 1);
        System.out.println("pods: " + size + " of at most " + most);
        assertThat(size.classes()).as("classes").isBetween(1, most.classes());
        assertThat(size.threads()).as("threads").isBetween(1, most.threads());
        assertThat(size.beans()).as("beans").isBetween(1, most.beans());
    }

    private static double sum(PodCluster.Limited limited, String series) throws InterruptedException {
        return text(limited, "/metrics")
                .lines()
                .filter(line -> line.startsWith(series))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static String text(PodCluster.Limited limited, String path) throws InterruptedException {
        return limited.pod().get(limited.metricsPort(), path).orElseThrow().body();
    }

    /** The API server can take a moment to write its audit log. */
    private static void checkPermissions(PodCluster pods) throws IOException {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(pods.requests().used())
                        .as("the permissions that the reconciler used, and those that its roles grant")
                        .isEqualTo(AuditedRequests.granted(pods.roles())));
        assertThat(pods.requests().refused()).as("refused by RBAC").isEmpty();
    }
}
