package dev.sluice.reconciler.namespaces;

import dev.sluice.reconciler.cel.CelException;
import dev.sluice.reconciler.pathpattern.Captures;
import dev.sluice.reconciler.spec.GeneratorReasons;
import dev.sluice.reconciler.spec.TerminalException;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ManagedNamespaces;
import dev.sluice.toolkit.extensions.ManagedNamespacesMetadata;
import dev.sluice.toolkit.extensions.NamespaceMetadataFrom;
import dev.sluice.toolkit.extensions.NamespaceMetadataFromSource;
import dev.sluice.toolkit.extensions.OutputArtifact;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The compiled rules of {@code spec.managedNamespaces}.
 *
 * @param path path of the metadata file, with placeholders; empty without a file
 * @param metadata what the file may set; empty without a file
 */
record NamespaceRules(
        boolean prune,
        AllowedNames names,
        List<NamespaceMetadataFrom> operations,
        Optional<String> path,
        Optional<AllowedMetadata> metadata) {

    NamespaceRules {
        operations = List.copyOf(operations);
    }

    /**
     * Compiles the rules.
     *
     * @return empty if the generator does not manage namespaces
     * @throws TerminalException if an expression or the path of the file is invalid
     */
    static Optional<NamespaceRules> compile(ArtifactGenerator generator) throws TerminalException {
        ManagedNamespaces managed = generator.spec().managedNamespaces();
        if (managed == null) {
            return Optional.empty();
        }
        Optional<ManagedNamespacesMetadata> metadata = Optional.ofNullable(managed.metadata());
        Optional<NamespaceMetadataFromSource> file = metadata.flatMap(part -> Optional.ofNullable(part.fromSource()));
        if (file.isPresent()) {
            requireNamespaceCaptures(generator, file.get().path());
        }
        return Optional.of(new NamespaceRules(
                managed.prune(),
                names(managed),
                metadata.map(ManagedNamespacesMetadata::from).orElse(List.of()),
                file.map(NamespaceMetadataFromSource::path),
                file.isEmpty() ? Optional.empty() : Optional.of(allowed(file.get()))));
    }

    private static AllowedNames names(ManagedNamespaces managed) throws TerminalException {
        try {
            return AllowedNames.compile(managed.allowedNames());
        } catch (CelException e) {
            throw invalid("managedNamespaces allowedNames: " + e.getMessage());
        }
    }

    private static AllowedMetadata allowed(NamespaceMetadataFromSource file) throws TerminalException {
        try {
            return AllowedMetadata.compile(file);
        } catch (CelException e) {
            throw invalid("managedNamespaces metadata fromSource: " + e.getMessage());
        }
    }

    /** All artifacts of a namespace must name the same file. */
    private static void requireNamespaceCaptures(ArtifactGenerator generator, String path) throws TerminalException {
        Set<String> captures = Captures.in(path);
        for (OutputArtifact artifact : generator.spec().artifacts()) {
            String namespace = artifact.namespace();
            if (namespace == null || namespace.isEmpty()) {
                continue;
            }
            Set<String> deciding = Captures.in(namespace);
            for (String capture : captures) {
                if (!deciding.contains(capture)) {
                    throw invalid(
                            ("managedNamespaces metadata fromSource path \"%s\": capture \"%s\" does not decide the"
                                            + " namespace of artifact \"%s\"; use only captures that are in its namespace")
                                    .formatted(path, capture, artifact.name()));
                }
            }
        }
    }

    private static TerminalException invalid(String message) {
        return new TerminalException(GeneratorReasons.VALIDATION_FAILED, message);
    }
}
