package dev.sluice.reconciler.generator;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.controller.informer.RecentWrites;
import dev.sluice.reconciler.cluster.GeneratorAnnotations;
import dev.sluice.reconciler.cluster.GeneratorReader;
import dev.sluice.reconciler.cluster.Ownership;
import dev.sluice.reconciler.cluster.SourceKey;
import dev.sluice.reconciler.publish.ExternalArtifactStore;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.Source;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Which event of which object asks for a run of which generator. */
final class Triggers {

    private final GeneratorReader generators;
    private final ExternalArtifactStore release;
    private final RecentWrites<ExternalArtifact> recentWrites;
    private final Consumer<ObjectKey> enqueue;
    private final Consumer<ObjectKey> gone;

    /**
     * @param enqueue takes generators that have something to do
     * @param gone takes generators that are gone
     */
    Triggers(
            GeneratorReader generators,
            ExternalArtifactStore release,
            RecentWrites<ExternalArtifact> recentWrites,
            Consumer<ObjectKey> enqueue,
            Consumer<ObjectKey> gone) {
        this.generators = generators;
        this.release = release;
        this.recentWrites = recentWrites;
        this.enqueue = enqueue;
        this.gone = gone;
    }

    /** A generator: creation, deletion, a new spec, a request, a change of its pause; never a status alone. */
    void generatorChanged(@Nullable ArtifactGenerator before, @Nullable ArtifactGenerator after) {
        if (after == null) {
            gone.accept(Objects.requireNonNull(before).key());
        } else if (before == null || asksForRun(before, after)) {
            enqueue.accept(after.key());
        }
    }

    /** A source: whenever what it offers is new, changed or gone. */
    void sourceChanged(@Nullable Source<?, ?> before, @Nullable Source<?, ?> after) {
        Source<?, ?> present = after == null ? before : after;
        boolean gone = after == null;
        if (present != null
                && present.artifact().isPresent()
                && (gone || !offer(before).equals(offer(after)))) {
            enqueueUsersOf(present);
        }
    }

    /** A generated object: when somebody else has edited or deleted it. */
    void generatedChanged(@Nullable ExternalArtifact before, @Nullable ExternalArtifact after) {
        if (after == null && before != null) {
            release.gone(before);
            enqueueGeneratorOf(before);
        } else if (before == null && after != null) {
            recentWrites.appeared(after);
        } else if (before != null && after != null && !recentWrites.covers(after)) {
            enqueueGeneratorOf(before);
            enqueueGeneratorOf(after);
        }
    }

    private static boolean asksForRun(ArtifactGenerator before, ArtifactGenerator after) {
        return !Objects.equals(
                        before.metadata().getGeneration(), after.metadata().getGeneration())
                || !Objects.equals(
                        before.metadata().getDeletionTimestamp(),
                        after.metadata().getDeletionTimestamp())
                || !GeneratorAnnotations.requestedAt(before).equals(GeneratorAnnotations.requestedAt(after))
                || GeneratorAnnotations.isDisabled(before) != GeneratorAnnotations.isDisabled(after);
    }

    /** What a build depends on; a new time or size alone changes nothing. */
    private static Optional<ObservedSource> offer(@Nullable Source<?, ?> source) {
        return source == null ? Optional.empty() : source.artifact().map(Triggers::offer);
    }

    private static ObservedSource offer(Artifact artifact) {
        return new ObservedSource(
                Objects.requireNonNullElse(artifact.digest(), ""), artifact.revision(), artifact.url(), null);
    }

    private void enqueueUsersOf(Source<?, ?> source) {
        ObjectKey key = source.key();
        generators
                .using(new SourceKey(source.kind(), key.namespace(), key.name()))
                .forEach(enqueue);
    }

    private void enqueueGeneratorOf(ExternalArtifact artifact) {
        Ownership.generatorUid(artifact)
                .flatMap(generators::withUid)
                .filter(generator -> Ownership.isOwn(generator, artifact))
                .ifPresent(generator -> enqueue.accept(generator.key()));
    }
}
