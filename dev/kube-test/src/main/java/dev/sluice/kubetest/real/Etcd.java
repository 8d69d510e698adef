package dev.sluice.kubetest.real;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** An etcd on loopback. It never syncs to disk, because its data is worthless after the test. */
final class Etcd implements AutoCloseable {

    private static final int ATTEMPTS = 3;

    private final KubeAssets assets;
    private final Path directory;
    private final URI client;
    private Runnable ended = () -> {};
    private volatile ServerProcess process;
    private volatile boolean restarting;

    private Etcd(KubeAssets assets, Path directory, URI client) throws IOException {
        this.assets = assets;
        this.directory = directory;
        this.client = client;
        this.process = launch(assets, directory, client);
    }

    static Etcd start(KubeAssets assets, Path directory, StartDeadline deadline)
            throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            URI client = URI.create("http://" + Loopback.HOST + ":" + Loopback.freePort());
            Etcd etcd = new Etcd(assets, directory, client);
            try {
                etcd.awaitHealth(deadline);
                return etcd;
            } catch (IOException | InterruptedException e) {
                boolean portWasTaken = etcd.process.addressWasTaken();
                etcd.close();
                if (!portWasTaken || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static ServerProcess launch(KubeAssets assets, Path directory, URI client) throws IOException {
        Path data = Files.createDirectories(directory.resolve("etcd-" + client.getPort()));
        List<String> arguments = List.of(
                "--name=test",
                "--data-dir=" + data,
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=http://" + Loopback.HOST + ":0",
                "--unsafe-no-fsync",
                "--log-level=warn");
        Map<String, String> environment = Map.of("GOMEMLIMIT", "256MiB", "GOGC", "300");
        return ServerProcess.start(assets.etcd(), arguments, environment, directory.resolve("etcd.log"));
    }

    private void awaitHealth(StartDeadline deadline) throws IOException, InterruptedException {
        HealthCheck health = HealthCheck.plain(client);
        while (!health.isOk("/health")) {
            deadline.check("etcd", process);
            process.pauseBetweenChecks();
        }
    }

    URI client() {
        return client;
    }

    /** Runs {@code then} on another thread when etcd exits, except during a restart. */
    void whenEnded(Runnable then) {
        ended = then;
        watch(process);
    }

    private void watch(ServerProcess watched) {
        watched.whenEnded(() -> {
            if (watched == process && !restarting) {
                ended.run();
            }
        });
    }

    /** Sends a signal: STOP suspends etcd like a disk that does not respond, CONT resumes it. */
    void signal(String signal) throws IOException, InterruptedException {
        process.signal(signal);
    }

    /** Kills etcd and starts it again with its stored data. */
    void restart(StartDeadline deadline) throws IOException, InterruptedException {
        restarting = true;
        try {
            process.kill();
            process = launch(assets, directory, client);
            awaitHealth(deadline);
        } finally {
            restarting = false;
        }
        watch(process);
    }

    /** Compacts all revisions before {@code revision}, through the JSON gateway of etcd's API. */
    void compact(long revision) throws IOException, InterruptedException {
        call("/v3/kv/compaction", "{\"revision\": \"" + revision + "\", \"physical\": true}");
        // kube-apiserver reads this key to compact its own caches.
        call(
                "/v3/kv/put",
                "{\"key\": \"" + base64("compact_rev_key") + "\", \"value\": \"" + base64(Long.toString(revision))
                        + "\"}");
    }

    private void call(String path, String body) throws IOException, InterruptedException {
        int status = HealthCheck.plain(client).post(path, body);
        if (status != 200) {
            throw new IOException("cannot call etcd: POST " + path + " " + body + ": HTTP " + status);
        }
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        process.close();
    }
}
