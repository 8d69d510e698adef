package dev.sluice.kubetest.junit;

import dev.sluice.kubeapi.KubeApi;
import dev.sluice.kubeapi.KubeApiOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** dev/kube-api in this JVM. */
final class InMemoryApi implements KubernetesApi, ApiFaults {

    private final Path directory;
    private final KubeApi server;

    private InMemoryApi(Path directory, KubeApi server) {
        this.directory = directory;
        this.server = server;
    }

    static InMemoryApi start() {
        try {
            Path directory = Files.createTempDirectory("sluice-kube-api-");
            KubeApi server = KubeApi.start(KubeApiOptions.defaults());
            server.writeKubeconfig(directory.resolve("kubeconfig"));
            return new InMemoryApi(directory, server);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the in-memory API", e);
        }
    }

    @Override
    public TestedApi kind() {
        return TestedApi.IN_MEMORY;
    }

    @Override
    public String name() {
        return "the in-memory API";
    }

    @Override
    public URI url() {
        return server.url();
    }

    @Override
    public Path kubeconfig() {
        return directory.resolve("kubeconfig");
    }

    @Override
    public Path kubeconfigFor(URI url) throws IOException {
        String own = Files.readString(kubeconfig());
        return Files.writeString(
                directory.resolve("kubeconfig-" + url.getPort()), own.replace(url().toString(), url.toString()));
    }

    @Override
    public Optional<ApiFaults> faults() {
        return Optional.of(this);
    }

    @Override
    public void pause() {
        server.faults().pause();
    }

    @Override
    public void resume() {
        server.faults().clear();
    }

    @Override
    public void kill() {
        server.faults().stopListening();
    }

    @Override
    public void startAgain() {
        server.faults().startListening();
    }

    /** Discards the whole history, which includes the requested part. */
    @Override
    public void compact(long resourceVersion) {
        server.faults().compactHistory();
    }

    @Override
    public void keepLogs() {
        // it has no log of its own
    }

    @Override
    public void close() {
        try {
            server.close();
            removeFiles();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot stop the in-memory API", e);
        }
    }

    private void removeFiles() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
