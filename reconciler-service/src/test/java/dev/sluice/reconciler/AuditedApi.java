package dev.sluice.reconciler;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sluice.kubetest.proxy.FaultyProxy;
import dev.sluice.kubetest.real.KubeAssets;
import dev.sluice.kubetest.real.RealApiOptions;
import dev.sluice.kubetest.real.RealApiServer;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A real kube-apiserver with an audit log; the replicas use a proxy to it. */
final class AuditedApi implements ReplicasApi {

    private static final List<String> WRITES = List.of("create", "update", "patch", "delete");

    private final RealApiServer server;
    private final FaultyProxy proxy;
    private final Path kubeconfig;
    private final Path audit;
    private long linesRead;

    private AuditedApi(RealApiServer server, FaultyProxy proxy, Path kubeconfig, Path audit) {
        this.server = server;
        this.proxy = proxy;
        this.kubeconfig = kubeconfig;
        this.audit = audit;
    }

    static AuditedApi start(KubeAssets assets, Path directory) throws IOException, InterruptedException {
        Path policy = Files.writeString(directory.resolve("policy.yaml"), """
                apiVersion: audit.k8s.io/v1
                kind: Policy
                omitStages: [RequestReceived]
                rules: [{level: Metadata}]
                """);
        Path audit = directory.resolve("audit.log");
        RealApiServer server = RealApiServer.start(RealApiOptions.of(assets)
                .in(directory)
                .withFlag("audit-policy-file", policy.toString())
                .withFlag("audit-log-path", audit.toString()));
        FaultyProxy proxy = FaultyProxy.inFrontOf(server.url());
        return new AuditedApi(server, proxy, server.kubeconfigFor(proxy.urlFor(server.url())), audit);
    }

    @Override
    public ApiClient client() throws IOException {
        try (Reader reader = Files.newBufferedReader(server.kubeconfig())) {
            KubeConfig config = KubeConfig.loadKubeConfig(reader);
            config.setFile(server.kubeconfig().toFile());
            return ClientBuilder.kubeconfig(config).build();
        }
    }

    RealApiServer server() {
        return server;
    }

    FaultyProxy proxy() {
        return proxy;
    }

    @Override
    public Path kubeconfig() {
        return kubeconfig;
    }

    /** Returns the user agents of successful writes in the order of their arrival. */
    @Override
    public List<String> writers() throws IOException {
        List<String> events;
        try (Stream<String> lines = Files.lines(audit)) {
            events = lines.skip(linesRead).toList();
        }
        linesRead += events.size();
        return events.stream()
                .map(line -> JsonParser.parseString(line).getAsJsonObject())
                .filter(AuditedApi::isWrite)
                .sorted(Comparator.comparing(event -> text(event, "requestReceivedTimestamp")))
                .map(event -> text(event, "userAgent"))
                .toList();
    }

    private static boolean isWrite(JsonObject event) {
        return WRITES.contains(text(event, "verb"))
                && !text(event, "requestURI").contains("/leases")
                && event.has("responseStatus")
                && event.getAsJsonObject("responseStatus").get("code").getAsInt() < 300;
    }

    private static String text(JsonObject event, String field) {
        return event.has(field) ? event.get(field).getAsString() : "";
    }

    @Override
    public void close() throws IOException {
        proxy.close();
        server.close();
    }
}
