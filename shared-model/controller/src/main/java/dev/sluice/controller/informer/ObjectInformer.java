package dev.sluice.controller.informer;

import dev.sluice.artifact.concurrent.DaemonThreads;
import io.kubernetes.client.common.KubernetesListObject;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.informer.ResourceEventHandler;
import io.kubernetes.client.informer.SharedIndexInformer;
import io.kubernetes.client.informer.TransformFunc;
import io.kubernetes.client.informer.cache.Cache;
import io.kubernetes.client.informer.cache.Indexer;
import io.kubernetes.client.informer.exception.WatchExpiredException;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.util.CallGeneratorParams;
import io.kubernetes.client.util.Watch;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An informer on one daemon thread, which lists, watches, updates the cache and calls the handlers. The client's own
 * informers run on threads that keep the JVM alive.
 */
final class ObjectInformer<T extends KubernetesObject> implements SharedIndexInformer<T> {

    private static final int MIN_WATCH_SECONDS = 300;
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final String ANY_VERSION = "0";
    private static final String NEWEST = "";

    private final ListAndWatch<T> resources;
    private final Consumer<Throwable> onFailure;
    private final CachedObjects<T> objects = new CachedObjects<>(new Cache<>());
    private final Thread thread;
    private volatile String version = ANY_VERSION;
    private volatile boolean synced;
    private volatile boolean stopped;
    private volatile @Nullable EventStream<T> watch;

    /** @param onFailure called with each failure, after which everything is listed again */
    ObjectInformer(String kind, ListAndWatch<T> resources, Consumer<Throwable> onFailure) {
        this.resources = resources;
        this.onFailure = onFailure;
        this.thread = DaemonThreads.create("informer-" + kind, this::listAndWatch);
    }

    @Override
    public void run() {
        thread.start();
    }

    @Override
    public void stop() {
        stopped = true;
        thread.interrupt();
        cancel(watch);
    }

    /** The thread itself closes the watch: okio allows no other one to do so while it reads. */
    private static void cancel(@Nullable EventStream<?> watch) {
        if (watch != null) {
            watch.cancel();
        }
    }

    @Override
    public boolean hasSynced() {
        return synced;
    }

    @Override
    public String lastSyncResourceVersion() {
        return version;
    }

    @Override
    public void addEventHandler(ResourceEventHandler<T> handler) {
        objects.addHandler(handler);
    }

    /** Without a resync, which this informer does not have. */
    @Override
    public void addEventHandlerWithResyncPeriod(ResourceEventHandler<T> handler, long resyncPeriodMillis) {
        if (resyncPeriodMillis != 0) {
            throw new UnsupportedOperationException(
                    "an informer without resync; requeue keys in the controller instead");
        }
        addEventHandler(handler);
    }

    @Override
    public void setTransform(TransformFunc transform) {
        throw new UnsupportedOperationException("objects are trimmed by their Scope");
    }

    @Override
    public void addIndexers(Map<String, Function<T, List<String>>> indexers) {
        objects.cache().addIndexers(indexers);
    }

    @Override
    public Indexer<T> getIndexer() {
        return objects.cache();
    }

    private void listAndWatch() {
        while (!stopped) {
            try {
                list();
                while (!stopped) {
                    watchOnce();
                }
            } catch (WatchExpiredException e) {
                version = NEWEST;
            } catch (ApiException e) {
                onFailure.accept(e); // the lister has its own back-off
            } catch (Exception | Error e) {
                onFailure.accept(e);
                LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
            }
        }
    }

    @SuppressWarnings("unchecked") // the lister returns objects of this kind
    private void list() throws ApiException {
        KubernetesListObject list = resources.list(new CallGeneratorParams(false, version, null));
        objects.replace((List<T>) new ArrayList<>(list.getItems()));
        version = String.valueOf(list.getMetadata().getResourceVersion());
        synced = true;
    }

    private void watchOnce() throws ApiException {
        int seconds = MIN_WATCH_SECONDS + ThreadLocalRandom.current().nextInt(MIN_WATCH_SECONDS);
        try (EventStream<T> opened = resources.watch(new CallGeneratorParams(true, version, seconds))) {
            watch = opened;
            if (stopped) {
                cancel(opened);
            }
            while (opened.hasNext()) {
                apply(opened.next());
            }
        } finally {
            watch = null;
        }
    }

    private void apply(Watch.Response<T> event) throws ApiException {
        T object = event.object;
        if (object == null || event.type.equals("ERROR")) {
            throw failure(event);
        }
        switch (event.type) {
            case "ADDED", "MODIFIED" -> objects.put(object);
            case "DELETED" -> objects.remove(object, false);
            default -> {
                // a bookmark has only a version
            }
        }
        version = String.valueOf(object.getMetadata().getResourceVersion());
    }

    private static ApiException failure(Watch.Response<?> event) {
        Integer code = event.status == null ? null : event.status.getCode();
        if (code != null && code == HttpURLConnection.HTTP_GONE) {
            throw new WatchExpiredException();
        }
        return new ApiException(code == null ? 0 : code, "watch error: " + event.status);
    }
}
