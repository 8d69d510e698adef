package dev.sluice.reconciler.spec;

import dev.sluice.reconciler.cluster.SourceKey;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.SourceReference;
import java.io.InterruptedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Validates the rules of a spec that its schema does not express. Fails with the first violation; all are terminal. */
public final class SpecValidator {

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
        validateNoUnknownFields(generator);
        Set<String> aliases = validateSources(generator);
        new ArtifactRules(generator, aliases).validate();
        validateNoCycle(generator);
    }

    /** Rejects unknown fields, because one of them may say where artifacts go or who may write them. */
    private static void validateNoUnknownFields(ArtifactGenerator generator) throws TerminalException {
        List<String> unknown = generator.spec().unknownFields();
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

    static TerminalException invalid(String message) {
        return new TerminalException(GeneratorReasons.VALIDATION_FAILED, message);
    }
}
