package dev.sluice.kubeapi.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestNamespace;
import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.informer.ResourceEventHandler;
import io.kubernetes.client.informer.SharedIndexInformer;
import io.kubernetes.client.informer.SharedInformerFactory;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1ConfigMapList;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.util.generic.GenericKubernetesApi;
import io.kubernetes.client.util.generic.dynamic.DynamicKubernetesApi;
import io.kubernetes.client.util.generic.dynamic.DynamicKubernetesObject;
import io.kubernetes.client.util.generic.options.PatchOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** The official client, used like in our services. */
@KubernetesTest
final class ClientContractIT {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final ApiClient client;
    private final String namespace;
    private final CoreV1Api core;

    ClientContractIT(KubernetesApi api, ApiClient client, @TestNamespace String namespace) {
        Gadgets.definedOn(api);
        this.client = client;
        this.namespace = namespace;
        this.core = new CoreV1Api(client);
    }

    @Test
    void readsAndWritesTypedObjects() throws ApiException {
        V1ConfigMap made =
                core.createNamespacedConfigMap(namespace, configMap("a", "1")).execute();
        made.setData(Map.of("k", "2"));
        V1ConfigMap replaced =
                core.replaceNamespacedConfigMap("a", namespace, made).execute();
        assertThat(replaced.getData()).containsEntry("k", "2");

        assertThatThrownBy(() ->
                        core.replaceNamespacedConfigMap("a", namespace, made).execute())
                .isInstanceOfSatisfying(
                        ApiException.class,
                        conflict -> assertThat(conflict.getCode()).isEqualTo(409));
        core.deleteNamespacedConfigMap("a", namespace).execute();
        assertThatThrownBy(() -> core.readNamespacedConfigMap("a", namespace).execute())
                .isInstanceOfSatisfying(
                        ApiException.class, gone -> assertThat(gone.getCode()).isEqualTo(404));
    }

    @Test
    void appliesOnTheServer() {
        DynamicKubernetesApi gadgets = gadgets();
        PatchOptions options = new PatchOptions();
        options.setFieldManager("client");
        options.setForce(true);
        String object =
                "{\"apiVersion\":\"contract.sluice.dev/v1\",\"kind\":\"Gadget\",\"metadata\":{\"name\":\"a\"},\"spec\":{\"size\":3}}";
        DynamicKubernetesObject applied = gadgets.patch(
                        namespace, "a", V1Patch.PATCH_FORMAT_APPLY_YAML, new V1Patch(object), options)
                .getObject();
        assertThat(applied.getMetadata().getManagedFields())
                .singleElement()
                .satisfies(entry -> assertThat(entry.getManager()).isEqualTo("client"));
        JsonObject spec = applied.getRaw().getAsJsonObject("spec");
        assertThat(spec.get("mode").getAsString()).isEqualTo("Fast");
    }

    @Test
    void reportsFailureReason() {
        DynamicKubernetesObject wrong = gadget("a", 1000);
        var response = gadgets().create(wrong);
        assertThat(response.isSuccess()).isFalse();
        assertThat(response.getHttpStatusCode()).isEqualTo(422);
        assertThat(Objects.requireNonNull(response.getStatus()).getReason()).isEqualTo("Invalid");
        assertThat(response.getStatus().getDetails().getCauses())
                .anySatisfy(cause -> assertThat(cause.getField()).isEqualTo("spec.size"));
    }

    @Test
    void keepsAnInformerUpToDate() throws ApiException {
        GenericKubernetesApi<V1ConfigMap, V1ConfigMapList> api =
                new GenericKubernetesApi<>(V1ConfigMap.class, V1ConfigMapList.class, "", "v1", "configmaps", client);
        SharedInformerFactory factory = new SharedInformerFactory(client);
        SharedIndexInformer<V1ConfigMap> informer =
                factory.sharedIndexInformerFor(api, V1ConfigMap.class, 0, namespace);
        Events events = new Events();
        informer.addEventHandler(events);
        core.createNamespacedConfigMap(namespace, configMap("early", "1")).execute();
        factory.startAllRegisteredInformers();
        try {
            await().atMost(LIMIT).until(informer::hasSynced);
            core.createNamespacedConfigMap(namespace, configMap("late", "1")).execute();
            core.replaceNamespacedConfigMap("late", namespace, configMap("late", "2"))
                    .execute();
            core.deleteNamespacedConfigMap("late", namespace).execute();
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(events.seen)
                            .containsSubsequence("add early")
                            .containsSubsequence("add late", "update late", "delete late"));
            assertThat(informer.getIndexer().getByKey(namespace + "/late")).isNull();
            assertThat(informer.getIndexer().getByKey(namespace + "/early")).isNotNull();
        } finally {
            factory.stopAllRegisteredInformers();
        }
    }

    /** Records a handler's calls as text. */
    private static final class Events implements ResourceEventHandler<V1ConfigMap> {

        private final List<String> seen = new CopyOnWriteArrayList<>();

        @Override
        public void onAdd(V1ConfigMap object) {
            seen.add("add " + object.getMetadata().getName());
        }

        @Override
        public void onUpdate(V1ConfigMap before, V1ConfigMap after) {
            seen.add("update " + after.getMetadata().getName());
        }

        @Override
        public void onDelete(V1ConfigMap object, boolean finalStateUnknown) {
            seen.add("delete " + object.getMetadata().getName());
        }
    }

    private DynamicKubernetesApi gadgets() {
        return new DynamicKubernetesApi("contract.sluice.dev", "v1", "gadgets", client);
    }

    private DynamicKubernetesObject gadget(String name, int size) {
        DynamicKubernetesObject gadget = new DynamicKubernetesObject();
        gadget.setApiVersion("contract.sluice.dev/v1");
        gadget.setKind("Gadget");
        gadget.setMetadata(new V1ObjectMeta().name(name).namespace(namespace));
        JsonObject spec = new JsonObject();
        spec.addProperty("size", size);
        gadget.getRaw().add("spec", spec);
        return gadget;
    }

    private static V1ConfigMap configMap(String name, String value) {
        return new V1ConfigMap().metadata(new V1ObjectMeta().name(name)).data(Map.of("k", value));
    }
}
