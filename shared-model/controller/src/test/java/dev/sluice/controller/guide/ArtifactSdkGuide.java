package dev.sluice.controller.guide;

import dev.sluice.artifact.archive.TarGzReader;
import dev.sluice.artifact.archive.UnpackOptions;
import dev.sluice.artifact.config.Flags;
import dev.sluice.artifact.config.StorageConfig;
import dev.sluice.artifact.digest.DigestMismatchException;
import dev.sluice.artifact.fetch.ArtifactFetcher;
import dev.sluice.artifact.fetch.FetchOptions;
import dev.sluice.artifact.ignore.SourceIgnore;
import dev.sluice.artifact.server.ArtifactServer;
import dev.sluice.artifact.server.ArtifactServerOptions;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.storage.ArtifactNotFoundException;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.MissingDigestException;
import dev.sluice.artifact.storage.UnparsableDigestException;
import dev.sluice.artifact.storage.VolumeIdentity;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.controller.publish.ExternalArtifactPublisher;
import dev.sluice.controller.publish.Publication;
import dev.sluice.controller.publish.PublishResult;
import dev.sluice.controller.publish.PublisherOptions;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.toolkit.meta.NamespacedObjectKindReference;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The code of docs/artifact-sdk.md: each region stands there word for word, see {@link ArtifactSdkGuideTest}. */
final class ArtifactSdkGuide {

    private ArtifactSdkGuide() {}

    static StorageConfig configure(String... arguments) {
        // region configure
        StorageConfig config = StorageConfig.parse(List.of(arguments), System.getenv());
        // endregion
        return config;
    }

    static StorageConfig configureWithOwnFlags(String... arguments) {
        // region own-flags
        Set<String> valueFlags = new HashSet<>(StorageConfig.VALUE_FLAGS);
        valueFlags.add("concurrent");
        Flags flags = Flags.parse(List.of(arguments), valueFlags, StorageConfig.BOOLEAN_FLAGS);
        StorageConfig config = StorageConfig.resolve(flags::value, System.getenv());
        int concurrent = Integer.parseInt(flags.value("concurrent").orElse("10"));
        // endregion
        return concurrent > 0 ? config : configure();
    }

    static ArtifactStorage open(StorageConfig config) throws IOException {
        // region storage
        VolumeIdentity.readOrCreate(config.options().basePath());
        ArtifactStorage storage = new ArtifactStorage(config.options(), Clock.systemUTC());
        // endregion
        return storage;
    }

    static Thread serve(StorageConfig config, AtomicBoolean leading) {
        // region serve
        ArtifactServerOptions options = ArtifactServerOptions.of(
                        config.options().basePath(), config.bindAddress())
                .withGate(leading::get);
        Thread server = new Thread(() -> {
            try {
                ArtifactServer.start(options);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        server.start();
        // endregion
        return server;
    }

    static void fetch(String url, String digest, Path target) throws IOException {
        // region fetch
        ArtifactFetcher fetcher = new ArtifactFetcher(FetchOptions.fromEnvironment(System.getenv()));
        fetcher.fetch(url, digest, target);
        // endregion
    }

    static void unpack(Path target, Path directory) throws IOException {
        // region unpack
        try (InputStream in = Files.newInputStream(target)) {
            TarGzReader.unpack(in, directory, UnpackOptions.fluxSource(UnpackOptions.DEFAULT_MAX_ENTRIES));
        }
        // endregion
    }

    static Artifact archive(ArtifactStorage storage, ObjectKey key, Path directory) throws IOException {
        // region archive
        FileTree tree = SourceIgnore.defaults().read(directory);
        Artifact wanted = storage.newArtifact("ExternalArtifact", key.namespace(), key.name(), tree);
        Artifact stored = storage.archive(wanted, tree);
        // endregion
        return stored;
    }

    static Artifact copyOnce(ArtifactStorage storage, Artifact artifact, Path file) throws IOException {
        // region with-lock
        Artifact stored = storage.withLock(
                artifact, () -> storage.exists(artifact) ? artifact : storage.copyFromPath(artifact, file));
        // endregion
        return stored;
    }

    static ExternalArtifactPublisher publisher(ApiClient client) {
        // region publisher
        ExternalArtifactPublisher publisher = new ExternalArtifactPublisher(
                new ApiRequests(client, Duration.ofSeconds(30)),
                PublisherOptions.named("my-controller"),
                Clock.systemUTC());
        // endregion
        return publisher;
    }

    static PublishResult publish(
            ExternalArtifactPublisher publisher, ObjectKey key, Artifact stored, @Nullable ExternalArtifact current)
            throws IOException {
        // region publish
        Publication publication = new Publication(
                key,
                Map.of(),
                Map.of(),
                new NamespacedObjectKindReference("example.com/v1", "MySource", key.name(), key.namespace()),
                null,
                stored);
        PublishResult result = publisher.publish(publication, current);
        // endregion
        return result;
    }

    static List<Path> collect(ArtifactStorage storage, Artifact stored) throws IOException {
        // region collect
        List<Path> deleted = storage.collectGarbage(stored, Duration.ofSeconds(5));
        // endregion
        return deleted;
    }

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
