package dev.sluice.reconciler.spec;

import dev.sluice.reconciler.cluster.SourceKey;
import dev.sluice.reconciler.pathpattern.PathPattern;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.OutputArtifact;
import dev.sluice.toolkit.extensions.SourceReference;
import dev.sluice.toolkit.meta.KubernetesNames;
import java.io.InterruptedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Validates the rules of a spec that its schema does not express. Fails with the first violation; all are terminal. */
public final class SpecValidator {

    private static final int MAX_NAME_LENGTH = 253;
    /** Our limit; the schema has none. */
    private static final int MAX_COPY_OPERATIONS = 1000;

    private static final int MAX_SHOWN_GENERATORS = 20;

    private final boolean noCrossNamespaceRefs;
    private final Cycles cycles;

    /** Finds cycles, as {@link GeneratorGraph#cycleThrough} does. */
    private interface Cycles {
        List<String> through(ArtifactGenerator generator) throws TerminalException, InterruptedIOException;
    }

    public SpecValidator(boolean noCrossNamespaceRefs, GeneratorGraph graph) {
        this(noCrossNamespaceRefs, graph::cycleThrough);
    }

    private SpecValidator(boolean noCrossNamespaceRefs, Cycles cycles) {
        this.noCrossNamespaceRefs = noCrossNamespaceRefs;
        this.cycles = cycles;
    }

    /** A validator that knows no other generator, and allows references to other namespaces. */
    public static SpecValidator withoutCluster() {
        return new SpecValidator(false, GeneratorGraph::ownOutputAmongSources);
    }

    /**
     * Validates the whole spec.
     *
     * @throws TerminalException for the first violated rule
     */
    public void validate(ArtifactGenerator generator) throws TerminalException, InterruptedIOException {
        validateFields(generator);
        Set<String> aliases = validateSources(generator);
        validateArtifacts(generator, aliases);
        validateNoCycle(generator);
    }

    /** Rejects unimplemented fields, because one of them may say where artifacts go or who may write them. */
    private static void validateFields(ArtifactGenerator generator) throws TerminalException {
        List<String> unknown = UnimplementedFields.in(generator.spec());
        if (!unknown.isEmpty()) {
            throw invalid(("%s not supported by this version of the controller, so nothing is published;"
                            + " remove the %s or upgrade the controller")
                    .formatted(
                            unknown.stream().map(field -> "spec." + field).collect(Collectors.joining(", "))
                                    + (unknown.size() == 1 ? " is" : " are"),
                            unknown.size() == 1 ? "field" : "fields"));
        }
    }

    private Set<String> validateSources(ArtifactGenerator generator) throws TerminalException {
        Set<String> aliases = new HashSet<>();
        for (SourceReference source : generator.spec().sources()) {
            if (!aliases.add(source.alias())) {
                throw invalid("duplicate source alias '%s' found".formatted(source.alias()));
            }
            SourceKey key = SourceKey.of(generator, source);
            if (noCrossNamespaceRefs
                    && !key.namespace().equals(generator.metadata().getNamespace())) {
                throw new TerminalException(
                        GeneratorReasons.ACCESS_DENIED,
                        "cross-namespace reference to source %s is not allowed".formatted(key));
            }
        }
        return aliases;
    }

    private static void validateArtifacts(ArtifactGenerator generator, Set<String> aliases) throws TerminalException {
        boolean templates = PathPattern.isIn(generator.spec());
        Set<String> names = new HashSet<>();
        for (OutputArtifact artifact : generator.spec().artifacts()) {
            if (!names.add(artifact.name())) {
                throw invalid("duplicate artifact name '%s' found".formatted(artifact.name()));
            }
            if (!templates && !KubernetesNames.isSubdomain(artifact.name())) {
                throw invalid(("artifact name \"%s\" is not a valid Kubernetes object name; use a lowercase RFC 1123"
                                + " subdomain of at most %d characters")
                        .formatted(artifact.name(), MAX_NAME_LENGTH));
            }
            validateCopies(artifact);
            String alias = artifact.revisionAlias().orElse("");
            if (!alias.isEmpty() && !aliases.contains(alias)) {
                throw invalid("artifact %s revision source alias '%s' not found".formatted(artifact.name(), alias));
            }
        }
    }

    private static void validateCopies(OutputArtifact artifact) throws TerminalException {
        int operations = artifact.copy().size();
        if (operations > MAX_COPY_OPERATIONS) {
            throw invalid("artifact %s has %d copy operations; the limit is %d; split it, or copy with globs"
                    .formatted(artifact.name(), operations, MAX_COPY_OPERATIONS));
        }
    }

    private void validateNoCycle(ArtifactGenerator generator) throws TerminalException, InterruptedIOException {
        List<String> cycle = cycles.through(generator);
        if (cycle.size() == 1) {
            throw invalid("the generator uses its own output %s as a source".formatted(cycle.get(0)));
        }
        if (!cycle.isEmpty()) {
            throw invalid("the generator is part of a cycle: %s".formatted(shown(cycle)));
        }
    }

    private static String shown(List<String> cycle) {
        if (cycle.size() <= MAX_SHOWN_GENERATORS) {
            return String.join(" -> ", cycle);
        }
        return "%s -> … (%d generators in total)"
                .formatted(String.join(" -> ", cycle.subList(0, MAX_SHOWN_GENERATORS)), cycle.size() - 1);
    }

    private static TerminalException invalid(String message) {
        return new TerminalException(GeneratorReasons.VALIDATION_FAILED, message);
    }
}
