package dev.sluice.examples.crud;

import dev.sluice.toolkit.helm.HelmChartTemplate;
import dev.sluice.toolkit.helm.HelmChartTemplateSpec;
import dev.sluice.toolkit.helm.HelmRelease;
import dev.sluice.toolkit.helm.HelmReleaseList;
import dev.sluice.toolkit.helm.HelmReleaseSpec;
import dev.sluice.toolkit.meta.ConditionTypes;
import dev.sluice.toolkit.meta.NamespacedObjectKindReference;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.meta.ObjectWait;
import dev.sluice.toolkit.source.HelmRepository;
import dev.sluice.toolkit.source.HelmRepositoryList;
import dev.sluice.toolkit.source.HelmRepositorySpec;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.models.V1Condition;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.util.Config;
import io.kubernetes.client.util.generic.GenericKubernetesApi;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;

/**
 * Creates a HelmRepository and a HelmRelease, waits until the release is ready, prints the message of its Ready
 * condition, and deletes both, with one deadline for all calls.
 */
public final class CrudExample {

    private static final Duration WITHIN = Duration.ofSeconds(60);
    private static final Duration CLEAN_UP = Duration.ofSeconds(10);
    private static final String REPOSITORY = "bitnami";
    private static final String RELEASE = "nginx";

    private final ApiClient client;
    private final Duration within;
    private final PrintStream out;

    CrudExample(ApiClient client, Duration within, PrintStream out) {
        this.client = client;
        this.within = within;
        this.out = out;
    }

    /** Runs the example on the cluster of the current kubeconfig, in the namespace of the first argument. */
    @SuppressWarnings("SystemOut") // a program for the terminal
    public static void main(String[] args) throws IOException, ApiException, InterruptedException, TimeoutException {
        String namespace = args.length > 0 ? args[0] : "default";
        new CrudExample(Config.defaultClient(), WITHIN, System.out).run(namespace);
    }

    // region crud
    void run(String namespace) throws ApiException, InterruptedException, TimeoutException {
        Deadline deadline = Deadline.in(within);
        repositories(deadline).create(repository(namespace)).throwsApiException();
        out.println("HelmRepository " + REPOSITORY + " created");
        try {
            install(namespace, deadline);
        } finally {
            repositories(deadline.orAtLeast(CLEAN_UP))
                    .delete(namespace, REPOSITORY)
                    .throwsApiException();
        }
        out.println("Helm repository and release deleted");
    }

    private void install(String namespace, Deadline deadline)
            throws ApiException, InterruptedException, TimeoutException {
        releases(deadline).create(release(namespace)).throwsApiException();
        out.println("HelmRelease " + RELEASE + " created");
        try {
            out.println("Waiting for " + RELEASE + " to be installed");
            HelmRelease ready = ObjectWait.awaitReady(
                    releases(deadline), new ObjectKey(namespace, RELEASE), deadline.left(), release -> {});
            out.println(ready.condition(ConditionTypes.READY)
                    .map(V1Condition::getMessage)
                    .orElse(""));
        } finally {
            releases(deadline.orAtLeast(CLEAN_UP)).delete(namespace, RELEASE).throwsApiException();
        }
    }

    private GenericKubernetesApi<HelmRepository, HelmRepositoryList> repositories(Deadline deadline)
            throws TimeoutException {
        return HelmRepository.TYPE.api(deadline.limit(client));
    }

    private GenericKubernetesApi<HelmRelease, HelmReleaseList> releases(Deadline deadline) throws TimeoutException {
        return HelmRelease.TYPE.api(deadline.limit(client));
    }

    private static HelmRepository repository(String namespace) {
        HelmRepositorySpec spec = HelmRepositorySpec.builder()
                .url("https://charts.bitnami.com/bitnami")
                .interval(Duration.ofMinutes(30))
                .build();
        return new HelmRepository(new V1ObjectMeta().namespace(namespace).name(REPOSITORY), spec);
    }

    private static HelmRelease release(String namespace) {
        HelmChartTemplateSpec chart = HelmChartTemplateSpec.builder()
                .chart("nginx")
                .version("8.x")
                .sourceRef(NamespacedObjectKindReference.of("HelmRepository", REPOSITORY))
                .build();
        HelmReleaseSpec spec = HelmReleaseSpec.builder()
                .releaseName(RELEASE)
                .interval(Duration.ofMinutes(5))
                .chart(HelmChartTemplate.of(chart))
                .values(Map.of("service", Map.of("type", "ClusterIP")))
                .build();
        return new HelmRelease(new V1ObjectMeta().namespace(namespace).name(RELEASE), spec);
    }
    // endregion
}
