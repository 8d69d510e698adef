package dev.sluice.hostile.harness;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Follows the objects of one kind in a namespace with a list and a watch, as controllers do, so that nothing has to read
 * them repeatedly. Lists again after an interruption.
 */
final class ObjectWatch implements AutoCloseable {

    private static final long PAUSE_NANOS = 200_000_000;

    private final KubeClient kube;
    private final ResourceKind kind;
    private final String namespace;
    private final Listener listener;
    private final Map<String, JsonObject> objects = new ConcurrentHashMap<>();
    private final CountDownLatch listed = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean closed;

    /** Called by the thread of the watch, in the order of the changes. */
    @FunctionalInterface
    interface Listener {

        /** A new, changed or deleted object. */
        void changed(JsonObject object, boolean deleted);
    }

    ObjectWatch(KubeClient kube, ResourceKind kind, String namespace, Listener listener) {
        this.kube = kube;
        this.kind = kind;
        this.namespace = namespace;
        this.listener = listener;
        this.thread = new Thread(this::follow, "watch-" + namespace);
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits until the existing objects are known. */
    ObjectWatch awaitList() throws InterruptedException {
        listed.await();
        return this;
    }

    /** Returns the last known state of an object; empty if it does not exist. */
    Optional<JsonObject> get(String name) {
        return Optional.ofNullable(objects.get(name));
    }

    private void follow() {
        while (!closed) {
            try {
                String version = list();
                listed.countDown();
                try (Stream<JsonObject> events = kube.watch(kind, namespace, version)) {
                    events.takeWhile(event -> !closed && isChange(event)).forEach(this::handle);
                }
            } catch (UncheckedIOException | JsonParseException | IllegalStateException | AssertionError e) {
                // the API server is overloaded or has closed the connection, or the watch is closed
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private String list() {
        Set<String> missing = new HashSet<>(objects.keySet());
        String version = kube.list(kind, namespace, object -> {
            missing.remove(name(object));
            put(object);
        });
        missing.forEach(name -> get(name).ifPresent(this::remove));
        return version;
    }

    /** An event of another type means that the watch must start again from a list. */
    private static boolean isChange(JsonObject event) {
        return Set.of("ADDED", "MODIFIED", "DELETED").contains(event.get("type").getAsString());
    }

    private void handle(JsonObject event) {
        JsonObject object = event.getAsJsonObject("object");
        if (event.get("type").getAsString().equals("DELETED")) {
            remove(object);
        } else {
            put(object);
        }
    }

    private void put(JsonObject object) {
        objects.put(name(object), object);
        listener.changed(object, false);
    }

    private void remove(JsonObject object) {
        objects.remove(name(object));
        listener.changed(object, true);
    }

    private static String name(JsonObject object) {
        return object.getAsJsonObject("metadata").get("name").getAsString();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
