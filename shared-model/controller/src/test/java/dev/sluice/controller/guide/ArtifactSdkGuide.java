package dev.sluice.controller.guide;

import dev.sluice.artifact.archive.TarGzReader;
import dev.sluice.artifact.archive.UnpackOptions;
import dev.sluice.artifact.config.Flags;
import dev.sluice.artifact.config.StorageConfig;
import dev.sluice.artifact.digest.DigestMismatchException;
import dev.sluice.artifact.fetch.ArtifactFetcher;
import dev.sluice.artifact.fetch.FetchAccess;
import dev.sluice.artifact.fetch.FetchOptions;
import dev.sluice.artifact.ignore.SourceIgnore;
import dev.sluice.artifact.server.ArtifactServer;
import dev.sluice.artifact.server.ArtifactServerOptions;
import dev.sluice.artifact.spiffe.AuthorizedSpiffeIds;
import dev.sluice.artifact.spiffe.SpiffeTls;
import dev.sluice.artifact.spiffe.WorkloadIdentity;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.storage.ArtifactNotFoundException;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.MissingDigestException;
import dev.sluice.artifact.storage.UnparsableDigestException;
import dev.sluice.artifact.storage.VolumeIdentity;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.controller.informer.ChangeHandler;
import dev.sluice.controller.informer.Informers;
import dev.sluice.controller.informer.Scope;
import dev.sluice.controller.object.FinalizerStep;
import dev.sluice.controller.object.ObjectWriter;
import dev.sluice.controller.object.StatusWriter;
import dev.sluice.controller.publish.ExternalArtifactPublisher;
import dev.sluice.controller.publish.Publication;
import dev.sluice.controller.publish.PublishResult;
import dev.sluice.controller.publish.PublisherOptions;
import dev.sluice.controller.queue.Controller;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.meta.NamespacedObjectKindReference;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.meta.ToolkitObject;
import dev.sluice.toolkit.source.ExternalArtifact;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The code of docs/artifact-sdk.md. Each region is quoted there verbatim, see {@link ArtifactSdkGuideTest}. */
final class ArtifactSdkGuide {

    private ArtifactSdkGuide() {}

    // region configure
    static StorageConfig configure(String... arguments) {
        return StorageConfig.parse(List.of(arguments), System.getenv());
    }
    // endregion

    // region own-flags
    record Settings(StorageConfig storage, int concurrent) {

        static Settings parse(String... arguments) {
            Set<String> valueFlags = new HashSet<>(StorageConfig.VALUE_FLAGS);
            valueFlags.add("concurrent");
            Flags flags = Flags.parse(List.of(arguments), valueFlags, StorageConfig.BOOLEAN_FLAGS);
            return new Settings(
                    StorageConfig.resolve(flags::value, System.getenv()),
                    Integer.parseInt(flags.value("concurrent").orElse("10")));
        }
    }
    // endregion

    // region storage
    static ArtifactStorage open(StorageConfig config) throws IOException {
        VolumeIdentity.readOrCreate(config.options().basePath());
        return new ArtifactStorage(config.options(), Clock.systemUTC());
    }
    // endregion

    // region serve
    static ArtifactServer serve(StorageConfig config, AtomicBoolean leading) throws IOException {
        return ArtifactServer.open(ArtifactServerOptions.of(config.options().basePath(), config.bindAddress())
                .withGate(leading::get));
    }
    // endregion

    // region spiffe
    static ArtifactServer serveOverMutualTls(StorageConfig config, SpiffeTls tls) throws IOException {
        return ArtifactServer.open(ArtifactServerOptions.of(config.options().basePath(), config.bindAddress())
                .withTls(tls));
    }

    static ArtifactFetcher fetcherOverMutualTls(SpiffeTls tls) {
        return new ArtifactFetcher(
                FetchOptions.defaults().withAccess(FetchAccess.open().withSpiffe(tls)));
    }

    static SpiffeTls peersOfFlux(WorkloadIdentity identity) {
        return SpiffeTls.of(identity, AuthorizedSpiffeIds.parse(List.of("spiffe://self/ns/flux-system/")));
    }
    // endregion

    // region archive
    static Artifact archive(ArtifactStorage storage, ObjectKey key, Path directory) throws IOException {
        FileTree tree = SourceIgnore.defaults().read(directory);
        Artifact wanted = storage.newArtifact("ExternalArtifact", key.namespace(), key.name(), tree);
        return storage.archive(wanted, tree);
    }
    // endregion

    // region fetch
    static void fetch(String url, String digest, Path target) throws IOException {
        try (ArtifactFetcher fetcher = new ArtifactFetcher(FetchOptions.fromEnvironment(System.getenv()))) {
            fetcher.fetch(url, digest, target);
        }
    }
    // endregion

    // region unpack
    static void unpack(Path target, Path directory) throws IOException {
        try (InputStream in = Files.newInputStream(target)) {
            TarGzReader.unpack(in, directory, UnpackOptions.fluxSource(UnpackOptions.DEFAULT_MAX_ENTRIES));
        }
    }
    // endregion

    // region publisher
    static ExternalArtifactPublisher publisher(ApiClient client) {
        return new ExternalArtifactPublisher(
                new ApiRequests(client, Duration.ofSeconds(30)),
                PublisherOptions.named("my-controller"),
                Clock.systemUTC());
    }
    // endregion

    // region publish
    static PublishResult publish(
            ExternalArtifactPublisher publisher, ObjectKey key, Artifact stored, @Nullable ExternalArtifact current)
            throws IOException {
        Publication publication = new Publication(
                key,
                Map.of(),
                Map.of(),
                new NamespacedObjectKindReference("example.com/v1", "MySource", key.name(), key.namespace()),
                null,
                stored);
        return publisher.publish(publication, current);
    }
    // endregion

    // region status
    static <T extends ToolkitObject<?, ?>> StatusWriter<T> statuses(ApiRequests requests, ApiType<T, ?> type) {
        ObjectWriter<T> writer = new ObjectWriter<>(requests, type, "my-controller");
        return new StatusWriter<>(writer, type, Clock.systemUTC());
    }
    // endregion

    // region finalizer
    static <T extends ToolkitObject<?, ?>> Optional<T> finalizer(
            ObjectWriter<T> writer, ArtifactStorage storage, String kind, T object) throws IOException {
        return new FinalizerStep<>(writer, "example.com/my-controller")
                .run(
                        object,
                        deleted -> storage.removeAll(
                                kind, deleted.key().namespace(), deleted.key().name()));
    }
    // endregion

    // region watch
    static <T extends ToolkitObject<?, ?>> void watch(
            Informers informers, ApiType<T, ?> type, Controller<ObjectKey> controller) {
        informers.add(type, Scope.all()).addEventHandler(ChangeHandler.enqueuing(controller));
    }
    // endregion

    // region collect
    static List<Path> collect(ArtifactStorage storage, Artifact stored) throws IOException {
        return storage.collectGarbage(stored, Duration.ofSeconds(5));
    }
    // endregion

    // region with-lock
    static Artifact copyOnce(ArtifactStorage storage, Artifact artifact, Path file) throws IOException {
        return storage.withLock(
                artifact, () -> storage.exists(artifact) ? artifact : storage.copyFromPath(artifact, file));
    }
    // endregion

    // region verify
    static List<ObjectKey> toRebuild(ArtifactStorage storage, List<ExternalArtifact> published) throws IOException {
        List<ObjectKey> rebuild = new ArrayList<>();
        for (ExternalArtifact object : published) {
            try {
                storage.verify(object.artifact().orElseThrow(() -> new ArtifactNotFoundException("none yet")));
            } catch (ArtifactNotFoundException
                    | DigestMismatchException
                    | MissingDigestException
                    | UnparsableDigestException e) {
                rebuild.add(object.key());
            }
        }
        return rebuild;
    }
    // endregion
}
