package dev.sluice.reconciler.spec;

import dev.sluice.artifact.concurrent.Interruption;
import dev.sluice.artifact.storage.ExternalArtifactPaths;
import dev.sluice.reconciler.cluster.ExternalArtifactReader;
import dev.sluice.reconciler.cluster.GeneratorReader;
import dev.sluice.reconciler.cluster.Ownership;
import dev.sluice.reconciler.cluster.SourceKey;
import dev.sluice.reconciler.pathpattern.PathPattern;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The dependencies between generators: which generator uses the output of which. */
public final class GeneratorGraph {

    /**
     * Maximum number of outputs of other generators that one search follows. Every run searches, so the limit bounds
     * time and memory regardless of the number of a tenant's generators.
     */
    static final int MAX_USES = 20_000;

    private final GeneratorReader generators;
    private final ExternalArtifactReader externalArtifacts;

    public GeneratorGraph(GeneratorReader generators, ExternalArtifactReader externalArtifacts) {
        this.generators = generators;
        this.externalArtifacts = externalArtifacts;
    }

    /**
     * Returns a shortest cycle through the generator, which is its first and last element; a single element (the
     * output's name) if it uses its own output; empty if there is no cycle.
     *
     * @throws TerminalException if the generator depends on more outputs than a search follows
     */
    List<String> cycleThrough(ArtifactGenerator generator) throws TerminalException, InterruptedIOException {
        return artifactSources(generator).isEmpty() ? List.of() : new Search(generator).run();
    }

    /** The first source that is an output of the generator itself, by its spec; empty if there is none. */
    static List<String> ownOutputAmongSources(ArtifactGenerator generator) {
        return artifactSources(generator).stream()
                .filter(outputs(generator)::contains)
                .map(ObjectKey::toString)
                .limit(1)
                .toList();
    }

    /** Searches breadth-first for the shortest cycle, iteratively because chains may be long. */
    private final class Search {

        private final ObjectKey start;
        private final Set<ObjectKey> outputsOfStart;
        private final Deque<ArtifactGenerator> open;
        private final Map<ObjectKey, ObjectKey> users = new HashMap<>();

        /** Outputs that have a producer; the search follows each of them once, however many generators use it. */
        private final Set<ObjectKey> followed = new HashSet<>();

        private int uses;

        Search(ArtifactGenerator generator) {
            start = generator.key();
            outputsOfStart = outputs(generator);
            open = new ArrayDeque<>(List.of(generator));
        }

        List<String> run() throws TerminalException, InterruptedIOException {
            while (!open.isEmpty()) {
                ArtifactGenerator user = open.removeFirst();
                for (ObjectKey output : artifactSources(user)) {
                    if (!followed.contains(output) && leadsBack(output, user.key())) {
                        return user.key().equals(start) ? List.of(output.toString()) : cycle(user.key());
                    }
                }
            }
            return List.of();
        }

        private boolean leadsBack(ObjectKey output, ObjectKey user) throws TerminalException, InterruptedIOException {
            Interruption.check();
            Set<ObjectKey> producers = producers(output);
            if (producers.contains(start)) {
                return true;
            }
            uses += producers.size();
            if (uses > MAX_USES) {
                throw new TerminalException(
                        GeneratorReasons.VALIDATION_FAILED,
                        ("the generator depends on more than %d outputs of other generators, directly or through them;"
                                        + " use fewer")
                                .formatted(MAX_USES));
            }
            for (ObjectKey producer : producers) {
                followed.add(output);
                if (users.putIfAbsent(producer, user) == null) {
                    generators.get(producer).ifPresent(open::addLast);
                }
            }
            return false;
        }

        private List<String> cycle(ObjectKey last) {
            Deque<String> cycle = new ArrayDeque<>();
            cycle.addFirst(start.toString());
            for (ObjectKey at = last; at != null && !at.equals(start); at = users.get(at)) {
                cycle.addFirst(at.toString());
            }
            cycle.addFirst(start.toString());
            return List.copyOf(cycle);
        }

        /**
         * Finds producers by spec and by the label of published objects, because a pathPattern names its outputs only
         * there.
         */
        private Set<ObjectKey> producers(ObjectKey output) {
            Set<ObjectKey> producers = new LinkedHashSet<>();
            generators.naming(output).forEach(generator -> producers.add(generator.key()));
            // the given object may be newer than the index
            if (outputsOfStart.contains(output)) {
                producers.add(start);
            }
            externalArtifacts
                    .cached(output)
                    .flatMap(GeneratorGraph.this::generatorOf)
                    .ifPresent(generator -> producers.add(generator.key()));
            return producers;
        }
    }

    private static Set<ObjectKey> outputs(ArtifactGenerator generator) {
        return PathPattern.isIn(generator.spec())
                ? Set.of()
                : generator.spec().artifacts().stream()
                        .map(generator::artifactKey)
                        .collect(Collectors.toSet());
    }

    private static List<ObjectKey> artifactSources(ArtifactGenerator generator) {
        return generator.spec().sources().stream()
                .filter(source -> ExternalArtifactPaths.KIND.equals(source.kind()))
                .map(source -> SourceKey.of(generator, source).objectKey())
                .toList();
    }

    private Optional<ArtifactGenerator> generatorOf(ExternalArtifact artifact) {
        return Ownership.generatorUid(artifact)
                .flatMap(generators::withUid)
                .filter(generator -> Ownership.isOwn(generator, artifact));
    }
}
