package dev.sluice.examples.watcher;

import io.kubernetes.client.util.ClientBuilder;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Runs until it is terminated. */
final class WatcherMain {

    private static final int USAGE = 2;

    private WatcherMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        WatcherOptions options;
        try {
            options = WatcherOptions.parse(List.of(arguments), System.getenv());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(USAGE);
            return;
        }
        // KUBECONFIG, ~/.kube/config, or the service account of the pod
        Watcher watcher = Watcher.start(ClientBuilder.standard().build(), options);
        Runtime.getRuntime().addShutdownHook(new Thread(watcher::close, "stop"));
        new CountDownLatch(1).await();
    }
}
