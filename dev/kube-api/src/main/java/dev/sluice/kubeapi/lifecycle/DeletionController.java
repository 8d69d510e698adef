package dev.sluice.kubeapi.lifecycle;

import dev.sluice.kubeapi.object.ObjectMeta;
import dev.sluice.kubeapi.resource.Resource;
import dev.sluice.kubeapi.resource.ResourceRegistry;
import dev.sluice.kubeapi.store.Store;
import dev.sluice.kubeapi.store.StoredObject;
import java.io.Closeable;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Empties namespaces and CRDs that are being deleted, and removes them when they are empty. This is the work of the
 * namespace controller and of the API server's CRD finalizer. Runs in one background thread. Objects with finalizers
 * delay the deletion of their namespace.
 */
public final class DeletionController implements Closeable {

    private static final Logger LOG = LoggerFactory.getLogger(DeletionController.class);

    private final Store store;
    private final ResourceRegistry registry;
    private final Clock clock;
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final ExecutorService executor = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "kube-api-deletions");
        thread.setDaemon(true);
        return thread;
    });

    /** Whether an object is being emptied, so that every change can be relevant. */
    private volatile boolean waiting;

    public DeletionController(Store store, ResourceRegistry registry, Clock clock) {
        this.store = store;
        this.registry = registry;
        this.clock = clock;
        store.onChange(this::changed);
        schedule(); // completes deletions of an earlier process
    }

    private void changed(String resource) {
        if (waiting || resource.equals(Terminating.NAMESPACES) || resource.equals(Terminating.DEFINITIONS)) {
            schedule();
        }
    }

    private void schedule() {
        if (!scheduled.compareAndSet(false, true)) {
            return;
        }
        try {
            executor.execute(this::run);
        } catch (RejectedExecutionException e) {
            LOG.debug("API is closing; pending deletions continue at the next start");
        }
    }

    private void run() {
        scheduled.set(false);
        List<StoredObject> namespaces = terminating(Terminating.NAMESPACES);
        List<StoredObject> definitions = terminating(Terminating.DEFINITIONS);
        waiting = !namespaces.isEmpty() || !definitions.isEmpty();
        try {
            namespaces.forEach(this::emptyNamespace);
            definitions.forEach(this::emptyDefinition);
        } catch (RuntimeException e) {
            LOG.warn("cannot complete pending deletions; retrying at the next change", e);
        }
    }

    private List<StoredObject> terminating(String resource) {
        return store.list(resource, "").objects().stream()
                .filter(o -> o.meta().deleting())
                .toList();
    }

    private void emptyNamespace(StoredObject namespace) {
        String name = namespace.key().name();
        boolean empty = true;
        for (Resource resource : registry.all()) {
            if (resource.namespaced()) {
                empty &= empty(resource.storageName(), name);
            }
        }
        if (empty) {
            ObjectNode free = namespace.tree().deepCopy();
            free.putObject("spec");
            removeFinalizer(Terminating.NAMESPACES, namespace, free);
        }
    }

    private void emptyDefinition(StoredObject definition) {
        if (empty(definition.key().name(), "")) {
            ObjectNode free = definition.tree().deepCopy();
            ObjectMeta meta = ObjectMeta.of(free);
            List<String> finalizers = new ArrayList<>(meta.finalizers());
            finalizers.remove(Terminating.DEFINITION_FINALIZER);
            meta.finalizers(finalizers);
            removeFinalizer(Terminating.DEFINITIONS, definition, free);
        }
    }

    /** Deletes all objects; returns whether none is left. */
    private boolean empty(String resource, String namespace) {
        for (StoredObject object : store.list(resource, namespace).objects()) {
            if (!Terminating.isHeld(resource, object.tree())) {
                store.delete(resource, object);
            } else if (!object.meta().deleting()) {
                String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
                store.update(resource, object, Terminating.mark(resource, object.tree(), now, List.of()));
            }
        }
        return store.list(resource, namespace).objects().isEmpty();
    }

    /**
     * Removes the object, or only our finalizer if there are others. After a conflict, the other write triggers a
     * retry.
     */
    private void removeFinalizer(String resource, StoredObject object, ObjectNode free) {
        if (Terminating.isHeld(resource, free)) {
            if (!free.equals(object.tree())) {
                store.update(resource, object, free);
            }
        } else {
            store.delete(resource, object);
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
