package dev.sluice.examples.release;

import dev.sluice.examples.release.upstream.Upstreams;
import dev.sluice.toolkit.json.ToolkitJson;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.ClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs until it is terminated, loses its lease, or fails to start. */
final class ReleaseControllerMain {

    private static final Logger LOG = LoggerFactory.getLogger(ReleaseControllerMain.class);
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private ReleaseControllerMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        ControllerSettings settings;
        try {
            settings = ControllerSettings.parse(List.of(arguments), System.getenv());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(USAGE);
            return;
        }
        ToolkitJson.install();
        try {
            ReleaseController controller = ReleaseController.start(new ReleaseController.Start(
                    settings, Upstreams::verifier, ReleaseControllerMain::client, ReleaseControllerMain::fail));
            Runtime.getRuntime().addShutdownHook(new Thread(controller::close, "stop"));
        } catch (IOException | RuntimeException e) {
            LOG.atError().setCause(e).log("Cannot start");
            System.exit(FAILED);
        }
        new CountDownLatch(1).await();
    }

    /** KUBECONFIG, ~/.kube/config, or the service account of the pod. */
    private static ApiClient client() {
        try {
            return ClientBuilder.standard().build();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the Kubernetes client configuration", e);
        }
    }

    /** Exits from another thread, because shutdown waits for the calling thread. */
    private static void fail() {
        new Thread(() -> System.exit(FAILED), "exit").start();
    }
}
