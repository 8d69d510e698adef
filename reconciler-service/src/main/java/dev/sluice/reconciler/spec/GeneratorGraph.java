package dev.sluice.reconciler.spec;

import dev.sluice.artifact.storage.ExternalArtifactPaths;
import dev.sluice.reconciler.cluster.ExternalArtifactReader;
import dev.sluice.reconciler.cluster.GeneratorReader;
import dev.sluice.reconciler.cluster.Ownership;
import dev.sluice.reconciler.cluster.SourceKey;
import dev.sluice.reconciler.pathpattern.PathPattern;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The dependencies between generators: which generator uses the output of which. */
public final class GeneratorGraph {

    private final GeneratorReader generators;
    private final ExternalArtifactReader externalArtifacts;

    public GeneratorGraph(GeneratorReader generators, ExternalArtifactReader externalArtifacts) {
        this.generators = generators;
        this.externalArtifacts = externalArtifacts;
    }

    /**
     * Returns a shortest cycle through the generator, which is its first and last element; a single element (the
     * output's name) if it uses its own output; empty if there is no cycle.
     */
    List<String> cycleThrough(ArtifactGenerator generator) {
        for (ObjectKey output : artifactSources(generator)) {
            if (producers(output, generator).contains(generator.key())) {
                return List.of(output.toString());
            }
        }
        return search(generator);
    }

    /** The first source that is an output of the generator itself, by its spec; empty if there is none. */
    static List<String> ownOutputAmongSources(ArtifactGenerator generator) {
        return artifactSources(generator).stream()
                .filter(source -> names(generator, source))
                .map(ObjectKey::toString)
                .limit(1)
                .toList();
    }

    /** Searches breadth-first for the shortest cycle, iteratively because chains may be long. */
    private List<String> search(ArtifactGenerator start) {
        Map<ObjectKey, ObjectKey> users = new HashMap<>();
        Deque<ArtifactGenerator> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            ArtifactGenerator current = open.removeFirst();
            for (ObjectKey producer : producersFor(current, start)) {
                if (producer.equals(start.key())) {
                    return cycle(start.key(), current.key(), users);
                }
                if (users.putIfAbsent(producer, current.key()) == null) {
                    generators.get(producer).ifPresent(open::addLast);
                }
            }
        }
        return List.of();
    }

    private static List<String> cycle(ObjectKey start, ObjectKey last, Map<ObjectKey, ObjectKey> users) {
        Deque<String> cycle = new ArrayDeque<>();
        cycle.addFirst(start.toString());
        for (ObjectKey at = last; at != null && !at.equals(start); at = users.get(at)) {
            cycle.addFirst(at.toString());
        }
        cycle.addFirst(start.toString());
        return List.copyOf(cycle);
    }

    private Set<ObjectKey> producersFor(ArtifactGenerator generator, ArtifactGenerator start) {
        Set<ObjectKey> producers = new LinkedHashSet<>();
        artifactSources(generator).forEach(source -> producers.addAll(producers(source, start)));
        return producers;
    }

    private static List<ObjectKey> artifactSources(ArtifactGenerator generator) {
        return generator.spec().sources().stream()
                .filter(source -> ExternalArtifactPaths.KIND.equals(source.kind()))
                .map(source -> SourceKey.of(generator, source).objectKey())
                .toList();
    }

    /**
     * Finds producers by spec and by the label of published objects, because a pathPattern names its outputs only
     * there.
     */
    private Set<ObjectKey> producers(ObjectKey output, ArtifactGenerator start) {
        Set<ObjectKey> producers = new LinkedHashSet<>();
        generators.naming(output).forEach(generator -> producers.add(generator.key()));
        if (names(start, output)) {
            producers.add(start.key());
        }
        externalArtifacts
                .cached(output)
                .flatMap(this::generatorOf)
                .ifPresent(generator -> producers.add(generator.key()));
        return producers;
    }

    private Optional<ArtifactGenerator> generatorOf(ExternalArtifact artifact) {
        return Ownership.generatorUid(artifact)
                .flatMap(generators::withUid)
                .filter(generator -> Ownership.isOwn(generator, artifact));
    }

    /** Checks the given object too, because it may be newer than the index. */
    private static boolean names(ArtifactGenerator generator, ObjectKey output) {
        return !PathPattern.isIn(generator.spec())
                && output.namespace().equals(generator.key().namespace())
                && generator.spec().artifacts().stream()
                        .anyMatch(artifact -> artifact.name().equals(output.name()));
    }
}
