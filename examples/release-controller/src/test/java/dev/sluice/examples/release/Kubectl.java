package dev.sluice.examples.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.kubetest.real.KubeAssets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The real kubectl with administrator permissions. */
record Kubectl(Path binary, Path kubeconfig) {

    record Answer(int exitCode, String text) {}

    static Optional<Kubectl> find(Path kubeconfig) {
        return KubeAssets.find().map(assets -> new Kubectl(assets.kubectl(), kubeconfig));
    }

    /** Runs kubectl; combines standard output and error. */
    Answer run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(binary.toString(), "--kubeconfig=" + kubeconfig));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS))
                .as("kubectl exits in time")
                .isTrue();
        return new Answer(process.exitValue(), text);
    }

    String succeed(String... arguments) throws IOException, InterruptedException {
        Answer answer = run(arguments);
        assertThat(answer.exitCode()).as(answer.text()).isZero();
        return answer.text().strip();
    }

    /** Applies with strict field validation. */
    void applyStrictly(Path manifests) throws IOException, InterruptedException {
        succeed("apply", "--server-side", "--force-conflicts", "--validate=strict", "-f", manifests.toString());
    }
}
