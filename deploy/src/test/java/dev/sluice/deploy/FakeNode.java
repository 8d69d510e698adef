package dev.sluice.deploy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A fake node and kubelet, whose pods have the given logs. */
final class FakeNode implements AutoCloseable {

    private static final String NAME = "stand-in";
    private static final String PASSWORD = "changeit";

    private final RealCluster cluster;
    private final HttpsServer kubelet;
    private final Map<String, String> logs = new ConcurrentHashMap<>();

    FakeNode(RealCluster cluster, Path directory) throws IOException, GeneralSecurityException {
        this.cluster = cluster;
        kubelet = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        kubelet.setHttpsConfigurator(new HttpsConfigurator(selfSigned(directory.resolve("kubelet.p12"))));
        kubelet.createContext("/containerLogs/", this::answer);
        kubelet.start();
        cluster.apply("{apiVersion: v1, kind: Node, metadata: {name: %s}}".formatted(NAME))
                .orFail();
        cluster.patchStatus(
                "", "node/" + NAME, """
                {"status":{"addresses":[{"type":"InternalIP","address":"127.0.0.1"}],
                "daemonEndpoints":{"kubeletEndpoint":{"Port":%d}}}}
                """.formatted(kubelet.getAddress().getPort()));
    }

    /** The API server does not verify the kubelet's certificate by default. */
    private static SSLContext selfSigned(Path store) throws IOException, GeneralSecurityException {
        Tool.run(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        store.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + NAME))
                .orFail();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    /** Handles {@code /containerLogs/NAMESPACE/POD/CONTAINER}. */
    private void answer(HttpExchange exchange) throws IOException {
        String pod = exchange.getRequestURI().getPath().split("/", -1)[3];
        byte[] log = Objects.requireNonNullElse(logs.get(pod), "no such pod\n").getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.sendResponseHeaders(200, log.length);
            exchange.getResponseBody().write(log);
        }
    }

    /** Creates a pod of the Deployment, with this log, and sets the Deployment's status to available. */
    void run(Manifest deployment, String namespace, String log) {
        Map<String, Object> metadata = new LinkedHashMap<>(Manifest.map(deployment.at("spec", "template", "metadata")));
        metadata.put("name", deployment.name() + "-0");
        metadata.put("namespace", namespace);
        Map<String, Object> spec = new LinkedHashMap<>(Manifest.map(deployment.at("spec", "template", "spec")));
        spec.put("nodeName", NAME);
        spec.remove("priorityClassName");
        spec.remove("serviceAccountName");
        Manifest pod = new Manifest(Map.of("apiVersion", "v1", "kind", "Pod", "metadata", metadata, "spec", spec));
        logs.put(pod.name(), log);
        cluster.apply(Manifest.toYaml(List.of(deployment, pod)), "-n", namespace)
                .orFail();
        cluster.patchStatus(namespace, "deployment/" + deployment.name(), """
                {"status":{"observedGeneration":1,"replicas":2,"readyReplicas":2,"availableReplicas":2,
                "updatedReplicas":2,"conditions":[
                {"type":"Available","status":"True","reason":"MinimumReplicasAvailable","message":""},
                {"type":"Progressing","status":"True","reason":"NewReplicaSetAvailable","message":""}]}}
                """);
    }

    @Override
    public void close() {
        kubelet.stop(0);
        cluster.kubectl("delete", "node", NAME).orFail();
    }
}
