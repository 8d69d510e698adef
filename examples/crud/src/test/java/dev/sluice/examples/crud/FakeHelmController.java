package dev.sluice.examples.crud;

import dev.sluice.toolkit.helm.HelmRelease;
import dev.sluice.toolkit.helm.HelmReleaseStatus;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ObjectKey;
import io.kubernetes.client.informer.ResourceEventHandler;
import io.kubernetes.client.informer.SharedInformerFactory;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CustomObjectsApi;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A fake helm-controller that reports every release of a namespace as installed. */
final class FakeHelmController implements AutoCloseable {

    static final String MESSAGE = "Helm install succeeded for release apps/nginx.v1 with chart nginx@8.9.1";

    private final SharedInformerFactory informers;
    private final ApiClient client;
    private final List<HelmRelease> seen = new CopyOnWriteArrayList<>();

    private FakeHelmController(ApiClient client) {
        this.informers = new SharedInformerFactory(client);
        this.client = client;
    }

    static FakeHelmController start(ApiClient client, String namespace) {
        client.setReadTimeout(0);
        FakeHelmController controller = new FakeHelmController(client);
        HelmRelease.TYPE
                .informer(controller.informers, client, namespace, Duration.ZERO)
                .addEventHandler(controller.new Installer());
        controller.informers.startAllRegisteredInformers();
        return controller;
    }

    /** The releases as they were created. */
    List<HelmRelease> seen() {
        return seen;
    }

    private void install(HelmRelease release) throws ApiException {
        String status = """
                {"observedGeneration": %1$d,
                 "conditions": [{"type": "Ready", "status": "True", "reason": "InstallSucceeded", "message": "%2$s",
                                 "lastTransitionTime": "2026-07-01T10:00:00Z", "observedGeneration": %1$d}]}
                """.formatted(release.metadata().getGeneration(), MESSAGE);
        HelmRelease installed = release.withStatus(ToolkitJson.gson().fromJson(status, HelmReleaseStatus.class));
        ApiKind kind = HelmRelease.TYPE.kind();
        ObjectKey key = release.key();
        new CustomObjectsApi(client)
                .replaceNamespacedCustomObjectStatus(
                        kind.group(), kind.version(), key.namespace(), kind.plural(), key.name(), installed)
                .execute();
    }

    @Override
    public void close() {
        informers.stopAllRegisteredInformers();
    }

    private final class Installer implements ResourceEventHandler<HelmRelease> {

        @Override
        public void onAdd(HelmRelease release) {
            seen.add(release);
            try {
                install(release);
            } catch (ApiException e) {
                throw new IllegalStateException("cannot update the status: " + e.getResponseBody(), e);
            }
        }

        @Override
        public void onUpdate(HelmRelease before, HelmRelease after) {}

        @Override
        public void onDelete(HelmRelease release, boolean finalStateUnknown) {}
    }
}
