package dev.sluice.kubeapi.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.kubeapi.KubeApi;
import dev.sluice.kubeapi.KubeApiOptions;
import io.kubernetes.client.informer.SharedIndexInformer;
import io.kubernetes.client.informer.SharedInformerFactory;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Secret;
import io.kubernetes.client.util.ClientBuilder;
import io.kubernetes.client.util.generic.GenericKubernetesApi;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The official client's informers with the API, including failures. */
final class InformerIT {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private KubeApi api;
    private CoreV1Api core;
    private SharedInformerFactory factory;
    private SharedIndexInformer<V1ConfigMap> informer;

    @BeforeEach
    void start() throws Exception {
        api = KubeApi.start(KubeApiOptions.defaults());
        core = new CoreV1Api(client());
        ApiClient watching = client();
        watching.setReadTimeout(0);
        factory = new SharedInformerFactory(watching);
        informer = factory.sharedIndexInformerFor(
                new GenericKubernetesApi<>(V1ConfigMap.class, V1ConfigMapList.class, "", "v1", "configmaps", watching),
                V1ConfigMap.class,
                0);
    }

    private ApiClient client() {
        return new ClientBuilder().setBasePath(api.url().toString()).build();
    }

    @AfterEach
    void stop() throws Exception {
        factory.stopAllRegisteredInformers();
        api.close();
    }

    @Test
    void receivesAddsUpdatesAndDeletes() throws Exception {
        create("before");
        factory.startAllRegisteredInformers();
        awaitNames("before");

        create("after");
        awaitNames("after", "before");
        V1ConfigMap changed = core.readNamespacedConfigMap("after", "default").execute();
        changed.setData(Map.of("k", "v"));
        core.replaceNamespacedConfigMap("after", "default", changed).execute();
        await().atMost(LIMIT).until(() -> informer.getIndexer().list().stream().anyMatch(c -> c.getData() != null));
        core.deleteNamespacedConfigMap("before", "default").execute();
        awaitNames("after");
    }

    @Test
    void continuesAfterWatchesEnd() throws Exception {
        factory.startAllRegisteredInformers();
        create("a");
        awaitNames("a");
        await().atMost(LIMIT).until(() -> api.faults().closeWatches("/api/v1/configmaps") > 0);
        create("b");
        awaitNames("a", "b");
    }

    @Test
    void listsAgainAfterCompaction() throws Exception {
        factory.startAllRegisteredInformers();
        create("a");
        awaitNames("a");
        long lists = lists();
        create("dropped");
        awaitNames("a", "dropped");
        core.createNamespacedSecret("default", new V1Secret().metadata(new V1ObjectMeta().name("later")))
                .execute();
        api.faults().compactHistory();
        await().atMost(LIMIT).until(() -> api.faults().closeWatches("/api/v1/configmaps") > 0);
        create("b");
        awaitNames("a", "b", "dropped");
        assertThat(lists()).isGreaterThan(lists);
    }

    private long lists() {
        return api.faults()
                .requests()
                .count(e -> e.path().equals("/api/v1/configmaps") && e.method().equals("GET") && !e.isWatch());
    }

    private void create(String name) throws Exception {
        core.createNamespacedConfigMap("default", new V1ConfigMap().metadata(new V1ObjectMeta().name(name)))
                .execute();
    }

    private void awaitNames(String... names) {
        await().atMost(LIMIT)
                .untilAsserted(() -> assertThat(informer.getIndexer().list())
                        .extracting(c -> c.getMetadata().getName())
                        .containsExactlyInAnyOrder(names));
    }
}
