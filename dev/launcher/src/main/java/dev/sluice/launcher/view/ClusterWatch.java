package dev.sluice.launcher.view;

import dev.sluice.artifact.concurrent.DaemonThreads;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.GitRepository;
import io.kubernetes.client.common.KubernetesObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Watches generators and artifacts for the terminal view, and sources for a consumer. */
public final class ClusterWatch implements AutoCloseable {

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Thread> threads = new ArrayList<>();

    private ClusterWatch() {}

    /**
     * Starts watching.
     *
     * @param sources called with every GitRepository that is added or updated
     */
    public static ClusterWatch start(URI api, TerminalView view, Consumer<GitRepository> sources) {
        ClusterWatch started = new ClusterWatch();
        started.watch(api, ExternalArtifact.TYPE, view::artifactSeen, gone -> view.artifactGone(gone.key()));
        started.watch(api, ArtifactGenerator.TYPE, view::generatorSeen, gone -> view.generatorGone(gone.key()));
        started.watch(api, GitRepository.TYPE, sources, gone -> {});
        return started;
    }

    private <T extends KubernetesObject> void watch(URI api, ApiType<T, ?> type, Consumer<T> seen, Consumer<T> gone) {
        Thread thread =
                DaemonThreads.create("watch-" + type.kind().plural(), new KindWatch<>(http, api, type, seen, gone));
        threads.add(thread);
        thread.start();
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
