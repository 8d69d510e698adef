package dev.sluice.kubetest.junit;

import dev.sluice.kubetest.real.KubeAssets;
import dev.sluice.kubetest.real.RealApiOptions;
import dev.sluice.kubetest.real.RealApiServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** The kube-apiserver from {@code KUBEBUILDER_ASSETS}, started by this JVM. */
final class RealApi implements KubernetesApi, ApiFaults {

    private final RealApiServer server;

    private RealApi(RealApiServer server) {
        this.server = server;
    }

    static RealApi start(KubeAssets assets) {
        try {
            return new RealApi(RealApiServer.start(RealApiOptions.of(assets)));
        } catch (IOException e) {
            throw new IllegalStateException("cannot start the kube-apiserver in " + assets.directory(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while kube-apiserver was starting", e);
        }
    }

    @Override
    public TestedApi kind() {
        return TestedApi.REAL;
    }

    @Override
    public String name() {
        return "kube-apiserver";
    }

    @Override
    public URI url() {
        return server.url();
    }

    @Override
    public Path kubeconfig() {
        return server.kubeconfig();
    }

    @Override
    public Path kubeconfigFor(URI url) throws IOException {
        return server.kubeconfigFor(url);
    }

    @Override
    public Optional<ApiFaults> faults() {
        return Optional.of(this);
    }

    @Override
    public void keepLogs() {
        server.keepLogs();
        Notice.once("a test failed on kube-apiserver; its logs are in " + server.logDirectory());
    }

    @Override
    public void pause() throws IOException, InterruptedException {
        server.pause();
    }

    @Override
    public void resume() throws IOException, InterruptedException {
        server.resume();
    }

    @Override
    public void kill() throws InterruptedException {
        server.kill();
    }

    @Override
    public void startAgain() throws IOException, InterruptedException {
        server.startAgain();
    }

    @Override
    public void compact(long resourceVersion) throws IOException, InterruptedException {
        server.compact(resourceVersion);
    }

    @Override
    public void close() {
        server.close();
    }
}
