package dev.sluice.controller.informer;

import dev.sluice.controller.queue.Ticker;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.controller.request.UnreadableObject;
import dev.sluice.controller.request.WatchRequests;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.meta.ObjectKey;
import io.kubernetes.client.common.KubernetesListObject;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.informer.SharedIndexInformer;
import io.kubernetes.client.informer.SharedInformerFactory;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The informers of a program: caches of objects that follow the API server through restarts, broken and half-open
 * connections and expired history, without missing a change.
 *
 * <p>An object that cannot be decoded is set aside: it is logged, counted ({@link
 * dev.sluice.controller.metrics.InformerMetrics}) and treated as absent, handlers see a deletion, and lists, watches
 * and all other objects continue. The same applies to an object that exceeds {@link InformerOptions#cacheBytes}. Check
 * {@link #setAside} before you act on the absence of an object. {@link UnreadableObjectReporter} reports such objects
 * of the kinds that the program reconciles to their owners.
 *
 * <p>Add all informers with their handlers ({@link ChangeHandler}) and indexers, then start. Cached objects are
 * trimmed, see {@link Scope}: do not modify them, and do not write them back as a whole. Thread-safe.
 */
public final class Informers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Informers.class);

    private final @Nullable SharedInformerFactory factory;
    private final ApiRequests requests;
    private final WatchRequests watches;
    private final InformerOptions options;
    private final CacheAllowance allowance;
    private final Recovery recovery = new Recovery();
    private volatile boolean closed;
    private final Map<Class<?>, SharedIndexInformer<?>> informers = new LinkedHashMap<>();
    private final Set<SharedIndexInformer<?>> started = new HashSet<>();
    private final Map<ApiKind, UnreadableObjects> setAside = new ConcurrentHashMap<>();

    /**
     * Creates informers on daemon threads, one for each kind.
     *
     * @param client provides base path, credentials and interceptors; its timeouts are not used
     */
    public Informers(ApiClient client, InformerOptions options) {
        this(client, options, null);
    }

    /**
     * Creates informers with an existing factory, for example that of the Spring integration. Its threads keep the JVM
     * alive until the informers are closed, and the client warns once for each kind that records have no method {@code
     * setKind}.
     *
     * @param client provides base path, credentials and interceptors; its timeouts are not used
     */
    public Informers(SharedInformerFactory factory, ApiClient client, InformerOptions options) {
        this(client, options, factory);
    }

    private Informers(ApiClient client, InformerOptions options, @Nullable SharedInformerFactory factory) {
        this.factory = factory;
        this.requests = new ApiRequests(client, options.listTimeout());
        this.watches = new WatchRequests(client, options.silence());
        this.options = options;
        this.allowance = new CacheAllowance(options.cacheBytes());
    }

    /**
     * Creates an informer.
     *
     * @throws IllegalStateException if there is already one for this type: the factory would never start a second one
     */
    public synchronized <T extends KubernetesObject, L extends KubernetesListObject> SharedIndexInformer<T> add(
            ApiType<T, L> type, Scope scope) {
        if (informers.containsKey(type.objectClass())) {
            throw new IllegalStateException("an informer for " + type.kind().kind() + " already exists");
        }
        UnreadableObjects unreadable = new UnreadableObjects(type.kind().kind(), Ticker.system());
        EventApplier<T> applier =
                new EventApplier<>(type, new ObjectTrimmer(scope.keepManager()), allowance, unreadable);
        ResourceClient<T> resources = new ResourceClient<>(type, scope, requests, watches, options.pageSize(), applier);
        ListBackOff pace = new ListBackOff(options.reconnect(), Ticker.system());
        ListAndWatch<T> source = new ListAndWatch<>(resources, pace, recovery);
        SharedIndexInformer<T> informer = factory == null
                ? new ObjectInformer<>(type.kind().plural(), source, e -> report(type, e))
                : factory.sharedIndexInformerFor(source, type.objectClass(), 0, (c, e) -> report(type, e));
        applier.follow(informer.getIndexer());
        informers.put(type.objectClass(), informer);
        setAside.put(type.kind(), unreadable);
        return informer;
    }

    /**
     * Calls a handler with each object of a kind that is set aside, and again when such an object changes, for example
     * because its deletion was requested. The handler must be quick. Add it before {@link #start}; a kind has one.
     *
     * @throws IllegalArgumentException if the kind has no informer
     */
    public void onSetAside(ApiKind kind, Consumer<ObjectKey> handler) {
        unreadable(kind)
                .orElseThrow(() -> new IllegalArgumentException("kind " + kind.kind() + " has no informer"))
                .onAdd(handler);
    }

    /** Returns the kinds that have an informer. */
    public Set<ApiKind> kinds() {
        return Set.copyOf(setAside.keySet());
    }

    /**
     * Returns the objects of a kind that exist but cannot be read. They are not in the cache; do not treat them as
     * deleted. Empty for a kind without an informer.
     */
    public Set<ObjectKey> setAside(ApiKind kind) {
        return unreadable(kind).map(UnreadableObjects::keys).orElse(Set.of());
    }

    /**
     * Returns why an object cannot be read; empty if it can, or does not exist. For logs and for the object's owner.
     */
    public Optional<String> whyUnreadable(ApiKind kind, ObjectKey key) {
        return unreadable(kind).flatMap(objects -> objects.reason(key));
    }

    List<UnreadableObject> unreadableObjects(ApiKind kind) {
        return unreadable(kind).map(UnreadableObjects::objects).orElse(List.of());
    }

    /** Returns the number of objects of a kind that cannot be read now. */
    public int countSetAside(ApiKind kind) {
        return unreadable(kind).map(UnreadableObjects::size).orElse(0);
    }

    /** Returns how many times an object of a kind was found unreadable, or unreadable for another reason. */
    public long totalSetAside(ApiKind kind) {
        return unreadable(kind).map(UnreadableObjects::total).orElse(0L);
    }

    private Optional<UnreadableObjects> unreadable(ApiKind kind) {
        return Optional.ofNullable(setAside.get(kind));
    }

    /** Starts filling the caches and calling the handlers. */
    public synchronized void start() {
        if (factory == null) {
            informers.values().stream().filter(started::add).forEach(SharedIndexInformer::run);
        } else {
            factory.startAllRegisteredInformers();
        }
    }

    /** Whether every cache has been filled. */
    public synchronized boolean hasSynced() {
        return informers.values().stream().allMatch(SharedIndexInformer::hasSynced);
    }

    /** Stops all informers; the caches stay readable. */
    @Override
    public synchronized void close() {
        closed = true;
        if (factory == null) {
            started.forEach(SharedIndexInformer::stop);
        } else {
            factory.stopAllRegisteredInformers();
        }
    }

    /** Does not warn of failed requests, which {@link ListAndWatch} logs. */
    private void report(ApiType<?, ?> type, Throwable failure) {
        boolean stopped = closed || Thread.currentThread().isInterrupted();
        LOG.atLevel(stopped || failure instanceof ApiException ? Level.DEBUG : Level.WARN)
                .addKeyValue("kind", type.kind().kind())
                .addKeyValue("error", failure.toString())
                .log(stopped ? "informer stopped" : "informer failed; listing again");
    }
}
