package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shutdown time of the services compared with the grace period of their pods. */
class GracePeriodIT {

    /** Time for hanging scheduled tasks (ShutdownConfiguration) and for the JVM. */
    private static final int REST_SECONDS = 5;

    /** In the chart's single-pod mode, both containers have the artifact server's grace period. */
    @ParameterizedTest
    @ValueSource(strings = {"persistence.enabled=true", "persistence.enabled=false"})
    void artifactServerStopsWithinGracePeriod(String setting) {
        Helm.Rendered chart = Helm.orSkip().template("--set", setting);
        for (Manifest deployment : chart.of("Deployment")) {
            int grace = (int) deployment.at("spec", "template", "spec", "terminationGracePeriodSeconds");
            for (Object item : Manifest.list(deployment.at("spec", "template", "spec", "containers"))) {
                Manifest container = new Manifest(Manifest.map(item));
                if (container.has("lifecycle", "preStop")) {
                    int preStop = (int) container.at("lifecycle", "preStop", "sleep", "seconds");
                    assertThat(preStop + phaseSeconds() + REST_SECONDS).isLessThanOrEqualTo(grace);
                }
            }
        }
    }

    @Test
    void serverDelaysShutdown() {
        Manifest server = Helm.orSkip().template().get("Deployment", "sluice-artifact-server");

        assertThat(server.at("spec", "template", "spec", "containers", 0, "lifecycle", "preStop", "sleep", "seconds"))
                .as("the test above depends on this")
                .isEqualTo(5);
    }

    private static int phaseSeconds() {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(
                    Repository.read("artifact-server-service/src/main/resources/application.properties")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String limit = properties.getProperty("spring.lifecycle.timeout-per-shutdown-phase");
        assertThat(limit).endsWith("s");
        return Integer.parseInt(limit.substring(0, limit.length() - 1));
    }
}
