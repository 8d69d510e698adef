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
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The informers of a program: caches of the objects of some kinds that follow the API server through restarts, broken
 * and half-open connections and lost history, without missing a change.
 *
 * <p>Whoever may write an object can write one that cannot be read. It is set aside: logged, counted
 * ({@link dev.sluice.controller.metrics.InformerMetrics}) and treated as absent, handlers see a deletion, and lists,
 * watches and all other objects go on. Before you act on the absence of an object, ask {@link #setAside}. The same
 * happens to an object for which {@link InformerOptions#cacheBytes} leaves no room. {@link UnreadableObjectReporter} tell the owners
 * of the kinds that the program reconciles.
 *
 * <p>Add all informers, with their handlers ({@link ChangeHandler}) and indexers; then start. Objects in a cache are
 * trimmed, see {@link Scope}: never write one back whole, and never change one. Thread-safe.
 */
public final class Informers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Informers.class);

    private final SharedInformerFactory factory;
    private final ApiRequests requests;
    private final WatchRequests watches;
    private final InformerOptions options;
    private final CacheAllowance allowance;
    private volatile boolean closed;
    private final Map<Class<?>, SharedIndexInformer<?>> informers = new LinkedHashMap<>();
    private final Map<ApiKind, UnreadableObjects> setAside = new ConcurrentHashMap<>();

    /** Informers with a factory of their own. */
    public Informers(ApiClient client, InformerOptions options) {
        this(new SharedInformerFactory(withoutReadTimeout(client)), client, options);
    }

    /**
     * Informers of a given factory, for example that of the Spring integration.
     *
     * @param client whose base path, credentials and interceptors are used; its time limits are not
     */
    public Informers(SharedInformerFactory factory, ApiClient client, InformerOptions options) {
        this.factory = factory;
        this.requests = new ApiRequests(client, options.listTimeout());
        this.watches = new WatchRequests(client, options.silence());
        this.options = options;
        this.allowance = new CacheAllowance(options.cacheBytes());
    }

    /**
     * Makes an informer.
     *
     * @throws IllegalStateException if there is one of this type already: the factory would never start a second
     */
    public synchronized <T extends KubernetesObject, L extends KubernetesListObject> SharedIndexInformer<T> add(
            ApiType<T, L> type, Scope scope) {
        if (informers.containsKey(type.objectClass())) {
            throw new IllegalStateException(
                    "there is an informer of " + type.kind().kind() + " already");
        }
        UnreadableObjects unreadable = new UnreadableObjects(type.kind().kind(), Ticker.system());
        EventApplier<T> intake =
                new EventApplier<>(type, new ObjectTrimmer(scope.keepManager()), allowance, unreadable);
        ResourceClient<T> resources = new ResourceClient<>(type, scope, requests, watches, options.pageSize(), intake);
        ListBackOff pace = new ListBackOff(options.reconnect(), Ticker.system());
        SharedIndexInformer<T> informer = factory.sharedIndexInformerFor(
                new ListAndWatch<>(resources, pace), type.objectClass(), 0, (c, e) -> report(type, e));
        intake.follow(informer.getIndexer());
        informers.put(type.objectClass(), informer);
        setAside.put(type.kind(), unreadable);
        return informer;
    }

    /** Kinds of which there is an informer. */
    public Set<ApiKind> kinds() {
        return Set.copyOf(setAside.keySet());
    }

    /**
     * The objects of a kind that exist and cannot be read. The cache does not have them: do not take them for deleted.
     * Empty for a kind of which there is no informer.
     */
    public Set<ObjectKey> setAside(ApiKind kind) {
        return unreadable(kind).map(UnreadableObjects::keys).orElse(Set.of());
    }

    /** Why an object cannot be read; empty when it can, or does not exist. For logs and for its owner. */
    public Optional<String> whyUnreadable(ApiKind kind, ObjectKey key) {
        return unreadable(kind).flatMap(objects -> objects.reason(key));
    }

    List<UnreadableObject> unreadableObjects(ApiKind kind) {
        return unreadable(kind).map(UnreadableObjects::objects).orElse(List.of());
    }

    /** How many objects of a kind cannot be read now. */
    public int countSetAside(ApiKind kind) {
        return unreadable(kind).map(UnreadableObjects::size).orElse(0);
    }

    /** How often an object of a kind was found unreadable: once a reason. */
    public long totalSetAside(ApiKind kind) {
        return unreadable(kind).map(UnreadableObjects::total).orElse(0L);
    }

    private Optional<UnreadableObjects> unreadable(ApiKind kind) {
        return Optional.ofNullable(setAside.get(kind));
    }

    /** Starts to fill the caches, and to call the handlers. */
    public synchronized void start() {
        factory.startAllRegisteredInformers();
    }

    /** Whether every cache has been filled once. */
    public synchronized boolean hasSynced() {
        return informers.values().stream().allMatch(SharedIndexInformer::hasSynced);
    }

    /** Ends all informers; the caches stay readable. */
    @Override
    public synchronized void close() {
        closed = true;
        factory.stopAllRegisteredInformers();
    }

    /** Of failed requests {@link ListAndWatch} tells. */
    private void report(ApiType<?, ?> type, Throwable failure) {
        boolean stopped = closed || Thread.currentThread().isInterrupted();
        LOG.atLevel(stopped || failure instanceof ApiException ? Level.DEBUG : Level.WARN)
                .addKeyValue("kind", type.kind().kind())
                .addKeyValue("error", failure.toString())
                .log(stopped ? "Informer stopped" : "Informer failed, lists again");
    }

    /** The factory insists on it, though it makes no request itself. */
    private static ApiClient withoutReadTimeout(ApiClient client) {
        return client.getReadTimeout() == 0
                ? client
                : new ApiClient(client.getHttpClient()
                        .newBuilder()
                        .readTimeout(Duration.ZERO)
                        .build());
    }
}
