package dev.sluice.reconciler;

import dev.sluice.kubeapi.KubeApi;
import dev.sluice.kubeapi.KubeApiOptions;
import dev.sluice.kubeapi.fault.RequestLog;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.Config;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** An API server that records the writers. */
interface ReplicasApi extends AutoCloseable {

    List<String> READS = List.of("GET", "HEAD");

    /** The client of the test, not affected by disturbances. */
    ApiClient client() throws IOException;

    /** The kubeconfig of the replicas. */
    Path kubeconfig();

    /** The user agents of the writes since the last call, in order, without lease requests. */
    List<String> writers() throws IOException;

    @Override
    void close() throws IOException;

    /** The in-memory API with its request log. */
    static ReplicasApi inMemory(Path directory) throws IOException {
        KubeApi api = KubeApi.start(KubeApiOptions.defaults());
        Path kubeconfig = directory.resolve("kubeconfig");
        api.writeKubeconfig(kubeconfig);
        return new InMemory(api, kubeconfig);
    }

    /** An API in this process, without disturbances. */
    record InMemory(KubeApi api, Path kubeconfig) implements ReplicasApi {

        @Override
        public ApiClient client() {
            return Config.fromUrl(api.url().toString(), false);
        }

        @Override
        public List<String> writers() {
            RequestLog log = api.faults().requests();
            if (log.dropped() > 0) {
                throw new IllegalStateException("the request log has overflowed");
            }
            List<RequestLog.Entry> entries = log.entries();
            log.clear();
            return entries.stream()
                    .filter(entry -> !READS.contains(entry.method()))
                    .filter(entry -> !entry.path().contains("/leases"))
                    .map(RequestLog.Entry::userAgent)
                    .toList();
        }

        @Override
        public void close() throws IOException {
            api.close();
        }
    }
}
