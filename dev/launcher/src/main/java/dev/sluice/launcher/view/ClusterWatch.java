package dev.sluice.launcher.view;

import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.GitRepository;
import io.kubernetes.client.common.KubernetesListObject;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.informer.ResourceEventHandler;
import io.kubernetes.client.informer.SharedInformerFactory;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.util.ClientBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;

/** Watches generators and artifacts for the terminal view, and sources for a consumer. */
public final class ClusterWatch implements AutoCloseable {

    private final SharedInformerFactory informers;

    private ClusterWatch(SharedInformerFactory informers) {
        this.informers = informers;
    }

    /**
     * Starts the informers.
     *
     * @param sources called with every GitRepository that is added or updated
     */
    public static ClusterWatch start(URI api, TerminalView view, Consumer<GitRepository> sources) {
        ToolkitJson.install();
        ApiClient client = new ClientBuilder().setBasePath(api.toString()).build();
        client.setReadTimeout(0);
        SharedInformerFactory informers = new SharedInformerFactory(client);
        watch(informers, client, ExternalArtifact.TYPE, view::artifactSeen, gone -> view.artifactGone(gone.key()));
        watch(informers, client, ArtifactGenerator.TYPE, view::generatorSeen, gone -> view.generatorGone(gone.key()));
        watch(informers, client, GitRepository.TYPE, sources, gone -> {});
        informers.startAllRegisteredInformers();
        return new ClusterWatch(informers);
    }

    private static <T extends KubernetesObject, L extends KubernetesListObject> void watch(
            SharedInformerFactory informers, ApiClient client, ApiType<T, L> type, Consumer<T> seen, Consumer<T> gone) {
        informers
                .sharedIndexInformerFor(type.api(client), type.objectClass(), Duration.ZERO.toMillis())
                .addEventHandler(new ResourceEventHandler<>() {
                    @Override
                    public void onAdd(T object) {
                        seen.accept(object);
                    }

                    @Override
                    public void onUpdate(T before, T after) {
                        seen.accept(after);
                    }

                    @Override
                    public void onDelete(T object, boolean finalStateUnknown) {
                        gone.accept(object);
                    }
                });
    }

    @Override
    public void close() {
        informers.stopAllRegisteredInformers();
    }
}
