package dev.sluice.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.sluice.artifact.config.ListenAddress;
import dev.sluice.artifact.fetch.AllowedUrls;
import dev.sluice.artifact.fetch.FetchAccess;
import dev.sluice.artifact.spiffe.SpiffeTls;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.tls.ReloadingTls;
import dev.sluice.artifact.tls.TlsFiles;
import dev.sluice.controller.leader.LeaderGate;
import dev.sluice.controller.leader.LeaseOptions;
import dev.sluice.reconciler.budget.BudgetLimits;
import dev.sluice.reconciler.generator.GeneratorOptions;
import dev.sluice.reconciler.publish.ServedArtifactVerifier;
import dev.sluice.reconciler.publish.ServedCheck;
import dev.sluice.runtime.StartFailureException;
import dev.sluice.runtime.flag.Flag;
import dev.sluice.runtime.flag.FlagType;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.assertj.core.api.ThrowingConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.convert.ApplicationConversionService;

/** Tests every flag of the reconciler and its effect. */
@Timeout(60)
class FlagEffectsTest {

    /** Flags whose effect only a whole process shows, and the tests that cover them. */
    private static final Map<String, String> SHOWN_ELSEWHERE = Map.of(
            "authorized-artifact-server-spiffe-id", "usesTheSvidForWhatHasAuthorizedIds",
            "authorized-event-server-spiffe-id", "usesTheSvidForWhatHasAuthorizedIds",
            "spiffe-endpoint-socket", "usesTheSvidForWhatHasAuthorizedIds",
            "client-cert-file", "refusesAClientCertificateWithoutAKey",
            "client-key-file", "refusesAClientCertificateWithoutAKey",
            "debug-endpoints", "DebugEndpointsIT",
            "enable-leader-election", "PausedLeaderIT, ProbesIT",
            "events-addr", "the tests of the notification sink",
            "manage-namespaces", "ManagedNamespacesIT");

    @TempDir
    static Path temporary;

    record Effect(String flag, String value, ThrowingConsumer<ReconcilerSettings> shown) {
        @Override
        public String toString() {
            return "--" + flag + "=" + value;
        }
    }

    static Stream<Effect> effects() {
        return Stream.of(reconciliation(), sources(), budgets(), storage(), kubernetes(), leaderElection(), servers())
                .flatMap(effects -> effects);
    }

    private static Stream<Effect> reconciliation() {
        return Stream.of(
                new Effect(
                        "concurrent",
                        "3",
                        s -> assertThat(controller(s).workers()).isEqualTo(3)),
                new Effect(
                        "reconciliation-timeout",
                        "90s",
                        s -> assertThat(controller(s).timeout()).isEqualTo(Duration.ofSeconds(90))),
                new Effect(
                        "min-retry-delay",
                        "2s",
                        s -> assertThat(controller(s).backOff().min()).isEqualTo(Duration.ofSeconds(2))),
                new Effect(
                        "max-retry-delay",
                        "1m",
                        s -> assertThat(controller(s).backOff().max()).isEqualTo(Duration.ofMinutes(1))),
                new Effect(
                        "requeue-dependency",
                        "7s",
                        s -> assertThat(generator(s).requeueDependency()).isEqualTo(Duration.ofSeconds(7))),
                new Effect(
                        "progress-delay",
                        "3s",
                        s -> assertThat(generator(s).progressDelay()).isEqualTo(Duration.ofSeconds(3))),
                new Effect(
                        "interval-jitter-percentage",
                        "12",
                        s -> assertThat(generator(s).jitterPercentage()).isEqualTo(12)),
                new Effect(
                        "no-cross-namespace-refs",
                        "true",
                        s -> assertThat(generator(s).noCrossNamespaceRefs()).isTrue()),
                new Effect(
                        "default-service-account",
                        "deployer",
                        s -> assertThat(generator(s).defaultServiceAccount()).isEqualTo("deployer")),
                new Effect(
                        "protected-namespaces",
                        "prod,infra-*",
                        s -> assertThat(generator(s).namespaces().protectedNamespaces())
                                .endsWith("prod,infra-*")),
                new Effect(
                        "override-manager",
                        "policy,mesh",
                        s -> assertThat(generator(s).namespaces().overrideManagers())
                                .containsExactlyInAnyOrder("policy", "mesh")),
                new Effect(
                        "feature-gates",
                        "DirectSourceFetch=true",
                        s -> assertThat(generator(s).directSourceFetch()).isTrue()));
    }

    private static Stream<Effect> sources() {
        return Stream.of(
                new Effect(
                        "http-retry",
                        "2",
                        s -> assertThat(StorageConfiguration.retryPolicy(s).retries())
                                .isEqualTo(2)),
                new Effect(
                        "source-cache-size",
                        "64Mi",
                        s -> assertThat(StorageConfiguration.cacheLimits(s).maxBytes())
                                .isEqualTo(64L << 20)),
                new Effect(
                        "source-max-entries",
                        "77",
                        s -> assertThat(StorageConfiguration.budgetLimits(s).maxSourceEntries())
                                .isEqualTo(77)),
                new Effect(
                        "source-min-rate",
                        "3Ki",
                        s -> assertThat(StorageConfiguration.fetchOptions(s)
                                        .limits()
                                        .minimumRate()
                                        .bytesPerSecond())
                                .isEqualTo(3_072)),
                new Effect(
                        "source-url-prefixes",
                        "http://a.test/,https://b.test",
                        s -> assertThat(StorageConfiguration.fetchOptions(s)
                                        .limits()
                                        .allowedUrls())
                                .isNotSameAs(AllowedUrls.any())));
    }

    private static Stream<Effect> budgets() {
        return Stream.of(
                limit("source-max-download-bytes", BudgetLimits::maxDownloadBytes),
                limit("source-max-unpacked-bytes", BudgetLimits::maxUnpackedBytes),
                new Effect(
                        "volume-reserve",
                        "7",
                        s -> assertThat(s.volumeReserve()).isEqualTo(7)),
                limit("generator-max-artifacts", BudgetLimits::maxArtifacts),
                limit("run-max-copied-entries", BudgetLimits::maxCopiedEntries),
                limit("run-max-output-bytes", BudgetLimits::maxOutputBytes),
                limit("merge-max-yaml-bytes", BudgetLimits::maxYamlBytes),
                objectCache(),
                limit("heap-budget", BudgetLimits::heapBytes),
                limit("disk-budget", BudgetLimits::diskBytes));
    }

    private static Effect objectCache() {
        return new Effect(
                "object-cache-budget",
                "54321",
                s -> assertThat(KubernetesConfiguration.informerOptions(s).cacheBytes())
                        .isEqualTo(54321));
    }

    private static Effect limit(String flag, ToLongFunction<BudgetLimits> limit) {
        return new Effect(
                flag,
                "4321",
                s -> assertThat(limit.applyAsLong(StorageConfiguration.budgetLimits(s)))
                        .isEqualTo(4321));
    }

    private static Stream<Effect> storage() {
        return Stream.of(
                new Effect(
                        "storage-path",
                        temporary + "/elsewhere",
                        s -> assertThat(storage(s)
                                        .localPath(artifact(storage(s), "a"))
                                        .toString())
                                .contains("/elsewhere/")),
                new Effect(
                        "storage-addr",
                        ":9191",
                        s -> assertThat(artifact(storage(s), "a").url()).contains(":9191/")),
                new Effect(
                        "storage-adv-addr",
                        "artifacts.test",
                        s -> assertThat(artifact(storage(s), "a").url()).startsWith("http://artifacts.test/")),
                new Effect(
                        "storage-group-readable",
                        "true",
                        s -> assertThat(Files.getPosixFilePermissions(
                                        storage(s).localPath(stored(storage(s), "group"))))
                                .contains(PosixFilePermission.GROUP_READ)),
                new Effect(
                        "artifact-retention-ttl",
                        "1ms",
                        s -> assertThat(collected(s, Duration.ofSeconds(30))).isOne()),
                new Effect(
                        "artifact-retention-records",
                        "1",
                        s -> assertThat(collected(s, Duration.ofMinutes(2))).isEqualTo(2)),
                new Effect(
                        "artifact-digest-algo",
                        "blake3",
                        s -> assertThat(stored(storage(s), "b3").digest()).startsWith("blake3:")),
                new Effect(
                        "verify-served",
                        "true",
                        s -> assertThat(ControllerConfiguration.servedCheck(s, FetchAccess.open()))
                                .isInstanceOf(ServedArtifactVerifier.class)));
    }

    private static Stream<Effect> kubernetes() {
        return Stream.of(
                new Effect(
                        "kubeconfig",
                        kubeconfig().toString(),
                        s -> assertThat(KubernetesConfiguration.newClient(s, new SimpleMeterRegistry())
                                        .getBasePath())
                                .isEqualTo("http://api.test:1234")),
                new Effect(
                        "kube-api-qps",
                        "20",
                        s -> assertThat(timeOfRequests(s, 2_003)).isGreaterThan(Duration.ofMillis(90))),
                new Effect(
                        "kube-api-burst",
                        "5",
                        s -> assertThat(timeOfRequests(s, 105)).isGreaterThan(Duration.ofMillis(60))),
                new Effect(
                        "watch-all-namespaces",
                        "false",
                        s -> assertThat(WatchedNamespace.of(s, Map.of(WatchedNamespace.ENVIRONMENT, "flux")))
                                .isEqualTo("flux")),
                new Effect(
                        "watch-label-selector",
                        "shard=red",
                        s -> assertThat(KubernetesConfiguration.generatorScope(s, "flux")
                                        .labelSelector())
                                .isEqualTo("shard=red")),
                new Effect("watch-configs-label-selector", "a=b", FlagEffectsTest::isReportedAsIgnored));
    }

    private static Stream<Effect> leaderElection() {
        return Stream.of(
                new Effect(
                        "leader-election-release-on-cancel",
                        "false",
                        s -> assertThat(lease(s).release()).isFalse()),
                new Effect(
                        "leader-election-lease-duration",
                        "50s",
                        s -> assertThat(lease(s).leaseDuration()).isEqualTo(Duration.ofSeconds(50))),
                new Effect(
                        "leader-election-renew-deadline",
                        "20s",
                        s -> assertThat(lease(s).renewDeadline()).isEqualTo(Duration.ofSeconds(20))),
                new Effect(
                        "leader-election-retry-period",
                        "3s",
                        s -> assertThat(lease(s).retryPeriod()).isEqualTo(Duration.ofSeconds(3))));
    }

    /** Flags that become properties of the servers and of the logging system, which have their own tests. */
    private static Stream<Effect> servers() {
        return Stream.of(
                new Effect(
                        "ca-file",
                        "/tls/ca.crt",
                        s -> assertThat(ClientTls.files(s).authorities()).contains(Path.of("/tls/ca.crt"))),
                new Effect(
                        "console-addr",
                        ":9480",
                        s -> assertThat(ConsoleConfiguration.options(s)
                                        .address()
                                        .port())
                                .isEqualTo(9480)),
                new Effect(
                        "console-contents",
                        "false",
                        s -> assertThat(s.consoleContents()).isFalse()),
                new Effect(
                        "console-namespaces",
                        "apps,team-*",
                        s -> assertThat(ConsoleConfiguration.namespaces(s).patterns())
                                .containsExactly("apps", "team-*")),
                implies("metrics-addr", "127.0.0.1:8081", "server.port", "8081"),
                new Effect(
                        "health-addr",
                        "127.0.0.1:9441",
                        s -> assertThat(ListenAddress.parse(s.healthAddr()).port())
                                .isEqualTo(9441)),
                implies("log-level", "debug", "logging.level.dev.sluice", "debug"),
                new Effect(
                        "log-encoding",
                        "console",
                        s -> assertThat(flag("log-encoding").defaultValue()).isEqualTo("json")));
    }

    private static final Map<String, Flag> FLAGS =
            ReconcilerFlags.all().all().stream().collect(Collectors.toMap(Flag::name, flag -> flag));

    private static Flag flag(String name) {
        return Objects.requireNonNull(FLAGS.get(name), name);
    }

    private static Effect implies(String flag, String value, String property, String implied) {
        return new Effect(
                flag, value, s -> assertThat(flag(flag).implied().apply(value)).containsEntry(property, implied));
    }

    @ParameterizedTest
    @MethodSource("effects")
    void flagHasItsEffect(Effect effect) {
        effect.shown().accept(settings("--" + effect.flag() + "=" + effect.value()));
    }

    @Test
    void theTableContainsEveryFlag() {
        TreeSet<String> covered = effects().map(Effect::flag).collect(Collectors.toCollection(TreeSet::new));
        covered.addAll(SHOWN_ELSEWHERE.keySet());
        assertThat(covered).containsExactlyInAnyOrderElementsOf(FLAGS.keySet());
    }

    @Test
    void rejectsAnInvalidUrlPrefix() {
        assertThatExceptionOfType(StartFailureException.class)
                .isThrownBy(() -> StorageConfiguration.fetchOptions(settings("--source-url-prefixes=a.test")))
                .withMessageStartingWith("--source-url-prefixes: 'a.test' is not a valid URL prefix");
    }

    @Test
    void refusesAClientCertificateWithoutAKey() {
        assertThatExceptionOfType(StartFailureException.class)
                .isThrownBy(() -> ClientTls.files(settings("--client-cert-file=/tls/tls.crt")))
                .withMessage("--client-cert-file and --client-key-file must be set together");
        assertThat(ClientTls.files(settings("--client-cert-file=/tls/tls.crt", "--client-key-file=/tls/tls.key")))
                .isEqualTo(TlsFiles.none().withCertificate(Path.of("/tls/tls.crt"), Path.of("/tls/tls.key")));
    }

    @Test
    void usesTheSvidForWhatHasAuthorizedIds() {
        String servers = "--authorized-artifact-server-spiffe-id=spiffe://self";
        String receivers = "--authorized-event-server-spiffe-id=spiffe://self";
        String socket = "--spiffe-endpoint-socket=unix://" + temporary.resolve("none.sock");
        try (ClientTls tls = new ClientTls(settings(servers, socket))) {
            assertThat(tls.access()).hasToString("FetchAccess[tls=SPIFFE, credentials=none]");
            assertThat(tls.events()).isInstanceOf(ReloadingTls.class);
            assertThat(tls.state().usable()).isFalse();
        }
        try (ClientTls tls = new ClientTls(settings(receivers, socket))) {
            assertThat(tls.access()).hasToString("FetchAccess[tls=default, credentials=none]");
            assertThat(tls.events()).isInstanceOf(SpiffeTls.class);
            assertThat(tls.state().detail()).contains("X.509-SVID");
        }
        assertThatExceptionOfType(StartFailureException.class)
                .isThrownBy(() -> new ClientTls(settings(servers)))
                .withMessageContaining("set SPIFFE_ENDPOINT_SOCKET or --spiffe-endpoint-socket");
        assertThatExceptionOfType(StartFailureException.class)
                .isThrownBy(() -> new ClientTls(settings(servers, "--spiffe-endpoint-socket=agent.sock")))
                .withMessageContaining("--spiffe-endpoint-socket: \"agent.sock\" is not an address");
    }

    @Test
    void rejectsAnInvalidServiceAccount() {
        assertThatExceptionOfType(StartFailureException.class)
                .isThrownBy(() -> generator(settings("--default-service-account=kube-system:admin")))
                .withMessageStartingWith("--default-service-account: 'kube-system:admin' is not a valid name");
    }

    @Test
    void flagDefaultsMatchTheBudgetDefaults() {
        assertThat(StorageConfiguration.budgetLimits(settings())).isEqualTo(BudgetLimits.defaults());
    }

    @Test
    void doesNotReadBackByDefault() {
        assertThat(ControllerConfiguration.servedCheck(settings(), FetchAccess.open()))
                .isSameAs(ServedCheck.NONE);
    }

    private static ReconcilerSettings settings(String... arguments) {
        List<String> all = new ArrayList<>();
        Map<String, String> properties = new HashMap<>();
        for (Flag flag : FLAGS.values()) {
            if (flag.type().equals(FlagType.SPIFFE_IDS)) {
                // cannot be set to the default
                properties.put(flag.property(), "");
            } else {
                all.add("--" + flag.name() + "=" + flag.defaultValue());
            }
        }
        all.add("--storage-path=" + temporary);
        all.add("--kubeconfig=" + kubeconfig());
        all.addAll(List.of(arguments));
        ReconcilerFlags.all()
                .parse(all.toArray(String[]::new))
                .values()
                .forEach((name, value) -> properties.put(flag(name).property(), value));
        Binder binder = new Binder(
                List.of(new MapConfigurationPropertySource(properties)),
                null,
                ApplicationConversionService.getSharedInstance(),
                null,
                null,
                null);
        return binder.bind("sluice", ReconcilerSettings.class).get();
    }

    private static dev.sluice.controller.queue.ControllerOptions controller(ReconcilerSettings settings) {
        return new ControllerConfiguration().controllerOptions(settings);
    }

    private static GeneratorOptions generator(ReconcilerSettings settings) {
        return ControllerConfiguration.generatorOptions(settings, controller(settings));
    }

    private static LeaseOptions lease(ReconcilerSettings settings) throws IOException {
        return LeaderLease.of(settings, Map.of(), temporary);
    }

    private static ArtifactStorage storage(ReconcilerSettings settings) throws IOException {
        Files.createDirectories(settings.storagePath());
        return new StorageConfiguration().artifactStorage(settings, new LeaderGate(), Clock.systemUTC());
    }

    private static Artifact artifact(ArtifactStorage storage, String name) {
        return storage.newArtifact("ExternalArtifact", "default", name, "1", name + ".tar.gz");
    }

    private static Artifact stored(ArtifactStorage storage, String name) throws IOException {
        return storage.copy(artifact(storage, name), new ByteArrayInputStream(new byte[] {1}));
    }

    /** The number of collected artifacts, of three, after this time. */
    private static int collected(ReconcilerSettings settings, Duration after) throws IOException {
        Clock later = Clock.offset(Clock.systemUTC(), after);
        ArtifactStorage storage = storage(settings);
        for (String file : List.of("1", "2", "3")) {
            storage.copy(
                    storage.newArtifact("ExternalArtifact", "default", "gc", file, file),
                    new ByteArrayInputStream(new byte[] {1}));
        }
        Artifact current = storage.newArtifact("ExternalArtifact", "default", "gc", "3", "3");
        ArtifactStorage afterwards = new StorageConfiguration().artifactStorage(settings, new LeaderGate(), later);
        return afterwards.collectGarbage(current, Duration.ofSeconds(30)).size();
    }

    private static Path kubeconfig() {
        try {
            return Files.writeString(temporary.resolve("kubeconfig"), """
                    apiVersion: v1
                    kind: Config
                    clusters: [{name: c, cluster: {server: "http://api.test:1234"}}]
                    users: [{name: u, user: {}}]
                    contexts: [{name: c, context: {cluster: c, user: u}}]
                    current-context: c
                    """);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Measures requests that a stub answers at once, so that only the rate limit takes time. */
    private static Duration timeOfRequests(ReconcilerSettings settings, int requests) throws IOException {
        OkHttpClient http = new KubernetesConfiguration()
                .apiClient(settings, new LeaderGate(), new SimpleMeterRegistry())
                .getHttpClient()
                .newBuilder()
                .addInterceptor(chain -> new Response.Builder()
                        .request(chain.request())
                        .protocol(Protocol.HTTP_1_1)
                        .code(200)
                        .message("OK")
                        .body(ResponseBody.create("", MediaType.get("text/plain")))
                        .build())
                .build();
        long started = System.nanoTime();
        for (int i = 0; i < requests; i++) {
            http.newCall(new Request.Builder().url("http://api.test/").build())
                    .execute()
                    .close();
        }
        return Duration.ofNanos(System.nanoTime() - started);
    }

    private static void isReportedAsIgnored(ReconcilerSettings settings) {
        Logger logger = (Logger) LoggerFactory.getLogger(IgnoredFlags.class);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        logger.addAppender(log);
        logger.setLevel(Level.INFO);
        try {
            new IgnoredFlags(settings);
            new IgnoredFlags(settings());
        } finally {
            logger.setLevel(null);
            logger.detachAppender(log);
        }
        assertThat(log.list)
                .singleElement()
                .satisfies(event -> assertThat(event.getFormattedMessage()).startsWith("flag accepted without effect"));
    }
}
