package dev.sluice.examples.release;

import dev.sluice.artifact.fetch.ArtifactFetcher;
import dev.sluice.artifact.fetch.FetchAccess;
import dev.sluice.artifact.fetch.FetchOptions;
import dev.sluice.artifact.fetch.HostOverride;
import dev.sluice.artifact.fetch.RetryPolicy;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.controller.queue.BackOffOptions;
import dev.sluice.controller.source.ControllerConfig;
import dev.sluice.controller.source.RunningController;
import dev.sluice.examples.release.upstream.ReleaseVerifier;
import dev.sluice.examples.release.upstream.SignatureVerifier;
import dev.sluice.kubetest.junit.KubernetesApi;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A running controller for one namespace, with short intervals. */
final class Running implements AutoCloseable {

    /** The host in artifact URLs. */
    static final String ADDRESS = "release-controller.flux-system.svc.cluster.local.";

    private static final Duration SHORT = Duration.ofMillis(20);

    private final RunningController controller;

    private Running(RunningController controller) {
        this.controller = controller;
    }

    static Running start(KubernetesApi api, String namespace, Path volume, String... flags) throws IOException {
        return start(api, namespace, volume, new SignatureVerifier(), flags);
    }

    static Running start(KubernetesApi api, String namespace, Path volume, ReleaseVerifier verifier, String... flags)
            throws IOException {
        List<String> arguments = new ArrayList<>(List.of(flags));
        arguments.add("--storage-path=" + volume);
        arguments.add("--storage-addr=127.0.0.1:0");
        arguments.add("--storage-adv-addr=" + ADDRESS);
        arguments.add("--health-addr=127.0.0.1:0");
        arguments.add("--watch-all-namespaces=false");
        ControllerConfig config = ReleaseController.parse(arguments, Map.of("RUNTIME_NAMESPACE", namespace));
        FetchOptions quick =
                ReleaseController.fetchOptions(config, Map.of()).withRetry(new RetryPolicy(1, SHORT, SHORT));
        return new Running(ReleaseController.of(quick, verifier)
                .withBackOff(new BackOffOptions(SHORT, Duration.ofMillis(200), 0))
                .start(config, api::newClient, () -> {
                    throw new AssertionError("the controller failed");
                }));
    }

    /** Downloads like kustomize-controller, by the URL and digest in the status. */
    void download(Artifact artifact, Path target) throws IOException {
        download(artifact, target, FetchAccess.open());
    }

    void download(Artifact artifact, Path target, FetchAccess access) throws IOException {
        String local = "127.0.0.1:" + controller.address().getPort();
        FetchOptions options = FetchOptions.defaults()
                .withRetry(new RetryPolicy(0, SHORT, SHORT))
                .withAccess(access)
                .withHostOverride(new HostOverride(Optional.of(local)));
        new ArtifactFetcher(options).fetch(artifact.url(), Objects.requireNonNull(artifact.digest()), target);
    }

    /** Stops the controller gracefully; does nothing if it is already stopped. */
    void stop() {
        controller.close();
    }

    @Override
    public void close() {
        stop();
    }
}
