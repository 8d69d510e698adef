package dev.sluice.examples.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.openapi.models.V1DeploymentSpec;
import io.kubernetes.client.util.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DeploymentManifestTest {

    /**
     * Only the leader is ready, and it keeps the lease until its pod ends. A rollout that waits for a new pod to
     * become ready before it stops the old one would never finish.
     */
    @Test
    void rollOutStopsOldPodFirst() throws IOException {
        V1Deployment deployment =
                Yaml.loadAs(Files.readString(Cluster.MANIFESTS.resolve("deployment.yaml")), V1Deployment.class);
        V1DeploymentSpec spec = Objects.requireNonNull(deployment.getSpec());
        V1Container container = Objects.requireNonNull(spec.getTemplate().getSpec())
                .getContainers()
                .get(0);

        assertThat(container.getArgs()).contains("--enable-leader-election");
        assertThat(Objects.requireNonNull(container.getReadinessProbe()).getHttpGet())
                .as("/readyz responds 503 unless this process leads")
                .isNotNull();
        assertThat(spec.getReplicas()).as("a standby is never ready").isEqualTo(1);
        assertThat(Objects.requireNonNull(spec.getStrategy()).getType()).isEqualTo("Recreate");
    }
}
