package dev.sluice.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.ExternalArtifactList;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoordinationV1Api;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1Lease;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Replicas of one reconciler on one volume, and the two records of their writes. That of the API is its request log,
 * where each process has its own name. That of the volume is the files themselves: replicas of team "a" make files
 * readable by the group, those of team "b" do not; nothing is collected; the time is that of the rename.
 */
final class Replicas implements AutoCloseable {

    static final String NAMESPACE = "default";
    static final String LEASE = "source-watcher-leader-election";

    private final ReplicasApi api;
    private final Path directory;
    private final Path volume;
    private final ApiClient client;
    private final LocalSources sources;
    private final Namespaced given;
    private final List<ReconcilerProcess> processes = new ArrayList<>();

    /** When each process acquired the lease, oldest first. */
    private final Map<String, Instant> terms = Collections.synchronizedMap(new LinkedHashMap<>());

    private final List<String> writers = new ArrayList<>();
    private int started;
    private int revision;

    private Replicas(ReplicasApi api, Path directory) throws IOException {
        this.api = api;
        this.directory = directory;
        this.volume = Files.createDirectories(directory.resolve("volume"));
        this.client = api.client();
        Cluster cluster = new Cluster(client);
        cluster.installCrds();
        this.given = new Namespaced(cluster, NAMESPACE);
        this.sources = new LocalSources(cluster, Files.createDirectories(directory.resolve("sources")));
    }

    static Replicas open(Path directory, int generators) throws IOException {
        return open(ReplicasApi.inMemory(directory), directory, generators);
    }

    /** Uses an API that is closed with this object. */
    static Replicas open(ReplicasApi api, Path directory, int generators) throws IOException {
        Replicas replicas = new Replicas(api, directory);
        replicas.changeSource();
        for (int i = 0; i < generators; i++) {
            replicas.given.generator("g" + i, "");
        }
        return replicas;
    }

    Namespaced given() {
        return given;
    }

    /** Publishes a revision with new content, which every generator must write. */
    String changeSource() throws IOException {
        revision++;
        String content = "x: " + revision + "\n";
        sources.publish(given.key("app"), "main@sha1:" + revision, Map.of("a/x.yaml", content));
        return LocalSources.tree(Map.of("x.yaml", content)).contentHash().hex();
    }

    /** Publishes an artifact that this class has not stored. */
    void offer(Artifact artifact) throws IOException {
        sources.offer(given.key("app"), artifact);
    }

    /** Creates another namespace with a source of the same name. */
    Namespaced elsewhere(String namespace) throws IOException, ApiException {
        new CoreV1Api(client)
                .createNamespace(new V1Namespace().metadata(new V1ObjectMeta().name(namespace)))
                .execute();
        Namespaced elsewhere = new Namespaced(given.cluster(), namespace);
        sources.publish(elsewhere.key("app"), "main@sha1:1", Map.of("a/x.yaml", "x: 1\n"));
        return elsewhere;
    }

    /** Starts the next replica of a team, with an unused name. */
    ReconcilerProcess startNext(String team) throws IOException {
        started++;
        return start(team + started);
    }

    /** The number of replicas started by {@link #startNext}. */
    int started() {
        return started;
    }

    /** Starts a replica; its name starts with its team, "a" or "b". */
    ReconcilerProcess start(String name, String... furtherFlags) throws IOException {
        List<String> flags = new ArrayList<>(List.of(
                "--kubeconfig=" + api.kubeconfig(),
                "--storage-path=" + volume,
                "--storage-adv-addr=artifacts.test",
                "--storage-group-readable=" + name.startsWith("a"),
                "--artifact-retention-ttl=24h",
                "--artifact-retention-records=10000",
                "--enable-leader-election",
                "--leader-election-lease-duration=3s",
                "--leader-election-renew-deadline=2s",
                "--leader-election-retry-period=300ms"));
        flags.addAll(List.of(furtherFlags));
        ReconcilerProcess process = ReconcilerProcess.start(
                name, directory, Map.of("RUNTIME_NAMESPACE", NAMESPACE, "KUBECONFIG", "/none"), flags);
        processes.add(process);
        return process;
    }

    /** The name of the leader in the Lease, or empty. Records the start of a new term. */
    String leader() {
        try {
            V1Lease lease = new CoordinationV1Api(client)
                    .readNamespacedLease(LEASE, NAMESPACE)
                    .execute();
            String holder = lease.getSpec().getHolderIdentity();
            if (holder == null || holder.isEmpty()) {
                return "";
            }
            String name = holder.substring(0, holder.indexOf('_'));
            terms.putIfAbsent(name, lease.getSpec().getAcquireTime().toInstant());
            return name;
        } catch (ApiException e) {
            return "";
        }
    }

    void awaitLeader(ReconcilerProcess process) {
        await("leadership of " + process.name()).atMost(Namespaced.LIMIT).until(() -> {
            assertThat(process.isAlive()).as(() -> process.lastLines()).isTrue();
            return leader().equals(process.name());
        });
    }

    /** Waits until every generator publishes this content. */
    void awaitContent(String hash, int generators, Duration limit) {
        await("content " + hash).atMost(limit).until(() -> {
            for (int i = 0; i < generators; i++) {
                var object = given.cluster().externalArtifact(given.key("g" + i));
                if (object.flatMap(found -> found.artifact())
                        .filter(artifact -> artifact.revision().endsWith(hash))
                        .isEmpty()) {
                    return false;
                }
            }
            return true;
        });
    }

    /** The writers of the API so far, in order, without repetitions and without lease requests. */
    List<String> writersOfTheApi() {
        try {
            for (String agent : api.writers()) {
                String writer = nameIn(agent);
                if (!writer.isEmpty()
                        && (writers.isEmpty()
                                || !writers.get(writers.size() - 1).equals(writer))) {
                    writers.add(writer);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(writers);
    }

    private static String nameIn(String userAgent) {
        int from = userAgent.indexOf('(');
        return from < 0 || !userAgent.contains("source-watcher/")
                ? ""
                : userAgent.substring(from + 1, userAgent.indexOf(')'));
    }

    /** Checks that exactly the generators' ExternalArtifacts exist, each with its file, and no other directories. */
    void assertNothingLostOrDoubled(int generators) throws IOException {
        Set<String> names =
                IntStream.range(0, generators).mapToObj(i -> "g" + i).collect(Collectors.toSet());
        Map<String, Artifact> offered = given
                .cluster()
                .requests()
                .list(ExternalArtifact.TYPE.kind(), NAMESPACE, Map.of(), ExternalArtifactList.class)
                .getItems()
                .stream()
                .collect(Collectors.toMap(
                        object -> object.key().name(),
                        object -> object.artifact().orElseThrow()));
        assertThat(offered.keySet()).isEqualTo(names);
        for (Artifact artifact : offered.values()) {
            assertThat(LocalSources.digest(Namespaced.file(volume, artifact))).isEqualTo(artifact.digest());
        }
        try (Stream<Path> directories =
                Files.list(volume.resolve("externalartifact").resolve(NAMESPACE))) {
            assertThat(directories.map(directory -> directory.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(names);
        }
    }

    /** Checks that each stored file was renamed by the team that led at the time. Returns the number of files. */
    int assertVolumeWrittenByLeadersOnly() throws IOException {
        int files = 0;
        try (Stream<Path> stored = Files.walk(volume)) {
            for (Path file :
                    stored.filter(path -> path.toString().endsWith(".tar.gz")).toList()) {
                Instant renamed =
                        ((java.nio.file.attribute.FileTime) Files.getAttribute(file, "unix:ctime")).toInstant();
                boolean groupReadable = Files.getPosixFilePermissions(file)
                        .contains(java.nio.file.attribute.PosixFilePermission.GROUP_READ);
                String team = groupReadable ? "a" : "b";
                assertThat(leaderAt(renamed))
                        .as("%s, renamed at %s; terms %s", file, renamed, terms)
                        .startsWith(team);
                files++;
            }
        }
        return files;
    }

    private String leaderAt(Instant time) {
        String leader = "";
        for (Map.Entry<String, Instant> term : terms.entrySet()) {
            if (!term.getValue().isAfter(time)) {
                leader = term.getKey();
            }
        }
        return leader;
    }

    Path volume() {
        return volume;
    }

    int terms() {
        return terms.size();
    }

    @Override
    public void close() throws IOException {
        processes.forEach(ReconcilerProcess::close);
        sources.close();
        api.close();
    }
}
