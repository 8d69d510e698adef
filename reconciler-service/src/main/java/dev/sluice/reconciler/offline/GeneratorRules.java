package dev.sluice.reconciler.offline;

import dev.sluice.toolkit.extensions.ArtifactGeneratorSpec;
import dev.sluice.toolkit.extensions.CopyOperation;
import dev.sluice.toolkit.extensions.OutputArtifact;
import dev.sluice.toolkit.extensions.SourceReference;
import dev.sluice.toolkit.meta.KubernetesNames;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the API server and the controller refuse in a spec: here it is refused before anything is built. */
final class GeneratorRules {

    private static final int MAX_ITEMS = 1000;
    private static final int MAX_EXCLUDES = 100;
    private static final int MAX_PATH = 1024;
    private static final int MAX_ALIAS = 63;
    private static final Pattern ALIAS = Pattern.compile("[a-z0-9]([a-z0-9_-]*[a-z0-9])?");
    private static final Set<String> KINDS =
            Set.of("GitRepository", "OCIRepository", "Bucket", "HelmChart", "ExternalArtifact");
    private static final Set<String> STRATEGIES = Set.of("Overwrite", "Merge", "Extract");

    private final ArtifactGeneratorSpec spec;
    private final Set<String> aliases = new HashSet<>();

    private GeneratorRules(ArtifactGeneratorSpec spec) {
        this.spec = spec;
    }

    static void check(ArtifactGeneratorSpec spec) throws OfflineException {
        GeneratorRules rules = new GeneratorRules(spec);
        rules.checkSources();
        rules.checkArtifacts();
    }

    private void checkSources() throws OfflineException {
        checkCount("spec.sources", spec.sources());
        for (SourceReference source : spec.sources()) {
            String alias = source.alias();
            require(
                    alias.length() <= MAX_ALIAS && ALIAS.matcher(alias).matches(),
                    "source alias \"%s\" is not valid".formatted(alias));
            require(aliases.add(alias), "duplicate source alias \"%s\" found".formatted(alias));
            require(
                    KINDS.contains(source.kind()),
                    "source \"%s\": kind \"%s\" is unknown".formatted(alias, source.kind()));
        }
    }

    private void checkArtifacts() throws OfflineException {
        checkCount("spec.artifacts", spec.artifacts());
        boolean templates = hasText(spec.pathPattern());
        Set<String> names = new HashSet<>();
        for (OutputArtifact artifact : spec.artifacts()) {
            String name = artifact.name();
            require(names.add(name), "duplicate artifact name \"%s\" found".formatted(name));
            require(
                    templates || KubernetesNames.isSubdomain(name),
                    "artifact name \"%s\" is not a valid object name".formatted(name));
            checkRevision(artifact);
            require(!artifact.copy().isEmpty(), "artifact \"%s\" has no copy operations".formatted(name));
            checkCount("artifact \"%s\": copy".formatted(name), artifact.copy());
            for (CopyOperation operation : artifact.copy()) {
                checkOperation(name, operation);
            }
        }
    }

    private void checkRevision(OutputArtifact artifact) throws OfflineException {
        String revision = artifact.revision();
        if (revision != null && !revision.isEmpty()) {
            require(
                    revision.startsWith("@") && aliases.contains(revision.substring(1)),
                    "artifact \"%s\": revision source alias \"%s\" not found".formatted(artifact.name(), revision));
        }
    }

    private static void checkOperation(String artifact, CopyOperation operation) throws OfflineException {
        require(
                operation.from().length() <= MAX_PATH && operation.to().length() <= MAX_PATH,
                "artifact \"%s\": from and to may have %d characters at most".formatted(artifact, MAX_PATH));
        require(
                operation.exclude().size() <= MAX_EXCLUDES,
                "artifact \"%s\": a copy operation may have %d excludes at most".formatted(artifact, MAX_EXCLUDES));
        String strategy = operation.strategy();
        require(
                strategy == null || STRATEGIES.contains(strategy),
                "artifact \"%s\": strategy \"%s\" is unknown, use one of Overwrite, Merge and Extract"
                        .formatted(artifact, strategy));
    }

    private static void checkCount(String field, List<?> items) throws OfflineException {
        require(!items.isEmpty(), "%s is required".formatted(field));
        require(
                items.size() <= MAX_ITEMS,
                "%s has %d items, at most %d are allowed".formatted(field, items.size(), MAX_ITEMS));
    }

    private static boolean hasText(@Nullable String text) {
        return text != null && !text.isEmpty();
    }

    private static void require(boolean good, String problem) throws OfflineException {
        if (!good) {
            throw new OfflineException(problem);
        }
    }
}
