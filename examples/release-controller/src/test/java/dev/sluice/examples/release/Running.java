package dev.sluice.examples.release;

import dev.sluice.artifact.fetch.ArtifactFetcher;
import dev.sluice.artifact.fetch.FetchOptions;
import dev.sluice.artifact.fetch.HostOverride;
import dev.sluice.artifact.fetch.RetryPolicy;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.controller.queue.BackOffOptions;
import dev.sluice.examples.release.upstream.ReleaseVerifier;
import dev.sluice.examples.release.upstream.Upstreams;
import dev.sluice.kubetest.junit.KubernetesApi;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** A running controller for one namespace, with short intervals. */
final class Running implements AutoCloseable {

    /** The host in artifact URLs. */
    static final String ADDRESS = "release-controller.flux-system.svc.cluster.local.";

    private static final Duration SHORT = Duration.ofMillis(20);

    private final ReleaseController controller;
    private boolean stopped;

    private Running(ReleaseController controller) {
        this.controller = controller;
    }

    static Running start(KubernetesApi api, String namespace, Path volume, String... flags) throws IOException {
        return start(api, namespace, volume, Upstreams::verifier, flags);
    }

    static Running start(
            KubernetesApi api,
            String namespace,
            Path volume,
            Function<Upstreams, ReleaseVerifier> verifier,
            String... flags)
            throws IOException {
        List<String> arguments = new ArrayList<>(List.of(flags));
        arguments.add("--storage-path=" + volume);
        arguments.add("--storage-addr=127.0.0.1:0");
        arguments.add("--storage-adv-addr=" + ADDRESS);
        arguments.add("--watch-all-namespaces=false");
        ControllerSettings given = ControllerSettings.parse(arguments, Map.of("RUNTIME_NAMESPACE", namespace));
        ControllerSettings quick = new ControllerSettings(
                given.storage(),
                given.namespace(),
                given.ownNamespace(),
                given.leaderElection(),
                given.noCrossNamespaceRefs(),
                given.concurrent(),
                given.fetch().withRetry(new RetryPolicy(1, SHORT, SHORT)),
                new BackOffOptions(SHORT, Duration.ofMillis(200), 0));
        return new Running(ReleaseController.start(new ReleaseController.Start(quick, verifier, api::newClient, () -> {
            throw new AssertionError("the controller failed");
        })));
    }

    /** Downloads like kustomize-controller, by the URL and digest in the status. */
    void download(Artifact artifact, Path target) throws IOException {
        String local = "127.0.0.1:" + controller.address().getPort();
        FetchOptions options = FetchOptions.defaults()
                .withRetry(new RetryPolicy(0, SHORT, SHORT))
                .withHostOverride(new HostOverride(Optional.of(local)));
        new ArtifactFetcher(options).fetch(artifact.url(), Objects.requireNonNull(artifact.digest()), target);
    }

    /** Stops the controller gracefully; does nothing if it is already stopped. */
    void stop() {
        if (!stopped) {
            controller.close();
        }
        stopped = true;
    }

    @Override
    public void close() {
        stop();
    }
}
