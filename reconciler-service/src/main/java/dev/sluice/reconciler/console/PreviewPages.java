package dev.sluice.reconciler.console;

import dev.sluice.artifact.tree.FileTree;
import dev.sluice.controller.request.ApiRequestException;
import dev.sluice.reconciler.budget.BudgetWaitException;
import dev.sluice.reconciler.budget.LimitExceededException;
import dev.sluice.reconciler.budget.RunBudget;
import dev.sluice.reconciler.budget.YamlBudget;
import dev.sluice.reconciler.cluster.GeneratorInformers;
import dev.sluice.reconciler.cluster.Ownership;
import dev.sluice.reconciler.console.DiffPage.Changes;
import dev.sluice.reconciler.console.PreviewPage.Built;
import dev.sluice.reconciler.copy.ArtifactBuilder;
import dev.sluice.reconciler.copy.PublishedFiles;
import dev.sluice.reconciler.inputs.InputsException;
import dev.sluice.reconciler.inputs.InputsFile;
import dev.sluice.reconciler.namespaces.NamespaceFiles;
import dev.sluice.reconciler.namespaces.NamespacePreview;
import dev.sluice.reconciler.offline.GeneratorFile;
import dev.sluice.reconciler.pathpattern.PlannedArtifact;
import dev.sluice.reconciler.spec.ArtifactPlanner;
import dev.sluice.reconciler.spec.TerminalException;
import dev.sluice.reconciler.text.EscapedText;
import dev.sluice.runtime.ErrorText;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.ArtifactInventoryEntry;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes the preview of an edited generator: validates and builds it as a reconciliation would, from the current sources
 * and within its budget, and compares the result with what is published. Writes nothing.
 */
final class PreviewPages {

    private static final int MAX_MANIFEST = 256 * 1024;

    private static final int MAX_ARTIFACTS = 50;
    private static final int MAX_FILES = 200;
    private static final int MAX_NAMES = 200;

    private final GeneratorInformers informers;
    private final CurrentSources.Opener sources;
    private final ArchivePages archives;
    private final PreviewChecks checks;
    private final VisibleNamespaces namespaces;

    PreviewPages(
            GeneratorInformers informers,
            CurrentSources.Opener sources,
            ArchivePages archives,
            PreviewChecks checks,
            VisibleNamespaces namespaces) {
        this.informers = informers;
        this.sources = sources;
        this.archives = archives;
        this.checks = checks;
        this.namespaces = namespaces;
    }

    Optional<ArtifactGenerator> find(ObjectKey key) {
        return namespaces.includes(key.namespace())
                ? Optional.ofNullable(informers.generators().getIndexer().getByKey(key.toString()))
                : Optional.empty();
    }

    /** The page with the current manifest, before anything is built. */
    PreviewPage form(ArtifactGenerator generator, Shell shell) {
        return page(generator, shell, GeneratorPages.manifest(generator), "", Result.NONE);
    }

    /** The page with the result of an edited manifest. */
    PreviewPage of(ArtifactGenerator generator, String manifest, Shell shell) throws IOException, InterruptedException {
        if (manifest.length() > MAX_MANIFEST) {
            return page(generator, shell, manifest, "The manifest is longer than 256 KiB.", Result.NONE);
        }
        try {
            ArtifactGenerator edited = edited(generator, manifest);
            return page(generator, shell, manifest, "", build(generator, edited));
        } catch (UnexplainedException | TerminalException | ApiRequestException e) {
            return page(generator, shell, manifest, EscapedText.of(String.valueOf(e.getMessage())), Result.NONE);
        }
    }

    private static PreviewPage page(
            ArtifactGenerator generator, Shell shell, String manifest, String error, Result result) {
        return new PreviewPage(
                shell,
                Links.generator(generator.key()),
                Links.preview(generator.key()),
                generator.key().toString(),
                manifest,
                error,
                result.note,
                result.artifacts,
                result.gone,
                result.namespaces);
    }

    /** What would be published. */
    private record Result(String note, List<Built> artifacts, List<String> gone, List<String> namespaces) {

        static final Result NONE = new Result("", List.of(), List.of(), List.of());
    }

    /** The edited spec, with the metadata of the generator. */
    private ArtifactGenerator edited(ArtifactGenerator generator, String manifest)
            throws UnexplainedException, TerminalException, IOException {
        try (RunBudget run = sources.budget().open(generator.key(), Duration.ZERO);
                YamlBudget allowance = new YamlBudget(run, "the manifest")) {
            byte[] content = manifest.getBytes(StandardCharsets.UTF_8);
            ArtifactGenerator edited = GeneratorFile.parse(content, allowance).withMetadata(generator.metadata());
            checks.validate(edited);
            return edited;
        } catch (InterruptedIOException | BudgetWaitException | LimitExceededException e) {
            throw e;
        } catch (IOException e) {
            throw new UnexplainedException(ErrorText.describe(e));
        }
    }

    private Result build(ArtifactGenerator published, ArtifactGenerator edited)
            throws IOException, InterruptedException, UnexplainedException, TerminalException {
        try (CurrentSources opened = sources.open(edited)) {
            List<PlannedArtifact> plan = new ArtifactPlanner().plan(edited, opened.trees(), opened.run());
            NamespacePreview managed = NamespacePreview.of(edited, new NamespaceFiles(opened.trees(), opened.run()));
            List<PlannedArtifact> shown = plan.subList(0, Math.min(MAX_ARTIFACTS, plan.size()));
            Map<ObjectKey, String> denials = checks.denials(edited, keys(edited, shown));
            ArtifactBuilder builder = opened.builder();
            PageSpace space = new PageSpace();
            List<Built> artifacts = new ArrayList<>();
            for (PlannedArtifact planned : shown) {
                artifacts.add(built(edited, planned, new Building(builder, opened, managed, denials, space)));
            }
            return new Result(
                    note(plan.size()),
                    artifacts,
                    gone(published, edited, Set.copyOf(keys(edited, plan))),
                    lines(edited, managed, space));
        }
    }

    private static List<ObjectKey> keys(ArtifactGenerator edited, List<PlannedArtifact> plan) {
        return plan.stream()
                .map(planned -> edited.artifactKey(planned.artifact()))
                .toList();
    }

    private static String note(int planned) {
        return planned <= MAX_ARTIFACTS
                ? "%d artifact%s would be published. Nothing was written.".formatted(planned, planned == 1 ? "" : "s")
                : "%d artifacts would be published; the first %d are shown. Nothing was written."
                        .formatted(planned, MAX_ARTIFACTS);
    }

    /** What the builds of all artifacts share. */
    private record Building(
            ArtifactBuilder builder,
            CurrentSources opened,
            NamespacePreview managed,
            Map<ObjectKey, String> denials,
            PageSpace space) {}

    private Built built(ArtifactGenerator edited, PlannedArtifact planned, Building shared) throws IOException {
        ObjectKey key = edited.artifactKey(planned.artifact());
        CurrentSources opened = shared.opened;
        ArtifactBuilder builder = shared.builder;
        String denial = shared.denials.get(key);
        if (denial != null) {
            return failed(key, denial);
        }
        try {
            FileTree tree = builder.buildPublishable(planned.artifact(), opened.trees(), PublishedFiles.NONE);
            InputsFile.read(planned.artifact(), opened.trees(), builder::lastBuilt, opened.run());
            shared.managed.add(planned, builder::lastBuilt);
            Optional<String> objection = checks.objection(edited, key);
            return objection.isPresent() ? failed(key, objection.get()) : compared(edited, key, tree, shared.space);
        } catch (InputsException e) {
            return failed(key, PreviewChecks.failure(edited, key, "inputs", ErrorText.describe(e)));
        } catch (BudgetWaitException | InterruptedIOException e) {
            throw e;
        } catch (ApiRequestException e) {
            return failed(key, PreviewChecks.failure(edited, key, "reconcile", ErrorText.describe(e)));
        } catch (IOException e) {
            return failed(key, PreviewChecks.failure(edited, key, "build", ErrorText.describe(e)));
        }
    }

    private static Built failed(ObjectKey key, String error) {
        return new Built(
                EscapedText.of(key.toString()),
                "fails",
                State.FAILING.key(),
                "",
                EscapedText.of(error),
                List.of(),
                0,
                List.of(),
                0);
    }

    private Built compared(ArtifactGenerator edited, ObjectKey key, FileTree tree, PageSpace space) throws IOException {
        Optional<ExternalArtifact> object = Optional.ofNullable(
                        informers.externalArtifacts().getIndexer().getByKey(key.toString()))
                .filter(found -> namespaces.includes(key.namespace()) && Ownership.isOwn(edited, found));
        Optional<Changes> changes = object.isEmpty() ? Optional.empty() : archives.changes(object.get(), tree, space);
        List<String> files = files(tree, space);
        String status = changes.isEmpty() ? "new" : changes.get().isEmpty() ? "unchanged" : "changed";
        return new Built(
                EscapedText.of(key.toString()),
                status,
                status.equals("unchanged") ? State.READY.key() : State.WAITING.key(),
                "%d files, %s".formatted(tree.fileCount(), Units.size(tree.totalSize())),
                "",
                files,
                tree.fileCount() - files.size(),
                changes.map(Changes::shown).orElse(List.of()),
                changes.map(Changes::more).orElse(0));
    }

    private static List<String> files(FileTree tree, PageSpace space) {
        return tree.nodes().stream()
                .filter(FileTree.Node::isFile)
                .map(node -> EscapedText.of(node.path().toString()))
                .limit(MAX_FILES)
                .takeWhile(space::fits)
                .toList();
    }

    /** Permissions are checked for the first artifacts only. */
    private List<String> gone(ArtifactGenerator published, ArtifactGenerator edited, Set<ObjectKey> wanted)
            throws IOException {
        List<String> gone = new ArrayList<>();
        for (ArtifactInventoryEntry entry : published.publishedArtifacts()) {
            Optional<ObjectKey> key = entry.artifactKey().filter(obsolete -> !wanted.contains(obsolete));
            if (key.isPresent() && gone.size() < MAX_NAMES) {
                Optional<String> objection =
                        gone.size() < MAX_ARTIFACTS ? checks.deletionObjection(edited, key.get()) : Optional.empty();
                gone.add(EscapedText.of(
                        key.get() + objection.map(" (fails: %s)"::formatted).orElse("")));
            }
        }
        return gone;
    }

    private List<String> lines(ArtifactGenerator edited, NamespacePreview managed, PageSpace space) throws IOException {
        List<String> lines = new ArrayList<>();
        for (NamespacePreview.Wanted namespace : managed.wanted()) {
            String error = namespace.error();
            if (error == null) {
                error = checks.namespaceObjection(edited, namespace.name(), managed.prunes())
                        .orElse(null);
            }
            String line = EscapedText.of(
                    error != null
                            ? "%s: %s".formatted(namespace.name(), error)
                            : "%s: %s, labels %s, annotations %s"
                                    .formatted(
                                            namespace.name(),
                                            verdict(managed, namespace),
                                            namespace.labels(),
                                            namespace.annotations()));
            if (!space.fits(line)) {
                lines.add("%d more".formatted(managed.wanted().size() - lines.size()));
                break;
            }
            lines.add(line);
        }
        return lines;
    }

    /** What would happen to the namespace. */
    private String verdict(NamespacePreview managed, NamespacePreview.Wanted namespace) {
        Optional<V1ObjectMeta> current = informers
                .namespaces()
                .flatMap(informer -> Optional.ofNullable(informer.getIndexer().getByKey(namespace.name())))
                .map(V1Namespace::getMetadata);
        NamespacePreview.Verdict verdict = managed.verdict(namespace, current);
        return verdict == NamespacePreview.Verdict.REFUSED
                ? "refused, because another ArtifactGenerator manages it"
                : verdict.name().toLowerCase(Locale.ROOT);
    }
}
