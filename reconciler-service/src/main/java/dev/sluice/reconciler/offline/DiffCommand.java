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

/** Shows what a changed generator or source would change. */
@Command(
        name = "diff",
        description = {
            "Shows, file by file, how what a generator renders now differs from what was there before.",
            "",
            "A added, M modified, D removed; lines that differ follow where both versions are text."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0: no difference", "1: differences", "2: something could not be rendered or read"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  diff -f generator.yaml --source repo=. --against out",
            "  diff -f generator.yaml --source repo=. --artifact app \\",
            "       --against http://source-watcher/externalartifact/apps/app/<hash>.tar.gz"
        })
final class DiffCommand implements OfflineCommand {

    private static final Pattern CONTENT_HASH = Pattern.compile("/([0-9a-f]{64})\\.tar\\.gz$");

    /** Someone waits at a terminal. */
    private static final RetryPolicy RETRIES = new RetryPolicy(3, Duration.ofMillis(500), Duration.ofSeconds(2));

    @Mixin
    private RenderOptions options = new RenderOptions();

    @Option(
            names = "--against",
            required = true,
            paramLabel = "FORMER",
            description = "Output directory of an earlier build, or one artifact as .tar.gz file or URL.")
    private String against = "";

    @Option(
            names = "--artifact",
            paramLabel = "NAME",
            description = "Compare this artifact only; needed with a .tar.gz or URL if the generator has several.")
    private @Nullable String artifact;

    @Option(
            names = "--digest",
            paramLabel = "DIGEST",
            description = "What the .tar.gz or URL must have, such as sha256:…, as in status.artifact.digest.")
    private @Nullable String digest;

    @Option(names = "--name-status", description = "Names only, no lines of text.")
    private boolean nameStatus;

    @Override
    public RenderOptions options() {
        return options;
    }

    @Override
    public int run(Streams streams) throws IOException {
        List<ArtifactDiff> diffs = new ArrayList<>();
        try (Session session = Session.open(streams.progress())) {
            Renderer renderer = session.renderer(options, streams.in(), formerDirectory());
            List<PlannedArtifact> planned = chosen(renderer.plan());
            Baseline former = former(planned, session);
            Set<String> gone = gone(former);
            for (PlannedArtifact plan : planned) {
                streams.progress().show("comparing " + plan.artifact().name());
                gone.remove(plan.artifact().name());
                diffs.add(compare(
                        renderer.render(
                                plan.artifact(), formerFiles(plan.artifact().name(), former)),
                        former));
            }
            for (String name : gone) {
                diffs.add(removed(name, former));
            }
            streams.progress().clear();
            new DiffReport(diffs, !nameStatus).print(streams, options.format);
        }
        return exitCode(diffs);
    }

    /** What cannot be read is told where it is compared. */
    private static PublishedFiles formerFiles(String name, Baseline former) {
        return (built, merged) -> {
            try {
                return former.tree(name);
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
            throw new OfflineException("the generator makes no artifact \"%s\"".formatted(artifact));
        }
        return chosen;
    }

    private Set<Path> formerDirectory() {
        return isUrl(against) ? Set.of() : Set.of(Path.of(against));
    }

    private Baseline former(List<PlannedArtifact> planned, Session session) throws IOException {
        SourceTreeReader reader = new SourceTreeReader(session.spool(), SourceIgnore.none(), Set.of());
        if (!isUrl(against) && Files.isDirectory(Path.of(against))) {
            return new BaselineDirectory(Path.of(against), reader);
        }
        if (planned.size() != 1) {
            throw new OfflineException("the generator makes %d artifacts; choose the one to compare with --artifact"
                    .formatted(planned.size()));
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

    /** A file that is named by the hash of its content says itself whether it is whole. */
    private FileTree verified(FileTree tree) throws OfflineException {
        Matcher name = CONTENT_HASH.matcher(against);
        if (name.find() && !name.group(1).equals(tree.contentHash().hex())) {
            throw new OfflineException("its content is not that for which it is named, but %s"
                    .formatted(tree.contentHash().hex()));
        }
        return tree;
    }

    private Set<String> gone(Baseline former) throws IOException {
        Set<String> names = new TreeSet<>(former.names());
        if (artifact != null) {
            names.retainAll(Set.of(artifact));
        }
        return names;
    }

    private static ArtifactDiff compare(RenderedArtifact rendered, Baseline former) {
        if (rendered.error() != null) {
            return ArtifactDiff.failed(rendered.name(), rendered.error());
        }
        try {
            Optional<FileTree> before = former.tree(rendered.name());
            List<PathChange> changes = PathChange.between(before.orElse(FileTree.empty()), rendered.tree());
            ArtifactDiff.Status status = before.isEmpty()
                    ? ArtifactDiff.Status.ADDED
                    : changes.isEmpty() ? ArtifactDiff.Status.UNCHANGED : ArtifactDiff.Status.CHANGED;
            return new ArtifactDiff(rendered.name(), status, changes, null);
        } catch (IOException e) {
            return ArtifactDiff.failed(rendered.name(), "cannot read its former state: " + ErrorText.describe(e));
        }
    }

    private static ArtifactDiff removed(String name, Baseline former) {
        try {
            FileTree before = former.tree(name).orElse(FileTree.empty());
            return new ArtifactDiff(
                    name, ArtifactDiff.Status.REMOVED, PathChange.between(before, FileTree.empty()), null);
        } catch (IOException e) {
            return ArtifactDiff.failed(name, "cannot read its former state: " + ErrorText.describe(e));
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
