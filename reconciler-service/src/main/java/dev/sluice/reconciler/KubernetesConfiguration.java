package dev.sluice.reconciler;

import dev.sluice.controller.informer.InformerOptions;
import dev.sluice.controller.informer.Informers;
import dev.sluice.controller.informer.Scope;
import dev.sluice.controller.leader.LeaderGate;
import dev.sluice.controller.leader.LeadershipFence;
import dev.sluice.controller.metrics.RestClientMetrics;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.controller.request.RateLimit;
import dev.sluice.reconciler.cluster.GeneratorInformers;
import dev.sluice.reconciler.generator.GeneratorController;
import dev.sluice.reconciler.namespaces.NamespaceRequests;
import dev.sluice.runtime.Service;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.source.Bucket;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.GitRepository;
import dev.sluice.toolkit.source.HelmChart;
import dev.sluice.toolkit.source.OCIRepository;
import io.kubernetes.client.informer.SharedInformerFactory;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.KubeConfig;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The Kubernetes API client and the informer caches. */
@Configuration(proxyBeanMethods = false)
class KubernetesConfiguration {

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);

    /**
     * The client for caches and reconciliation. Rejects writes once this process no longer leads, even after a long
     * pause of the process.
     */
    @Bean
    ApiClient apiClient(ReconcilerSettings settings, LeaderGate gate, MeterRegistry registry) throws IOException {
        ApiClient client = newClient(settings);
        client.setHttpClient(client.getHttpClient()
                .newBuilder()
                .addInterceptor(new RateLimit(settings.kubeApiQps(), settings.kubeApiBurst()))
                .addInterceptor(new RestClientMetrics(registry))
                .addNetworkInterceptor(new LeadershipFence(gate))
                .build());
        return client;
    }

    /** A client without rate limit, for the lease, which must not wait behind other requests. */
    static ApiClient newClient(ReconcilerSettings settings, MeterRegistry registry) throws IOException {
        ApiClient client = newClient(settings);
        client.setHttpClient(client.getHttpClient()
                .newBuilder()
                .addInterceptor(new RestClientMetrics(registry))
                .build());
        return client;
    }

    private static ApiClient newClient(ReconcilerSettings settings) throws IOException {
        ToolkitJson.install();
        ApiClient client = builder(settings.kubeconfig()).build();
        client.setUserAgent(userAgent(System.getenv().getOrDefault("HOSTNAME", "")));
        return client;
    }

    /** The user agent, which identifies the replica in the API server's audit log. */
    static String userAgent(String host) {
        String name = GeneratorController.NAME + "/" + Service.version();
        String printable = host.replaceAll("[^A-Za-z0-9._-]", "");
        return printable.isEmpty() ? name : name + " (" + printable + ")";
    }

    private static ClientBuilder builder(String kubeconfig) throws IOException {
        if (kubeconfig.isEmpty()) {
            return ClientBuilder.standard();
        }
        Path file = Path.of(kubeconfig);
        try (Reader reader = Files.newBufferedReader(file)) {
            KubeConfig config = KubeConfig.loadKubeConfig(reader);
            config.setFile(file.toFile()); // resolves relative paths in the file against the file
            return ClientBuilder.kubeconfig(config);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException("--kubeconfig '%s': no such file".formatted(kubeconfig), e);
        }
    }

    @Bean
    LeaderGate leaderGate() {
        return new LeaderGate();
    }

    @Bean
    ApiRequests apiRequests(ApiClient client) {
        return new ApiRequests(client, REQUEST_TIMEOUT);
    }

    /** The factory is created by the client's Spring integration. */
    @Bean(destroyMethod = "")
    Informers informers(SharedInformerFactory factory, ApiClient client, ReconcilerSettings settings) {
        return new Informers(factory, client, informerOptions(settings));
    }

    static InformerOptions informerOptions(ReconcilerSettings settings) {
        return settings.objectCacheBudget() == 0
                ? InformerOptions.DEFAULT
                : InformerOptions.DEFAULT.withCacheBytes(settings.objectCacheBudget());
    }

    @Bean
    GeneratorInformers generatorInformers(Informers informers, ReconcilerSettings settings) {
        Scope scope = Scope.all().inNamespace(WatchedNamespace.of(settings, System.getenv()));
        GeneratorInformers watched = new GeneratorInformers(
                informers.add(ArtifactGenerator.TYPE, generatorScope(settings, scope.namespace())),
                informers.add(GitRepository.TYPE, scope),
                informers.add(OCIRepository.TYPE, scope),
                informers.add(Bucket.TYPE, scope),
                informers.add(HelmChart.TYPE, scope),
                informers.add(ExternalArtifact.TYPE, scope.keepingManager(GeneratorController.NAME)),
                (kind, key) -> informers.kinds().stream()
                        .filter(each -> each.kind().equals(kind))
                        .findFirst()
                        .flatMap(found -> informers.whyUnreadable(found, key)));
        return settings.manageNamespaces()
                ? watched.withNamespaces(
                        informers.add(NamespaceRequests.TYPE, Scope.all().keepingManager(GeneratorController.NAME)))
                : watched;
    }

    /** Applies the selector to generators only, because all shards share the sources. */
    static Scope generatorScope(ReconcilerSettings settings, String namespace) {
        return Scope.all().inNamespace(namespace).withLabels(settings.watchLabelSelector());
    }
}
