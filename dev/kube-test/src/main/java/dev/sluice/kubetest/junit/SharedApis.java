package dev.sluice.kubetest.junit;

import dev.sluice.kubetest.real.KubeAssets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** The APIs of this JVM. Each starts on its first use or announcement, and is closed after all tests. */
final class SharedApis implements AutoCloseable {

    /** System property with the kubeconfig of an existing cluster. */
    static final String KUBECONFIG_PROPERTY = "sluice.test.kubeconfig";

    private final Map<TestedApi, FutureTask<Optional<KubernetesApi>>> found = new EnumMap<>(TestedApi.class);

    /** Returns the API of this kind; empty if it is not available. */
    Optional<KubernetesApi> get(TestedApi kind) {
        FutureTask<Optional<KubernetesApi>> api = task(kind);
        api.run(); // does nothing if it has started
        return result(api);
    }

    /** Starts an API in the background, because it will be needed soon. */
    void announce(TestedApi kind) {
        Thread starter = new Thread(task(kind), "start of " + kind);
        starter.setDaemon(true);
        starter.start();
    }

    private synchronized FutureTask<Optional<KubernetesApi>> task(TestedApi kind) {
        return found.computeIfAbsent(kind, wanted -> new FutureTask<>(() -> find(wanted)));
    }

    private static Optional<KubernetesApi> result(Future<Optional<KubernetesApi>> api) {
        try {
            return api.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot start an API for the tests", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while an API was starting", e);
        }
    }

    private static Optional<KubernetesApi> find(TestedApi kind) {
        return switch (kind) {
            case IN_MEMORY -> Optional.of(InMemoryApi.start());
            case REAL -> findReal();
        };
    }

    private static Optional<KubernetesApi> findReal() {
        String kubeconfig = System.getProperty(KUBECONFIG_PROPERTY, "");
        if (!kubeconfig.isBlank()) {
            return Optional.of(new ExistingCluster("cluster of " + kubeconfig, Path.of(kubeconfig)));
        }
        Optional<KubeAssets> assets = KubeAssets.find();
        if (assets.isPresent()) {
            return Optional.of(RealApi.start(assets.get()));
        }
        Notice.once("no real API server found (no -D" + KUBECONFIG_PROPERTY + ", no " + KubeAssets.ENVIRONMENT
                + "); tests run only on the in-memory API");
        return Optional.empty();
    }

    @Override
    public synchronized void close() {
        found.values().forEach(SharedApis::close);
        found.clear();
    }

    private static void close(Future<Optional<KubernetesApi>> api) {
        Optional<KubernetesApi> started;
        try {
            started = result(api);
        } catch (IllegalStateException neverStarted) {
            return; // the tests that needed it have already failed
        }
        started.ifPresent(KubernetesApi::close);
    }
}
