package dev.sluice.reconciler.offline;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestMismatchException;
import dev.sluice.artifact.digest.InvalidDigestException;
import dev.sluice.artifact.fetch.ArtifactFetcher;
import dev.sluice.artifact.fetch.Deadline;
import dev.sluice.artifact.fetch.FetchOptions;
import dev.sluice.artifact.fetch.RetryPolicy;
import dev.sluice.artifact.ignore.SourceIgnore;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.reconciler.copy.PublishedFiles;
import dev.sluice.reconciler.difference.PathChange;
import dev.sluice.reconciler.namespaces.NamespacePreview;
import dev.sluice.reconciler.namespaces.NamespacePreview.Wanted;
import dev.sluice.reconciler.pathpattern.PlannedArtifact;
import dev.sluice.runtime.ErrorText;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.meta.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the effect of a changed generator or source. */
@Command(
        name = "diff",
        description = {
            "Shows file by file how the rendered artifacts differ from a baseline.",
            "",
            "A added, M modified, D deleted; text files are followed by their changed lines."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0: no difference", "1: differences", "2: an artifact could not be rendered or read"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  diff -f generator.yaml --source repo=. --against out",
            "  diff -f generator.yaml --source repo=. --artifact app \\",
            "       --against http://source-watcher/externalartifact/apps/app/<hash>.tar.gz"
        })
final class DiffCommand implements OfflineCommand {

    private static final Pattern CONTENT_HASH = Pattern.compile("/([0-9a-f]{64})\\.tar\\.gz$");

    /** Short, because a user waits at a terminal. */
    private static final RetryPolicy RETRIES = new RetryPolicy(3, Duration.ofMillis(500), Duration.ofSeconds(2));

    @Mixin
    private RenderOptions options = new RenderOptions();

    @Option(
            names = "--against",
            required = true,
            paramLabel = "BASELINE",
            description = "Baseline: output directory of an earlier build, or one artifact as a .tar.gz file or URL.")
    private String against = "";

    @Option(
            names = "--artifact",
            paramLabel = "NAME",
            description = "Compare this artifact only; required with a .tar.gz or URL if the generator has several.")
    private @Nullable String artifact;

    @Option(
            names = "--digest",
            paramLabel = "DIGEST",
            description = "Expected digest of the .tar.gz or URL, such as sha256:…, as in status.artifact.digest.")
    private @Nullable String digest;

    @Option(
            names = "--namespaces",
            paramLabel = "FILE",
            description = "Namespaces of the cluster, as kubectl get namespaces -o json --show-managed-fields prints"
                    + " them: compare the managed namespaces with these.")
    private @Nullable Path namespaces;

    @Option(names = "--name-status", description = "Show the names of changed files only.")
    private boolean nameStatus;

    @Override
    public RenderOptions options() {
        return options;
    }

    @Override
    public int run(Streams streams) throws IOException {
        List<ArtifactDiff> diffs = new ArrayList<>();
        List<NamespaceDiff> managed;
        try (Session session = Session.open(streams.progress())) {
            Renderer renderer = session.renderer(options, streams.in(), baselineDirectory());
            List<PlannedArtifact> planned = chosen(renderer);
            Baseline baseline = baseline(planned, renderer.generator(), session);
            Set<String> gone = new TreeSet<>(baseline.names());
            for (PlannedArtifact plan : planned) {
                ArtifactId id = ArtifactId.of(renderer.generator(), plan.artifact());
                streams.progress().show("comparing " + id.shown());
                gone.remove(id.file());
                diffs.add(compare(renderer.render(plan, publishedFiles(id.file(), baseline)), baseline));
            }
            String own = renderer.generator().key().namespace();
            for (String file : gone) {
                ArtifactId id = ArtifactId.ofFile(file, own);
                if (artifact == null || id.isMeantBy(artifact)) {
                    diffs.add(removed(id, baseline));
                }
            }
            managed = namespaces(renderer.namespaces(), baseline);
            streams.progress().clear();
            new DiffReport(diffs, managed, !nameStatus).print(streams, options.format);
        }
        return exitCode(diffs, managed);
    }

    /** With one artifact only, the others' namespaces are unknown. */
    private List<NamespaceDiff> namespaces(NamespacePreview preview, Baseline baseline) throws IOException {
        if (artifact != null) {
            return List.of();
        }
        NamespaceComparison comparison = new NamespaceComparison(preview);
        if (namespaces != null) {
            return comparison.withCluster(NamespacesText.ofCluster(namespaces));
        }
        Optional<Map<String, Wanted>> earlier = baseline.namespaces();
        return earlier.isEmpty() ? List.of() : comparison.withEarlier(earlier.get());
    }

    /** The published files of an artifact. Ignores read errors, which the comparison reports. */
    private static PublishedFiles publishedFiles(String name, Baseline baseline) {
        return (built, merged) -> {
            try {
                return baseline.tree(name);
            } catch (IOException unreadable) {
                return Optional.empty();
            }
        };
    }

    private List<PlannedArtifact> chosen(Renderer renderer) throws OfflineException {
        List<PlannedArtifact> planned = renderer.plan();
        if (artifact == null) {
            return planned;
        }
        List<PlannedArtifact> chosen = planned.stream()
                .filter(plan ->
                        ArtifactId.of(renderer.generator(), plan.artifact()).isMeantBy(artifact))
                .toList();
        if (chosen.isEmpty()) {
            throw new OfflineException("the generator has no artifact \"%s\"".formatted(artifact));
        }
        return chosen;
    }

    private Set<Path> baselineDirectory() {
        return isUrl(against) ? Set.of() : Set.of(Path.of(against));
    }

    private Baseline baseline(List<PlannedArtifact> planned, ArtifactGenerator generator, Session session)
            throws IOException {
        SourceTreeReader reader = new SourceTreeReader(session.spool(), SourceIgnore.none(), Set.of());
        if (!isUrl(against) && Files.isDirectory(Path.of(against))) {
            return new BaselineDirectory(Path.of(against), reader);
        }
        if (planned.size() != 1) {
            throw new OfflineException(
                    "the generator has %d artifacts; choose one with --artifact".formatted(planned.size()));
        }
        String name = ArtifactId.of(generator, planned.get(0).artifact()).file();
        try {
            return new BaselineArtifact(name, isUrl(against) ? download(reader) : tarball(reader));
        } catch (IOException e) {
            throw new OfflineException("cannot read \"%s\"".formatted(against), e);
        }
    }

    private FileTree tarball(SourceTreeReader reader) throws IOException {
        Path file = Path.of(against);
        if (digest != null) {
            verify(file, digest);
        }
        return reader.tarball(file);
    }

    private static void verify(Path file, String digest) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            Digest expected = Digest.parseOrBareSha256(digest);
            Digest actual = Digest.ofStream(expected.algorithm(), in);
            if (!actual.equals(expected)) {
                throw new DigestMismatchException("the file", expected, actual);
            }
        } catch (InvalidDigestException e) {
            throw new OfflineException("invalid --digest", e);
        }
    }

    private static boolean isUrl(String text) {
        return text.startsWith("http://") || text.startsWith("https://");
    }

    private FileTree download(SourceTreeReader reader) throws IOException {
        Path file = Files.createTempFile("sluice", ".tar.gz");
        try {
            ArtifactFetcher fetcher = new ArtifactFetcher(
                    FetchOptions.fromEnvironment(System.getenv()).withRetry(RETRIES));
            if (digest == null) {
                fetcher.fetchUnverified(against, file, Deadline.never());
            } else {
                fetcher.fetch(against, digest, file);
            }
            return verified(reader.tarball(file));
        } finally {
            Files.deleteIfExists(file);
        }
    }

    /** Verifies a file whose name is the hash of its content. */
    private FileTree verified(FileTree tree) throws OfflineException {
        Matcher name = CONTENT_HASH.matcher(against);
        if (name.find() && !name.group(1).equals(tree.contentHash().hex())) {
            throw new OfflineException("its content does not match the hash in its name; the content hash is %s"
                    .formatted(tree.contentHash().hex()));
        }
        return tree;
    }

    private static ArtifactDiff compare(RenderedArtifact rendered, Baseline baseline) {
        ArtifactId id = rendered.id();
        if (rendered.error() != null) {
            return ArtifactDiff.failed(id, rendered.error());
        }
        try {
            Optional<FileTree> before = baseline.tree(id.file());
            List<PathChange> changes = changes(id, baseline, rendered.tree(), rendered.inputs());
            ArtifactDiff.Status status = before.isEmpty()
                    ? ArtifactDiff.Status.ADDED
                    : changes.isEmpty() ? ArtifactDiff.Status.UNCHANGED : ArtifactDiff.Status.CHANGED;
            return new ArtifactDiff(id, status, changes, null);
        } catch (IOException e) {
            return ArtifactDiff.failed(id, "cannot read the baseline: " + ErrorText.describe(e));
        }
    }

    private static ArtifactDiff removed(ArtifactId id, Baseline baseline) {
        try {
            return new ArtifactDiff(
                    id, ArtifactDiff.Status.REMOVED, changes(id, baseline, FileTree.empty(), Map.of()), null);
        } catch (IOException e) {
            return ArtifactDiff.failed(id, "cannot read the baseline: " + ErrorText.describe(e));
        }
    }

    private static List<PathChange> changes(
            ArtifactId id, Baseline baseline, FileTree tree, Map<String, JsonValue> inputs) throws IOException {
        FileTree before = baseline.tree(id.file()).orElse(FileTree.empty());
        List<PathChange> changes = new ArrayList<>(PathChange.between(before, tree));
        Optional<Map<String, JsonValue>> inputsBefore = baseline.inputs(id.file());
        if (inputsBefore.isPresent()) {
            changes.addAll(InputsText.changes(inputsBefore.get(), inputs));
        }
        return changes;
    }

    private static int exitCode(List<ArtifactDiff> diffs, List<NamespaceDiff> namespaces) {
        if (diffs.stream().anyMatch(diff -> Objects.equals(diff.status(), ArtifactDiff.Status.FAILED))
                || namespaces.stream().anyMatch(diff -> diff.verdict() == NamespacePreview.Verdict.FAILED)) {
            return ExitCode.ERRORS;
        }
        boolean same = diffs.stream().allMatch(diff -> diff.status() == ArtifactDiff.Status.UNCHANGED)
                && namespaces.stream().allMatch(NamespaceDiff::isQuiet);
        return same ? ExitCode.FINE : ExitCode.DIFFERENT;
    }
}
