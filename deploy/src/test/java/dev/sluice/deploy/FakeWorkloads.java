package dev.sluice.deploy;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.sluice.deploy.RunningController.Place;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Fake controllers, node and network for one namespace of a cluster that has none. A Deployment is a single process,
 * whatever its number of replicas. Created pods become ready immediately. Claims and emptyDirs are directories; an
 * emptyDir is deleted with its pod. A Service forwards to the process that it selects.
 */
final class FakeWorkloads implements AutoCloseable {

    private static final String POD_IMAGE = "busybox:1.37";

    private final RealCluster cluster;
    private final String namespace;
    private final Path directory;
    private final FakeNetwork network;
    private final Map<String, FakeWorkload> running = new ConcurrentHashMap<>();
    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "workloads");
        thread.setDaemon(true);
        return thread;
    });

    /** The failure of the control loop; the test gets it with its next call. */
    private volatile Optional<Throwable> failure = Optional.empty();

    private FakeWorkloads(RealCluster cluster, String namespace, Path directory) throws IOException {
        this.cluster = cluster;
        this.namespace = namespace;
        this.directory = directory;
        this.network = new FakeNetwork(this::endpoint);
        for (String name : new String[] {"volumes", "running/Pod", "running/Deployment", "logs", "accounts"}) {
            Files.createDirectories(directory.resolve(name));
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // poll() records failures
    static FakeWorkloads start(RealCluster cluster, String namespace, Path directory) throws IOException {
        FakeWorkloads workloads = new FakeWorkloads(cluster, namespace, directory);
        workloads.loop.scheduleWithFixedDelay(workloads::poll, 0, 150, TimeUnit.MILLISECONDS);
        return workloads;
    }

    FakeNetwork network() {
        return network;
    }

    /** The directory for {@code kubectl-exec.sh}, with a file for each running workload. */
    Path running() {
        return directory.resolve("running");
    }

    Path claim(String name) {
        return directory.resolve("volumes").resolve("claim-" + name);
    }

    void requireHealthy() {
        failure.ifPresent(cause -> {
            throw new AssertionError("fake workloads failed", cause);
        });
    }

    private void poll() {
        try {
            Set<String> wanted = new HashSet<>();
            for (JsonObject deployment : cluster.reader().list(namespace, "deployment")) {
                String name = text(deployment, "metadata", "name");
                wanted.add(name);
                run(name, deployment);
            }
            for (JsonObject pod : cluster.reader().list(namespace, "pod")) {
                runPod(text(pod, "metadata", "name"), pod);
            }
            for (String name : Set.copyOf(running.keySet())) {
                if (!wanted.contains(name)) {
                    stop(name);
                }
            }
        } catch (Throwable e) {
            failure = Optional.of(e);
            throw new IllegalStateException(e); // ends the loop
        }
    }

    private void run(String name, JsonObject deployment) throws IOException, InterruptedException {
        JsonObject spec = deployment.getAsJsonObject("spec");
        JsonObject template = spec.getAsJsonObject("template");
        int replicas = spec.get("replicas").getAsInt();
        FakeWorkload now = running.get(name);
        if (now != null && (replicas == 0 || !now.isOf(template))) {
            stop(name);
        }
        if (replicas > 0 && !running.containsKey(name)) {
            Place place = place(name, template.getAsJsonObject("spec"));
            FakeWorkload.start(template, new FakeWorkload.Node(place, network.port()))
                    .ifPresent(started -> running.put(name, started));
            if (running.containsKey(name)) {
                Files.writeString(
                        running().resolve("Deployment").resolve(name),
                        place.volume().toString());
            }
        }
        report(name, deployment, running.containsKey(name) ? replicas : 0);
    }

    private Place place(String name, JsonObject podSpec) throws IOException {
        String account = text(podSpec, "serviceAccountName");
        Path files = Files.createTempDirectory(directory.resolve("accounts"), name);
        return new Place(
                cluster.kubeconfigOf(namespace, account, files),
                namespace,
                volume(name, podSpec),
                directory.resolve("logs"));
    }

    /** Returns the directory of the volume {@code data}. */
    private Path volume(String name, JsonObject podSpec) throws IOException {
        for (JsonElement item : podSpec.getAsJsonArray("volumes")) {
            JsonObject volume = item.getAsJsonObject();
            if (text(volume, "name").equals("data") && volume.has("persistentVolumeClaim")) {
                String claim = text(volume, "persistentVolumeClaim", "claimName");
                cluster.kubectl("-n", namespace, "get", "pvc", claim).orFail();
                return Files.createDirectories(claim(claim));
            }
        }
        return Files.createTempDirectory(directory.resolve("volumes"), "emptydir-" + name);
    }

    private void stop(String name) throws IOException, InterruptedException {
        Path file = running().resolve("Deployment").resolve(name);
        Path volume = Path.of(Files.readString(file));
        Files.delete(file);
        running.get(name).stop();
        running.remove(name);
        if (volume.getFileName().toString().startsWith("emptydir-")) {
            Tool.run(List.of("rm", "-r", volume.toString())).orFail();
        }
    }

    private void report(String name, JsonObject deployment, int replicas) throws InterruptedException {
        FakeWorkload workload = running.get(name);
        int ready = workload != null && workload.isReady() ? replicas : 0;
        JsonObject status = JsonParser.parseString(
                        """
                {"observedGeneration":%s,"replicas":%2$d,"updatedReplicas":%2$d,
                "readyReplicas":%3$d,"availableReplicas":%3$d}
                """.formatted(text(deployment, "metadata", "generation"), replicas, ready))
                .getAsJsonObject();
        boolean reported = deployment.has("status")
                && status.entrySet().stream()
                        .allMatch(field -> numbers(deployment, field.getKey())
                                .equals(field.getValue().getAsString()));
        if (!reported) {
            cluster.patchStatus(namespace, "deployment/" + name, "{\"status\":" + status + "}");
        }
    }

    private static String numbers(JsonObject deployment, String field) {
        JsonElement value = deployment.getAsJsonObject("status").get(field);
        return value == null ? "0" : value.getAsString();
    }

    private void runPod(String name, JsonObject pod) throws IOException {
        Path file = running().resolve("Pod").resolve(name);
        JsonObject spec = pod.getAsJsonObject("spec");
        String image = text(spec.getAsJsonArray("containers").get(0).getAsJsonObject(), "image");
        if (Files.exists(file) || !image.equals(POD_IMAGE)) {
            return;
        }
        Files.writeString(file, volume(name, spec).toString());
        cluster.patchStatus(namespace, "pod/" + name, """
                {"status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"}]}}
                """);
    }

    /** Returns the endpoint of a Service. */
    private Optional<URI> endpoint(String service, String path) {
        for (JsonObject object : cluster.reader().list(namespace, "service")) {
            if (text(object, "metadata", "name").equals(service)) {
                JsonObject selector = object.getAsJsonObject("spec").getAsJsonObject("selector");
                return running.values().stream()
                        .flatMap(workload -> workload.selectedBy(selector, path).stream())
                        .findFirst();
            }
        }
        return Optional.empty();
    }

    private static String text(JsonObject object, String... path) {
        JsonElement value = object;
        for (String step : path) {
            value = value.getAsJsonObject().get(step);
        }
        return value.getAsString();
    }

    @Override
    public void close() {
        loop.shutdownNow();
        running.values().forEach(FakeWorkload::kill);
        network.close();
    }
}
