package dev.sluice.deploy;

import static org.awaitility.Awaitility.await;

import dev.sluice.kubetest.real.KubeAssets;
import dev.sluice.kubetest.real.RealApiOptions;
import dev.sluice.kubetest.real.RealApiServer;
import dev.sluice.toolkit.crd.ToolkitCrds;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.awaitility.pollinterval.IterativePollInterval;
import org.awaitility.pollinterval.PollInterval;
import org.junit.jupiter.api.Assumptions;

/**
 * A real kube-apiserver with RBAC and an audit log. Most classes of this module share one, which stops with the JVM; tests
 * that watch all namespaces start their own.
 */
final class RealCluster implements AutoCloseable {

    private static final Duration LONGEST_POLL_INTERVAL = Duration.ofMillis(250);
    /** Most polls are requests to the API server, and some start kubectl. */
    private static final PollInterval SOON_THEN_RARELY = IterativePollInterval.iterative(
            last -> Collections.min(List.of(last.multipliedBy(2), LONGEST_POLL_INTERVAL)), Duration.ofMillis(25));

    private static Optional<RealCluster> shared = Optional.empty();

    private final RealApiServer server;
    private final Path kubectl;
    private final Path audit;
    private final ApiReader reader;

    private RealCluster(RealApiServer server, Path kubectl, Path audit) throws IOException {
        this.server = server;
        this.kubectl = kubectl;
        this.audit = audit;
        this.reader = new ApiReader(server);
    }

    /** Skips the test, with a line on standard output, if there is no kube-apiserver. */
    static synchronized RealCluster orSkip() throws IOException, InterruptedException {
        KubeAssets assets = assetsOrSkip();
        if (shared.isEmpty()) {
            shared = Optional.of(start(assets, "api-server"));
        }
        return shared.get();
    }

    /** Starts a server for one test; close it. */
    static RealCluster ownOrSkip(String name) throws IOException, InterruptedException {
        return start(assetsOrSkip(), name);
    }

    private static KubeAssets assetsOrSkip() {
        Optional<KubeAssets> assets = KubeAssets.find();
        if (assets.isEmpty()) {
            System.out.println("KUBEBUILDER_ASSETS is not set; the deployment is not tested on a kube-apiserver");
            Assumptions.abort("no kube-apiserver found; set KUBEBUILDER_ASSETS");
        }
        return assets.get();
    }

    private static RealCluster start(KubeAssets assets, String name) throws IOException, InterruptedException {
        Awaitility.setDefaultPollInterval(SOON_THEN_RARELY);
        Path directory = Files.createDirectories(
                Path.of("target", name + "-" + ProcessHandle.current().pid()).toAbsolutePath());
        Path policy = Files.writeString(directory.resolve("policy.yaml"), """
                apiVersion: audit.k8s.io/v1
                kind: Policy
                omitStages: [RequestReceived]
                rules: [{level: Metadata}]
                """);
        Path audit = directory.resolve("audit.log");
        Files.deleteIfExists(audit);
        RealApiOptions options = RealApiOptions.of(assets)
                .withFlag("audit-policy-file", policy.toString())
                .withFlag("audit-log-path", audit.toString());
        RealCluster cluster = new RealCluster(RealApiServer.start(options), assets.kubectl(), audit);
        cluster.apply(String.join("\n---\n", ToolkitCrds.manifests())).orFail();
        cluster.awaitDefinitions();
        return cluster;
    }

    URI url() {
        return server.url();
    }

    Path kubectl() {
        return kubectl;
    }

    Path kubeconfig() {
        return server.kubeconfig();
    }

    /** The CA certificate of the server, as in a pod's service account directory. */
    String certificateAuthority() throws IOException {
        return Files.readString(server.logDirectory().resolve("certificates/apiserver.crt"));
    }

    /** Returns the requests of a service account so far. */
    AuditedRequests requestsOf(String namespace, String account) throws IOException {
        return AuditedRequests.read(audit, "system:serviceaccount:" + namespace + ":" + account);
    }

    /** Writes a kubeconfig for a service account, whose pods use other files. */
    Path kubeconfigOf(String namespace, String account, Path directory) throws IOException {
        String token = kubectl("-n", namespace, "create", "token", account)
                .orFail()
                .output()
                .strip();
        String authority =
                Base64.getEncoder().encodeToString(certificateAuthority().getBytes(StandardCharsets.UTF_8));
        return Files.writeString(directory.resolve("kubeconfig-" + namespace), """
                apiVersion: v1
                kind: Config
                current-context: pod
                contexts: [{name: pod, context: {cluster: here, user: account}}]
                clusters: [{name: here, cluster: {server: "%s", certificate-authority-data: %s}}]
                users: [{name: account, user: {token: %s}}]
                """.formatted(url(), authority, token));
    }

    ApiReader reader() {
        return reader;
    }

    Tool.Result kubectl(String... arguments) {
        return Tool.run("", command(arguments));
    }

    private Tool.Result kubectlWithInput(String input, String... arguments) {
        return Tool.run(input, command(arguments));
    }

    /** Applies server-side, with strict field validation. */
    Tool.Result apply(String yaml, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("apply", "--server-side", "--force-conflicts", "--validate=strict", "-f", "-"));
        arguments.addAll(List.of(more));
        return kubectlWithInput(yaml, arguments.toArray(String[]::new));
    }

    /** Patches a status in place of a controller that does not run here; an empty namespace means cluster-scoped. */
    void patchStatus(String namespace, String object, String patch) {
        List<String> arguments =
                new ArrayList<>(List.of("patch", object, "--subresource=status", "--type=merge", "-p", patch));
        if (!namespace.isEmpty()) {
            arguments.addAll(List.of("-n", namespace));
        }
        kubectl(arguments.toArray(String[]::new)).orFail();
    }

    /** Deletes generators and lets the running controllers remove their objects, so that later tests start clean. */
    void deleteGenerators(String namespace) {
        kubectl("-n", namespace, "delete", "artifactgenerators", "--all", "--timeout=20s");
    }

    /** Retries, because kubectl fails on a CRD that has no conditions yet. */
    void awaitDefinitions() {
        await().atMost(Duration.ofMinutes(2))
                .until(() -> kubectl("wait", "--for=condition=Established", "crd", "--all", "--timeout=60s")
                                .code()
                        == 0);
    }

    void createNamespace(String name) {
        apply("{apiVersion: v1, kind: Namespace, metadata: {name: " + name + "}}")
                .orFail();
    }

    private List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(
                List.of(kubectl.toString(), "--kubeconfig", kubeconfig().toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    @Override
    public void close() {
        server.close();
    }
}
