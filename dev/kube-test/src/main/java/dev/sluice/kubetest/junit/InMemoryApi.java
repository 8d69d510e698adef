package dev.sluice.kubetest.junit;

import dev.sluice.kubetest.real.TemporaryDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The in-memory API in this JVM. */
final class InMemoryApi implements KubernetesApi, ApiFaults {

    private final TemporaryDirectory directory;
    private final InMemoryServer server;
    private final URI url;

    private InMemoryApi(TemporaryDirectory directory, InMemoryServer server) throws IOException {
        this.directory = directory;
        this.server = server;
        this.url = URI.create(server.command("url"));
        Files.writeString(kubeconfig(), server.command("kubeconfig"));
    }

    static InMemoryApi start() {
        try {
            return start(TemporaryDirectory.create("sluice-kube-api-"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start the in-memory API", e);
        }
    }

    private static InMemoryApi start(TemporaryDirectory directory) throws IOException {
        try {
            return new InMemoryApi(directory, InMemoryServer.start(directory.path()));
        } catch (IOException | RuntimeException e) {
            directory.close();
            throw e;
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
        return url;
    }

    @Override
    public Path kubeconfig() {
        return directory.path().resolve("kubeconfig");
    }

    @Override
    public Path kubeconfigFor(URI url) throws IOException {
        String own = Files.readString(kubeconfig());
        return Files.writeString(
                directory.path().resolve("kubeconfig-" + url.getPort()), own.replace(url().toString(), url.toString()));
    }

    @Override
    public Optional<ApiFaults> faults() {
        return Optional.of(this);
    }

    @Override
    public void pause() throws IOException {
        server.command("pause");
    }

    @Override
    public void resume() throws IOException {
        server.command("resume");
    }

    @Override
    public void kill() throws IOException {
        server.command("kill");
    }

    @Override
    public void startAgain() throws IOException {
        server.command("startAgain");
    }

    /** Discards the whole history, which includes the requested part. */
    @Override
    public void compact(long resourceVersion) throws IOException {
        server.command("compact");
    }

    @Override
    public void keepLogs() {
        // it has no log of its own
    }

    @Override
    public void close() {
        try {
            server.close();
            directory.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot stop the in-memory API", e);
        }
    }
}
