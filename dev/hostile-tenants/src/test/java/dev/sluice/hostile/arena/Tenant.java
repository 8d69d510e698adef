package dev.sluice.hostile.arena;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** Somebody with an account, a namespace and bad intentions. */
public final class Tenant {

    private static final int MOST_REFUSALS = 1_000;
    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Arena arena;
    private final String namespace;
    private final KubeClient kube;
    private final boolean thorough;
    private final Set<String> refusals = ConcurrentHashMap.newKeySet();
    private final List<Thread> loops = new ArrayList<>();
    private final AtomicBoolean going = new AtomicBoolean(true);
    private final CountDownLatch allPrepared = new CountDownLatch(1);

    Tenant(Arena arena, String namespace, KubeClient kube, boolean thorough) {
        this.arena = arena;
        this.thorough = thorough;
        this.namespace = namespace;
        this.kube = kube;
    }

    public Arena arena() {
        return arena;
    }

    public Victim victim() {
        return arena.victim();
    }

    public SourceHost host() {
        return arena.host();
    }

    public String namespace() {
        return namespace;
    }

    /** How many of what costs the API server of a test much: enough in each build, all of them in the long runs. */
    public int howMany(int enough, int all) {
        return thorough ? all : enough;
    }

    /** The size of what is aimed at a limit: as given where the limits are the default ones, smaller where they are. */
    public int size(int withDefaultLimits) {
        return arena.setting().size(withDefaultLimits);
    }

    /** Whether the attack still goes on; loops end when it does not. */
    public boolean isGoing() {
        return going.get();
    }

    /** Offers these bytes and makes a GitRepository whose status names them. */
    public void source(String name, byte[] tarGz) {
        String url = host().offer("/gitrepository/%s/%s/1.tar.gz".formatted(namespace, name), tarGz);
        source(Kind.GIT_REPOSITORY, name, Sources.artifact(url, Sha256.of(tarGz), "main@sha1:1"));
    }

    /** Makes a source whose status has this artifact; says whether the API server took it. */
    public boolean source(Kind kind, String name, Map<String, ?> artifact) {
        return apply(kind, name, Map.of("spec", Sources.spec(kind)))
                && status(kind, name, Map.of("artifact", artifact));
    }

    public void generator(String name, Spec spec) {
        apply(Kind.ARTIFACT_GENERATOR, name, Map.of("spec", spec.fields()));
    }

    /** One that is not there yet: that costs the API server less than an apply. */
    public void newGenerator(String name, Spec spec) {
        create(Kind.ARTIFACT_GENERATOR, name, Map.of("spec", spec.fields()));
    }

    /** Applies an object; what the API server refuses is remembered, and no failure. */
    public boolean apply(Kind kind, String name, Map<String, ?> fields) {
        return taken(kube.apply(kind, namespace, name, fields));
    }

    /** Applies it as another of the tenant's tools, which takes over nothing. */
    public boolean applyAs(String manager, Kind kind, String name, Map<String, ?> fields) {
        return taken(kube.applyAs(manager, kind, namespace, name, fields));
    }

    /** Creates an object; what the API server refuses is remembered, and no failure. */
    public boolean create(Kind kind, String name, Map<String, ?> fields) {
        return taken(kube.create(kind, namespace, name, fields));
    }

    public boolean status(Kind kind, String name, Map<String, ?> status) {
        return taken(kube.patchStatus(kind, namespace, name, status));
    }

    public boolean patch(Kind kind, String name, Map<String, ?> fields) {
        return taken(kube.patch(kind, namespace, name, fields));
    }

    public void delete(Kind kind, String name) {
        taken(kube.delete(kind, namespace, name));
    }

    /** Asks for a reconciliation, as {@code flux reconcile} does. */
    public void requestReconciliation(String generator) {
        patch(
                Kind.ARTIFACT_GENERATOR,
                generator,
                Map.of(
                        "metadata",
                        Map.of(
                                "annotations",
                                Map.of("reconcile.fluxcd.io/requestedAt", Long.toString(System.nanoTime())))));
    }

    private void remember(String refusal) {
        if (refusals.size() < MOST_REFUSALS) {
            refusals.add(refusal);
        }
    }

    private boolean taken(Reply reply) {
        if (!reply.isOk()) {
            remember(reply.body());
        }
        return reply.isOk();
    }

    /**
     * Does something four times a second until the attack is over: faster, it would be a trial of the API server.
     * Failures of single rounds are the tenant's problem.
     */
    public void again(Runnable round) {
        again(PAUSE, round);
    }

    /** From the moment at which all tenants are prepared: before, loops would only delay the others' preparation. */
    public void again(Duration pause, Runnable round) {
        inBackground(() -> {
            allPrepared.await();
            while (isGoing()) {
                attempt(round);
                LockSupport.parkNanos(pause.toNanos());
            }
        });
    }

    /** Answers requests one by one until the attack is over. */
    public void serve(Runnable answer) {
        inBackground(() -> {
            while (isGoing()) {
                attempt(answer);
            }
        });
    }

    private void attempt(Runnable round) {
        try {
            round.run();
        } catch (RuntimeException goesOn) {
            remember(String.valueOf(goesOn));
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
                    } catch (InterruptedException theAttackIsOver) {
                        Thread.currentThread().interrupt();
                    }
                },
                namespace);
        loop.setDaemon(true);
        loop.start();
        loops.add(loop);
    }

    /** The object as it is now, if the tenant may see it. */
    public JsonObject read(Kind kind, String name) {
        return kube.get(kind, namespace, name).orElse(new JsonObject());
    }

    /** All that the tenant was told: by the API server, and by the conditions of its objects. */
    public List<String> told() {
        List<String> told = new ArrayList<>(refusals);
        List.of(Kind.ARTIFACT_GENERATOR, Kind.EXTERNAL_ARTIFACT)
                .forEach(kind -> kube.list(kind, namespace).forEach(object -> told.addAll(messages(object))));
        return told;
    }

    private static List<String> messages(JsonObject object) {
        List<String> messages = new ArrayList<>();
        JsonObject status = object.getAsJsonObject("status");
        if (status != null && status.has("conditions")) {
            for (JsonElement condition : status.getAsJsonArray("conditions")) {
                messages.add(condition.getAsJsonObject().get("message").getAsString());
            }
        }
        return messages;
    }

    /** All tenants are prepared: the loops begin. */
    void begin() {
        allPrepared.countDown();
    }

    /** Ends the attack; what it made stays. */
    void stop() {
        going.set(false);
        loops.forEach(Thread::interrupt);
    }

    /** Removes what the attack made, as far as the API server does so in time: nobody depends on it. */
    void leave() {
        host().withdraw("/gitrepository/" + namespace + "/");
        for (Kind kind : Kind.OF_TENANTS) {
            try {
                kube.deleteAll(kind, namespace);
            } catch (RuntimeException busyOrGone) {
                // then they stay
            }
        }
    }
}
