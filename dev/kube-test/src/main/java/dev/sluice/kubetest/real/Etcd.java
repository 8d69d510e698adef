package dev.sluice.kubetest.real;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** One etcd on loopback. It never waits for the disk: what it holds is worth nothing after the test. */
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
        Map<String, String> environment = Map.of("GOMEMLIMIT", "256MiB");
        return ServerProcess.start(assets.etcd(), arguments, environment, directory.resolve("etcd.log"));
    }

    private void awaitHealth(StartDeadline deadline) throws IOException, InterruptedException {
        HealthCheck health = HealthCheck.plain(client.resolve("/health"));
        while (!health.isOk()) {
            deadline.check("etcd", process);
            process.pauseBetweenLooks();
        }
    }

    URI client() {
        return client;
    }

    /** Runs {@code then} on another thread when etcd has ended, but for a restart. */
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

    /** Stops it where it stands, as a disk does that answers no more, or lets it go on. */
    void signal(String signal) throws IOException, InterruptedException {
        process.signal(signal);
    }

    /** Ends it as a crash does, and starts it again on what it stored. */
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

    /** Forgets every revision before {@code revision}, through the JSON gateway of etcd's API. */
    void compact(long revision) throws IOException, InterruptedException {
        call("/v3/kv/compaction", "{\"revision\": \"" + revision + "\", \"physical\": true}");
        // Where kube-apiserver looks for what is gone, so that its own caches forget it too.
        call(
                "/v3/kv/put",
                "{\"key\": \"" + base64("compact_rev_key") + "\", \"value\": \"" + base64(Long.toString(revision))
                        + "\"}");
    }

    private void call(String path, String body) throws IOException, InterruptedException {
        int status = HealthCheck.plain(client.resolve(path)).post(body);
        if (status != 200) {
            throw new IOException("etcd answered " + body + " at " + path + " with HTTP " + status);
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
