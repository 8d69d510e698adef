package dev.sluice.reconciler;

import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.runtime.Service;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springframework.context.ConfigurableApplicationContext;

/** A reconciler in this JVM, as an application. */
record RunningReconciler(ConfigurableApplicationContext context) implements AutoCloseable {

    /** Starts a reconciler on a volume; later flags override these. */
    static RunningReconciler start(KubernetesApi api, Path storage, String... flags) {
        return start(api.kubeconfig(), storage, flags);
    }

    static RunningReconciler start(Path kubeconfig, Path storage, String... flags) {
        List<String> all = new ArrayList<>(List.of(
                "--kubeconfig=" + kubeconfig,
                "--storage-path=" + storage,
                "--storage-adv-addr=artifacts.test",
                "--metrics-addr=127.0.0.1:0",
                "--health-addr=127.0.0.1:0",
                "--requeue-dependency=1s",
                "--log-level=error"));
        all.addAll(Arrays.asList(flags));
        return new RunningReconciler(
                Service.of(ReconcilerApplication.class, ReconcilerFlags.all()).start(all.toArray(String[]::new)));
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }
}
