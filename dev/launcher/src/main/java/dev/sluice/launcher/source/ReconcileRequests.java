package dev.sluice.launcher.source;

import dev.sluice.toolkit.meta.Annotations;
import dev.sluice.toolkit.source.GitRepository;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Pending reconcile requests, as made by {@code flux reconcile source git}. Thread-safe. */
public final class ReconcileRequests {

    private final Map<String, String> pending = new ConcurrentHashMap<>();

    /** A GitRepository appeared or changed. */
    public void seen(GitRepository repository) {
        V1ObjectMeta metadata = repository.metadata();
        Map<String, String> annotations = Objects.requireNonNullElse(metadata.getAnnotations(), Map.of());
        String requested = annotations.getOrDefault(Annotations.RECONCILE_REQUESTED_AT, "");
        boolean answered = requested.isEmpty()
                || (repository.status() != null && repository.status().hasHandled(requested));
        if (!SourcePublisher.NAMESPACE.equals(metadata.getNamespace())) {
            return;
        }
        if (answered) {
            pending.remove(metadata.getName());
        } else {
            pending.put(metadata.getName(), requested);
        }
    }

    /** The pending request of this source; empty if there is none. */
    String pending(LocalSource source) {
        return pending.getOrDefault(source.name(), "");
    }

    void answered(LocalSource source, String request) {
        pending.remove(source.name(), request);
    }
}
