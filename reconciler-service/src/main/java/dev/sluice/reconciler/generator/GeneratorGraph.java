package dev.sluice.reconciler.generator;

import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.meta.ObjectKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which generator uses the output of which. */
final class GeneratorGraph {

    private static final String EXTERNAL_ARTIFACT = "ExternalArtifact";

    private final GeneratorReader generators;
    private final ExternalArtifactReader externalArtifacts;

    GeneratorGraph(GeneratorReader generators, ExternalArtifactReader externalArtifacts) {
        this.generators = generators;
        this.externalArtifacts = externalArtifacts;
    }

    /**
     * The generators of a cycle through this one, itself first and last; a single element (the output's name) when it
     * uses its own output; empty when there is none.
     */
    List<String> cycleThrough(ArtifactGenerator generator) {
        for (ObjectKey output : artifactSources(generator)) {
            if (producers(output, generator).contains(generator.key())) {
                return List.of(output.toString());
            }
        }
        Deque<String> path = new ArrayDeque<>();
        path.add(generator.key().toString());
        return search(generator, generator, path, new HashSet<>()) ? List.copyOf(path) : List.of();
    }

    private boolean search(
            ArtifactGenerator start, ArtifactGenerator current, Deque<String> path, Set<ObjectKey> visited) {
        for (ObjectKey source : artifactSources(current)) {
            for (ObjectKey producer : producers(source, start)) {
                path.addLast(producer.toString());
                if (producer.equals(start.key())) {
                    return true;
                }
                ArtifactGenerator next =
                        visited.add(producer) ? generators.get(producer).orElse(null) : null;
                if (next != null && search(start, next, path, visited)) {
                    return true;
                }
                path.removeLast();
            }
        }
        return false;
    }

    private static List<ObjectKey> artifactSources(ArtifactGenerator generator) {
        return generator.spec().sources().stream()
                .filter(source -> EXTERNAL_ARTIFACT.equals(source.kind()))
                .map(source -> SourceKey.of(generator, source).objectKey())
                .toList();
    }

    /** By the spec, and by the label of what is published: a pathPattern names its outputs only there. */
    private Set<ObjectKey> producers(ObjectKey output, ArtifactGenerator start) {
        Set<ObjectKey> producers = new LinkedHashSet<>();
        generators.naming(output).forEach(generator -> producers.add(generator.key()));
        if (names(start, output)) {
            producers.add(start.key());
        }
        externalArtifacts
                .cached(output)
                .flatMap(Ownership::generatorUid)
                .flatMap(generators::withUid)
                .ifPresent(generator -> producers.add(generator.key()));
        return producers;
    }

    /** The object at hand may be newer than the index. */
    private static boolean names(ArtifactGenerator generator, ObjectKey output) {
        return !SpecValidator.hasPathPattern(generator)
                && output.namespace().equals(generator.key().namespace())
                && generator.spec().artifacts().stream()
                        .anyMatch(artifact -> artifact.name().equals(output.name()));
    }
}
