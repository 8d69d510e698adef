package dev.sluice.reconciler.spec;

import dev.sluice.reconciler.file.FileReference;
import dev.sluice.reconciler.pathpattern.PathPattern;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ManagedNamespaces;
import dev.sluice.toolkit.extensions.ManagedNamespacesMetadata;
import dev.sluice.toolkit.extensions.OutputArtifact;
import dev.sluice.toolkit.meta.KubernetesNames;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The rules for the artifacts of a spec, and for the file with the metadata of their namespaces. */
final class ArtifactRules {

    /** Our limit; the schema has none. */
    private static final int MAX_COPY_OPERATIONS = 1000;

    private final ArtifactGenerator generator;
    private final Set<String> aliases;
    private final boolean templates;
    private final Set<Target> targets = new HashSet<>();

    /** Where an artifact is published, before templates are rendered. */
    private record Target(String namespace, String name) {}

    /** @param aliases aliases of the sources */
    ArtifactRules(ArtifactGenerator generator, Set<String> aliases) {
        this.generator = generator;
        this.aliases = aliases;
        this.templates = PathPattern.isIn(generator.spec());
    }

    /** @throws TerminalException for the first violated rule */
    void validate() throws TerminalException {
        for (OutputArtifact artifact : generator.spec().artifacts()) {
            validateTarget(artifact);
            validateCopies(artifact);
            validateRevisions(artifact);
            String inputs = artifact.inputsFrom();
            if (inputs != null && !inputs.isEmpty()) {
                validateFile("artifact %s inputsFrom \"%s\"".formatted(artifact.name(), inputs), inputs);
            }
        }
        Optional<String> metadata = metadataFile();
        if (metadata.isPresent()) {
            String file = metadata.get();
            validateFile("managedNamespaces metadata fromSource path \"%s\"".formatted(file), file);
        }
    }

    private void validateTarget(OutputArtifact artifact) throws TerminalException {
        Target target = new Target(generator.namespaceOf(artifact), artifact.name());
        if (!targets.add(target)) {
            throw SpecValidator.invalid("duplicate artifact name '%s' found in namespace '%s'"
                    .formatted(target.name(), target.namespace()));
        }
        if (!templates && !KubernetesNames.isSubdomain(target.name())) {
            throw SpecValidator.invalid("artifact name \"%s\" is not a valid Kubernetes object name: it must have %s"
                    .formatted(target.name(), KubernetesNames.SUBDOMAIN_RULE));
        }
        if (!templates && !KubernetesNames.isNamespace(target.namespace())) {
            throw SpecValidator.invalid("artifact namespace \"%s\" is not a valid Kubernetes namespace: it must have %s"
                    .formatted(target.namespace(), KubernetesNames.NAMESPACE_RULE));
        }
    }

    private static void validateCopies(OutputArtifact artifact) throws TerminalException {
        int operations = artifact.copy().size();
        if (operations > MAX_COPY_OPERATIONS) {
            throw SpecValidator.invalid(
                    "artifact %s has %d copy operations; the limit is %d; split it, or copy with globs"
                            .formatted(artifact.name(), operations, MAX_COPY_OPERATIONS));
        }
    }

    private void validateRevisions(OutputArtifact artifact) throws TerminalException {
        validateAlias(artifact, "revision", artifact.revisionAlias());
        validateAlias(artifact, "origin revision", artifact.originRevisionAlias());
    }

    private void validateAlias(OutputArtifact artifact, String what, Optional<String> alias) throws TerminalException {
        if (alias.isPresent() && !aliases.contains(alias.get())) {
            throw SpecValidator.invalid(
                    "artifact %s %s source alias '%s' not found".formatted(artifact.name(), what, alias.get()));
        }
    }

    private void validateFile(String what, String file) throws TerminalException {
        String alias = FileReference.parse(file)
                .map(FileReference::alias)
                .orElseThrow(() -> SpecValidator.invalid(what + ": path must be in the format '@<alias>/<path>'"));
        if (!alias.equals(FileReference.ARTIFACT) && !aliases.contains(alias)) {
            throw SpecValidator.invalid("%s: source alias '%s' not found".formatted(what, alias));
        }
        if (!templates && (file.contains("{") || file.contains("}"))) {
            throw SpecValidator.invalid(what + " uses capture placeholders but pathPattern is not set");
        }
    }

    private Optional<String> metadataFile() {
        ManagedNamespaces managed = generator.spec().managedNamespaces();
        ManagedNamespacesMetadata metadata = managed == null ? null : managed.metadata();
        return metadata == null || metadata.fromSource() == null
                ? Optional.empty()
                : Optional.of(metadata.fromSource().path());
    }
}
