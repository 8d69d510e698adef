package dev.sluice.kubeapi;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the API by itself: {@code [--port N] [--data DIR]}. */
public final class KubeApiMain {

    private static final Logger log = LoggerFactory.getLogger(KubeApiMain.class);

    private KubeApiMain() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        KubeApi api = KubeApi.start(options(args));
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(api, stopped), "kube-api-stop"));
        log.info("Kubernetes API on {}", api.url());
        stopped.await();
    }

    private static void stop(KubeApi api, CountDownLatch stopped) {
        try {
            api.close();
        } catch (IOException e) {
            log.warn("Closing the data directory failed", e);
        } finally {
            stopped.countDown();
        }
    }

    private static KubeApiOptions options(String[] args) {
        KubeApiOptions options = KubeApiOptions.defaults().withPort(8001);
        for (int i = 0; i < args.length; i += 2) {
            String value = i + 1 < args.length ? args[i + 1] : "";
            options = switch (args[i]) {
                case "--port" -> options.withPort(Integer.parseInt(value));
                case "--data" -> options.withDataDirectory(Path.of(value));
                default ->
                    throw new IllegalArgumentException(
                            "unknown option '" + args[i] + "'; there are --port N and --data DIR");
            };
        }
        return options;
    }
}
