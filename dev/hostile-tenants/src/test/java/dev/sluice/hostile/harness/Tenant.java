package dev.sluice.hostile.harness;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** An attacker with an account and a namespace. */
public final class Tenant {

    private static final int MAX_REJECTIONS = 1_000;

    /** All messages that a tenant receives are rejections by the API server, or in the conditions of these objects. */
    private static final List<ResourceKind> KINDS_WITH_MESSAGES =
            List.of(ResourceKind.ARTIFACT_GENERATOR, ResourceKind.EXTERNAL_ARTIFACT);

    private final TestEnvironment environment;
    private final String namespace;
    private final KubeClient kube;
    private final boolean fullSize;
    private final Set<String> rejections = ConcurrentHashMap.newKeySet();
    private final Set<String> conditionMessages = ConcurrentHashMap.newKeySet();
    private final List<ObjectWatch> watches = new ArrayList<>();
    private final List<Thread> loops = new ArrayList<>();
    private final List<AtomicInteger> rounds = new CopyOnWriteArrayList<>();
    private final AtomicBoolean active = new AtomicBoolean(true);
    private final CountDownLatch allPrepared = new CountDownLatch(1);

    Tenant(TestEnvironment environment, String namespace, KubeClient kube, boolean fullSize) {
        this.environment = environment;
        this.fullSize = fullSize;
        this.namespace = namespace;
        this.kube = kube;
    }

    public TestEnvironment environment() {
        return environment;
    }

    public Victim victim() {
        return environment.victim();
    }

    public SourceHost host() {
        return environment.host();
    }

    public String namespace() {
        return namespace;
    }

    /** Returns the name of an account in the tenant's namespace that an administrator permits to manage namespaces. */
    public String namespaceAccount() {
        return environment.namespaceAccount(namespace);
    }

    /** Returns a number of objects: the reduced one in each build, since they load the API server, else the full one. */
    public int count(int reduced, int full) {
        return fullSize ? full : reduced;
    }

    /** Returns the size of an attack on a limit, scaled down if the profile lowers the limit. */
    public int size(int withDefaultLimits) {
        return environment.profile().size(withDefaultLimits);
    }

    /** Whether the attack is in progress; loops end when it is over. */
    public boolean isActive() {
        return active.get();
    }

    /** Serves these bytes and creates a GitRepository whose status refers to them. */
    public void source(String name, byte[] tarGz) {
        String url = host().offer("/gitrepository/%s/%s/1.tar.gz".formatted(namespace, name), tarGz);
        source(ResourceKind.GIT_REPOSITORY, name, SourceObjects.artifact(url, FluxDigest.of(tarGz), "main@sha1:1"));
    }

    /** Creates a source with this artifact in its status; returns whether the API server accepted it. */
    public boolean source(ResourceKind kind, String name, Map<String, ?> artifact) {
        return apply(kind, name, Map.of("spec", SourceObjects.spec(kind)))
                && status(kind, name, Map.of("artifact", artifact));
    }

    public void generator(String name, GeneratorSpec spec) {
        apply(ResourceKind.ARTIFACT_GENERATOR, name, Map.of("spec", spec.fields()));
    }

    /** Creates a generator, which costs the API server less than an apply. */
    public void createGenerator(String name, GeneratorSpec spec) {
        create(ResourceKind.ARTIFACT_GENERATOR, name, Map.of("spec", spec.fields()));
    }

    /** Applies an object. A rejection by the API server is recorded and is not a failure. */
    public boolean apply(ResourceKind kind, String name, Map<String, ?> fields) {
        return isAccepted(kube.apply(kind, namespace, name, fields));
    }

    /** Applies an object as another field manager, without force. */
    public boolean applyAs(String manager, ResourceKind kind, String name, Map<String, ?> fields) {
        return isAccepted(kube.applyAs(manager, kind, namespace, name, fields));
    }

    /** Creates an object. A rejection by the API server is recorded and is not a failure. */
    public boolean create(ResourceKind kind, String name, Map<String, ?> fields) {
        return isAccepted(kube.create(kind, namespace, name, fields));
    }

    public boolean status(ResourceKind kind, String name, Map<String, ?> status) {
        return isAccepted(kube.patchStatus(kind, namespace, name, status));
    }

    public boolean patch(ResourceKind kind, String name, Map<String, ?> fields) {
        return isAccepted(kube.patch(kind, namespace, name, fields));
    }

    public void delete(ResourceKind kind, String name) {
        isAccepted(kube.delete(kind, namespace, name));
    }

    /** Requests a reconciliation, as {@code flux reconcile} does. */
    public void requestReconciliation(String generator) {
        patch(
                ResourceKind.ARTIFACT_GENERATOR,
                generator,
                Map.of(
                        "metadata",
                        Map.of(
                                "annotations",
                                Map.of("reconcile.fluxcd.io/requestedAt", Long.toString(System.nanoTime())))));
    }

    private void recordRejection(String rejection) {
        if (rejections.size() < MAX_REJECTIONS) {
            rejections.add(rejection);
        }
    }

    private boolean isAccepted(ApiResponse reply) {
        if (!reply.isOk()) {
            recordRejection(reply.body());
        }
        return reply.isOk();
    }

    /**
     * Repeats an action until the attack is over: twice a second in each build, four times a second in the long run;
     * shorter pauses would mostly load the API server. Failures are recorded as rejections.
     */
    public void repeat(Runnable action) {
        repeat(Duration.ofMillis(count(500, 250)), action);
    }

    /** Starts when all tenants are prepared: before that, loops would only delay the other tenants. */
    public void repeat(Duration pause, Runnable action) {
        AtomicInteger round = new AtomicInteger();
        rounds.add(round);
        inBackground(() -> {
            allPrepared.await();
            while (isActive()) {
                attempt(action);
                round.incrementAndGet();
                LockSupport.parkNanos(pause.toNanos());
            }
        });
    }

    /** Whether each loop has repeated its action this many times. */
    boolean hasRepeated(int times) {
        return rounds.stream().allMatch(round -> round.get() >= times);
    }

    /** Serves requests one by one until the attack is over. */
    public void serve(Runnable handler) {
        inBackground(() -> {
            while (isActive()) {
                attempt(handler);
            }
        });
    }

    private void attempt(Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            recordRejection(String.valueOf(e));
        }
    }

    private interface Loop {
        void run() throws InterruptedException;
    }

    private void inBackground(Loop work) {
        Thread loop = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (InterruptedException attackIsOver) {
                        Thread.currentThread().interrupt();
                    }
                },
                namespace);
        loop.setDaemon(true);
        loop.start();
        loops.add(loop);
    }

    /** Reads an object; returns an empty one if it does not exist. */
    public JsonObject read(ResourceKind kind, String name) {
        return kube.get(kind, namespace, name).orElse(new JsonObject());
    }

    /** Follows the conditions of the tenant's objects until the attack is over. */
    void watchMessages() {
        KINDS_WITH_MESSAGES.forEach(kind -> watches.add(new ObjectWatch(
                kube, kind, namespace, (object, deleted) -> conditionMessages.addAll(conditionMessages(object)))));
    }

    /** The messages that the tenant has received so far, as far as they are watched. */
    List<String> messages() {
        List<String> messages = new ArrayList<>(rejections);
        messages.addAll(conditionMessages);
        return messages;
    }

    /** Reads the current conditions, and returns all messages. */
    List<String> finalMessages() {
        KINDS_WITH_MESSAGES.forEach(
                kind -> kube.list(kind, namespace, object -> conditionMessages.addAll(conditionMessages(object))));
        return messages();
    }

    private static List<String> conditionMessages(JsonObject object) {
        List<String> messages = new ArrayList<>();
        JsonObject status = object.getAsJsonObject("status");
        if (status != null && status.has("conditions")) {
            for (JsonElement condition : status.getAsJsonArray("conditions")) {
                messages.add(condition.getAsJsonObject().get("message").getAsString());
            }
        }
        return messages;
    }

    /** Starts the loops; called when all tenants are prepared. */
    void startLoops() {
        allPrepared.countDown();
    }

    /** Ends the attack; its objects remain. */
    void stop() {
        active.set(false);
        loops.forEach(Thread::interrupt);
        watches.forEach(ObjectWatch::close);
    }

    /** Deletes the tenant's objects. Best effort: no test depends on it. */
    void deleteObjects() {
        host().withdraw("/gitrepository/" + namespace + "/");
        for (ResourceKind kind : ResourceKind.OF_TENANTS) {
            try {
                kube.deleteAll(kind, namespace);
            } catch (RuntimeException e) {
                // the objects remain
            }
        }
    }
}
