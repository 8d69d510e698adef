package dev.sluice.reconciler.generator;

import dev.sluice.artifact.config.GoDuration;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.controller.apply.OwnedMetadata;
import dev.sluice.controller.informer.ChangeFilter;
import dev.sluice.controller.informer.RecentWrites;
import dev.sluice.reconciler.cluster.GeneratorAnnotations;
import dev.sluice.reconciler.cluster.GeneratorReader;
import dev.sluice.reconciler.cluster.Ownership;
import dev.sluice.reconciler.cluster.SourceKey;
import dev.sluice.reconciler.publish.ExternalArtifactStore;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.GeneratorLabels;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.Source;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Maps events of objects to the generators that must run. */
final class Triggers {

    private static final Logger LOG = LoggerFactory.getLogger(Triggers.class);

    private final GeneratorReader generators;
    private final ExternalArtifactStore store;
    private final RecentWrites<ExternalArtifact> recentWrites;
    private final ChangedSources changedSources;
    private final Consumer<ObjectKey> enqueue;
    private final Consumer<ObjectKey> gone;

    /**
     * Creates the triggers of one controller.
     *
     * @param changedSources requests runs of the generators that use a source
     * @param enqueue receives generators that must run
     * @param gone receives deleted generators
     */
    Triggers(
            GeneratorReader generators,
            ExternalArtifactStore store,
            RecentWrites<ExternalArtifact> recentWrites,
            ChangedSources changedSources,
            Consumer<ObjectKey> enqueue,
            Consumer<ObjectKey> gone) {
        this.generators = generators;
        this.store = store;
        this.recentWrites = recentWrites;
        this.changedSources = changedSources;
        this.enqueue = enqueue;
        this.gone = gone;
    }

    /**
     * Handles a generator: a new or deleted object, a new spec, a reconcile request, a change of its suspension or of its
     * interval. A mere status change triggers no run.
     */
    void generatorChanged(@Nullable ArtifactGenerator before, @Nullable ArtifactGenerator after) {
        if (after == null) {
            gone.accept(Objects.requireNonNull(before).key());
            return;
        }
        if (before == null || !interval(before).equals(interval(after))) {
            logRaisedInterval(after);
        }
        if (before == null || requiresRun(before, after)) {
            enqueue.accept(after.key());
        }
    }

    /** Handles a source whose artifact is new, changed or gone. */
    void sourceChanged(@Nullable Source<?, ?> before, @Nullable Source<?, ?> after) {
        Source<?, ?> present = after == null ? before : after;
        boolean gone = after == null;
        if (present != null
                && present.artifact().isPresent()
                && (gone || !offer(before).equals(offer(after)))) {
            ObjectKey key = present.key();
            changedSources.add(new SourceKey(present.kind(), key.namespace(), key.name()));
        }
    }

    /** Handles a generated object that somebody else has edited or deleted. */
    void generatedChanged(@Nullable ExternalArtifact before, @Nullable ExternalArtifact after) {
        if (after == null && before != null) {
            boolean isPublishedHere = store.isPublishedHere(before);
            store.gone(before);
            enqueueGeneratorOf(before, isPublishedHere);
        } else if (before == null && after != null) {
            recentWrites.appeared(after);
        } else if (before != null && after != null && !recentWrites.covers(after)) {
            enqueueGeneratorOf(before, store.isPublishedHere(before));
            enqueueGeneratorOf(after, store.isPublishedHere(after));
        }
    }

    /** Handles a namespace that is managed, or was until now; a mere status change triggers no run. */
    void namespaceChanged(@Nullable V1Namespace before, @Nullable V1Namespace after) {
        if (before != null && after != null && hasSameMetadata(before.getMetadata(), after.getMetadata())) {
            return;
        }
        Stream.of(Optional.ofNullable(before), Optional.ofNullable(after))
                .flatMap(namespace -> generatorOf(namespace).stream())
                .distinct()
                .forEach(enqueue);
    }

    private static boolean hasSameMetadata(V1ObjectMeta before, V1ObjectMeta after) {
        return Objects.equals(before.getLabels(), after.getLabels())
                && Objects.equals(before.getAnnotations(), after.getAnnotations())
                && Objects.equals(before.getDeletionTimestamp(), after.getDeletionTimestamp());
    }

    /** Only the controller's own label counts: anybody who may change a namespace can copy one. */
    private Optional<ObjectKey> generatorOf(Optional<V1Namespace> namespace) {
        return namespace
                .map(V1Namespace::getMetadata)
                .filter(metadata -> OwnedMetadata.of(metadata, GeneratorController.NAME)
                        .labels()
                        .contains(GeneratorLabels.GENERATOR))
                .flatMap(metadata -> Optional.ofNullable(metadata.getLabels()))
                .flatMap(labels -> Optional.ofNullable(labels.get(GeneratorLabels.GENERATOR)))
                .flatMap(generators::withUid)
                .map(ArtifactGenerator::key);
    }

    private static boolean requiresRun(ArtifactGenerator before, ArtifactGenerator after) {
        return ChangeFilter.<ArtifactGenerator>reconcile().test(before, after)
                || GeneratorAnnotations.isDisabled(before) != GeneratorAnnotations.isDisabled(after)
                || !interval(before).equals(interval(after));
    }

    private static Optional<Duration> interval(ArtifactGenerator generator) {
        return GeneratorAnnotations.reconcileEvery(generator);
    }

    private static void logRaisedInterval(ArtifactGenerator generator) {
        interval(generator)
                .filter(requested -> requested.compareTo(GeneratorAnnotations.MIN_INTERVAL) < 0)
                .ifPresent(requested -> LOG.atWarn()
                        .addKeyValue("key", generator.key())
                        .addKeyValue("requested", GoDuration.format(requested))
                        .addKeyValue("interval", GoDuration.format(GeneratorAnnotations.MIN_INTERVAL))
                        .log("the requested reconcile interval is too short"));
    }

    /** The parts of the artifact that a build depends on, without time and size. */
    private static Optional<ObservedSource> offer(@Nullable Source<?, ?> source) {
        return source == null ? Optional.empty() : source.artifact().map(Triggers::offer);
    }

    private static ObservedSource offer(Artifact artifact) {
        return new ObservedSource(
                Objects.requireNonNullElse(artifact.digest(), ""), artifact.revision(), artifact.url(), null);
    }

    /** @param isPublishedHere whether this process has published the object; the inventory may lack it until the run ends */
    private void enqueueGeneratorOf(ExternalArtifact artifact, boolean isPublishedHere) {
        Ownership.generatorUid(artifact)
                .flatMap(generators::withUid)
                .filter(generator -> Ownership.isOwn(generator, artifact) || isPublishedHere)
                .ifPresent(generator -> enqueue.accept(generator.key()));
    }
}
