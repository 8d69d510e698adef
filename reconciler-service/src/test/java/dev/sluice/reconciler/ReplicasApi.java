package dev.sluice.reconciler;

import dev.sluice.kubeapi.KubeApi;
import dev.sluice.kubeapi.KubeApiOptions;
import dev.sluice.kubeapi.fault.RequestLog;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.Config;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** An API server that knows who has written what. */
interface ReplicasApi extends AutoCloseable {

    List<String> READS = List.of("GET", "HEAD");

    /** For the test, past whatever disturbs the replicas. */
    ApiClient client() throws IOException;

    /** For the replicas. */
    Path kubeconfig();

    /** The user agents of the writes since the last call, in order; leases are no writes of the work. */
    List<String> writers() throws IOException;

    @Override
    void close() throws IOException;

    /** The in-memory one, with its request log. */
    static ReplicasApi inMemory(Path directory) throws IOException {
        KubeApi api = KubeApi.start(KubeApiOptions.defaults());
        Path kubeconfig = directory.resolve("kubeconfig");
        api.writeKubeconfig(kubeconfig);
        return new InMemory(api, kubeconfig);
    }

    /** In this process; nothing disturbs it. */
    record InMemory(KubeApi api, Path kubeconfig) implements ReplicasApi {

        @Override
        public ApiClient client() {
            return Config.fromUrl(api.url().toString(), false);
        }

        @Override
        public List<String> writers() {
            RequestLog log = api.faults().requests();
            if (log.dropped() > 0) {
                throw new IllegalStateException("there were requests that nobody counted");
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
