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
import dev.sluice.reconciler.pathpattern.PlannedArtifact;
import dev.sluice.runtime.ErrorText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

    @Option(names = "--name-status", description = "Show the names of changed files only.")
    private boolean nameStatus;

    @Override
    public RenderOptions options() {
        return options;
    }

    @Override
    public int run(Streams streams) throws IOException {
        List<ArtifactDiff> diffs = new ArrayList<>();
        try (Session session = Session.open(streams.progress())) {
            Renderer renderer = session.renderer(options, streams.in(), baselineDirectory());
            List<PlannedArtifact> planned = chosen(renderer.plan());
            Baseline baseline = baseline(planned, session);
            Set<String> gone = gone(baseline);
            for (PlannedArtifact plan : planned) {
                streams.progress().show("comparing " + plan.artifact().name());
                gone.remove(plan.artifact().name());
                diffs.add(compare(
                        renderer.render(
                                plan.artifact(), publishedFiles(plan.artifact().name(), baseline)),
                        baseline));
            }
            for (String name : gone) {
                diffs.add(removed(name, baseline));
            }
            streams.progress().clear();
            new DiffReport(diffs, !nameStatus).print(streams, options.format);
        }
        return exitCode(diffs);
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

    private List<PlannedArtifact> chosen(List<PlannedArtifact> planned) throws OfflineException {
        if (artifact == null) {
            return planned;
        }
        List<PlannedArtifact> chosen = planned.stream()
                .filter(plan -> plan.artifact().name().equals(artifact))
                .toList();
        if (chosen.isEmpty()) {
            throw new OfflineException("the generator has no artifact \"%s\"".formatted(artifact));
        }
        return chosen;
    }

    private Set<Path> baselineDirectory() {
        return isUrl(against) ? Set.of() : Set.of(Path.of(against));
    }

    private Baseline baseline(List<PlannedArtifact> planned, Session session) throws IOException {
        SourceTreeReader reader = new SourceTreeReader(session.spool(), SourceIgnore.none(), Set.of());
        if (!isUrl(against) && Files.isDirectory(Path.of(against))) {
            return new BaselineDirectory(Path.of(against), reader);
        }
        if (planned.size() != 1) {
            throw new OfflineException(
                    "the generator has %d artifacts; choose one with --artifact".formatted(planned.size()));
        }
        String name = planned.get(0).artifact().name();
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

    private Set<String> gone(Baseline baseline) throws IOException {
        Set<String> names = new TreeSet<>(baseline.names());
        if (artifact != null) {
            names.retainAll(Set.of(artifact));
        }
        return names;
    }

    private static ArtifactDiff compare(RenderedArtifact rendered, Baseline baseline) {
        if (rendered.error() != null) {
            return ArtifactDiff.failed(rendered.name(), rendered.error());
        }
        try {
            Optional<FileTree> before = baseline.tree(rendered.name());
            List<PathChange> changes = PathChange.between(before.orElse(FileTree.empty()), rendered.tree());
            ArtifactDiff.Status status = before.isEmpty()
                    ? ArtifactDiff.Status.ADDED
                    : changes.isEmpty() ? ArtifactDiff.Status.UNCHANGED : ArtifactDiff.Status.CHANGED;
            return new ArtifactDiff(rendered.name(), status, changes, null);
        } catch (IOException e) {
            return ArtifactDiff.failed(rendered.name(), "cannot read the baseline: " + ErrorText.describe(e));
        }
    }

    private static ArtifactDiff removed(String name, Baseline baseline) {
        try {
            FileTree before = baseline.tree(name).orElse(FileTree.empty());
            return new ArtifactDiff(
                    name, ArtifactDiff.Status.REMOVED, PathChange.between(before, FileTree.empty()), null);
        } catch (IOException e) {
            return ArtifactDiff.failed(name, "cannot read the baseline: " + ErrorText.describe(e));
        }
    }

    private static int exitCode(List<ArtifactDiff> diffs) {
        if (diffs.stream().anyMatch(diff -> Objects.equals(diff.status(), ArtifactDiff.Status.FAILED))) {
            return ExitCode.ERRORS;
        }
        boolean same = diffs.stream().allMatch(diff -> diff.status() == ArtifactDiff.Status.UNCHANGED);
        return same ? ExitCode.FINE : ExitCode.DIFFERENT;
    }
}
