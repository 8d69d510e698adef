package dev.sluice.reconciler.console;

import dev.sluice.artifact.spool.SpoolFile;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.artifact.tree.UnsafePathException;
import dev.sluice.reconciler.budget.BudgetLimits;
import dev.sluice.reconciler.budget.ProcessBudget;
import dev.sluice.reconciler.budget.RunBudget;
import dev.sluice.reconciler.console.DiffPage.Changes;
import dev.sluice.reconciler.console.FilesPage.Line;
import dev.sluice.reconciler.difference.PathChange;
import dev.sluice.reconciler.difference.TextDiff;
import dev.sluice.reconciler.publish.ArchiveIndex;
import dev.sluice.reconciler.text.EscapedText;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Makes the pages about the contents of stored archives. Each reads the archive once or twice and keeps nothing. */
final class ArchivePages {

    static final int MAX_TEXT_BYTES = 256 * 1024;

    /** Heap for the indexes of all archives that are being read, apart from that of reconciliations. */
    private static final long HEAP_BYTES = 48L << 20;

    private static final long MAX_COUNTED_BYTES = 16L << 20;
    private static final long MAX_DOWNLOAD_BYTES = 64L << 20;
    private static final int MAX_LINES = 2_000;

    /** Browsers lay out a page with many more in seconds. */
    private static final int MAX_TEXT_LINES = 10_000;

    private static final int MAX_CHANGES = 500;
    private static final int MAX_TEXTS = 50;

    private final StoredRevisions stored;
    private final Path scratch;
    private final ProcessBudget budget =
            new ProcessBudget(BudgetLimits.defaults().withHeapBytes(HEAP_BYTES));

    /** @param scratch an existing directory for temporary files */
    ArchivePages(StoredRevisions stored, Path scratch) {
        this.stored = stored;
        this.scratch = scratch;
    }

    /** @param find text that the paths must contain; empty for all */
    FilesPage files(ObjectKey key, String revision, String find, Shell shell) throws IOException {
        try (RunBudget run = budget.open(key)) {
            FileTree tree = ArchiveIndex.read(stored.file(key, revision), Set.of(), new Excerpts(0, run), run);
            List<FileTree.Node> found = tree.nodes().stream()
                    .filter(node -> find.isEmpty() || node.path().toString().contains(find))
                    .toList();
            List<Line> lines = lines(key, revision, found);
            return new FilesPage(
                    shell,
                    Links.artifact(key),
                    key.toString(),
                    revision,
                    find,
                    lines,
                    found.size() - lines.size(),
                    "%d files, %s".formatted(tree.fileCount(), Units.size(tree.totalSize())),
                    Links.download(key, revision));
        }
    }

    private static List<Line> lines(ObjectKey key, String revision, List<FileTree.Node> nodes) {
        PageSpace space = new PageSpace();
        return nodes.stream()
                .limit(MAX_LINES)
                .map(node -> line(key, revision, node))
                .takeWhile(line -> space.fits(line.directory(), line.name(), line.address()))
                .toList();
    }

    private static Line line(ObjectKey key, String revision, FileTree.Node node) {
        String path = node.path().toString();
        String name = node.path().name();
        String directory = path.substring(0, path.length() - name.length());
        if (node.entry() instanceof FileEntry file) {
            return new Line(
                    EscapedText.ofLine(directory),
                    EscapedText.ofLine(name),
                    Links.file(key, revision, path),
                    mode(file),
                    Units.size(file.size()));
        }
        return new Line(EscapedText.ofLine(directory), EscapedText.ofLine(name) + "/", "", "", "");
    }

    private static String mode(FileEntry file) {
        return file.executable() ? "0755" : "0644";
    }

    FilePage file(ObjectKey key, String revision, String path, Shell shell) throws IOException {
        TreePath wanted = requested(path);
        try (RunBudget run = budget.open(key)) {
            FileTree tree = ArchiveIndex.read(
                    stored.file(key, revision), Set.of(wanted), new Excerpts(MAX_TEXT_BYTES, run), run);
            FileEntry file = entry(tree, wanted);
            byte[] beginning = file.blob().openStream().readAllBytes();
            boolean whole = beginning.length == file.size();
            List<String> lines = lines(beginning, whole);
            List<String> shown = lines.subList(0, Math.min(MAX_TEXT_LINES, lines.size()));
            return new FilePage(
                    shell,
                    Links.artifact(key),
                    key.toString(),
                    Links.files(key, revision),
                    EscapedText.ofLine(path),
                    mode(file),
                    Units.size(file.size()),
                    file.sha256().toString(),
                    Links.provenance(key, path),
                    Links.content(key, revision, path),
                    lines.isEmpty() ? "" : Languages.of(path),
                    note(lines.size(), beginning.length, whole),
                    shown);
        }
    }

    private static String note(int lines, int bytes, boolean whole) {
        if (lines == 0 && bytes > 0) {
            return "This file is not text.";
        }
        if (lines > MAX_TEXT_LINES) {
            return "Only the first 10,000 lines are shown.";
        }
        return whole ? "" : "Only the first %s are shown.".formatted(Units.size(bytes));
    }

    /**
     * The number of files in an archive.
     *
     * @throws IOException if the archive is large
     */
    int count(ObjectKey key, String revision) throws IOException {
        Path archive = stored.file(key, revision);
        if (Files.size(archive) > MAX_COUNTED_BYTES) {
            throw new IOException("too large to be counted");
        }
        try (RunBudget run = budget.open(key)) {
            return ArchiveIndex.read(archive, Set.of(), new Excerpts(0, run), run)
                    .fileCount();
        }
    }

    /** The whole content of a file, which the caller closes. */
    FileContent content(ObjectKey key, String revision, String path) throws IOException, UnexplainedException {
        TreePath wanted = requested(path);
        Path archive = stored.file(key, revision);
        SpoolFile spool = SpoolFile.create(scratch.resolve(UUID.randomUUID() + ".file"));
        boolean complete = false;
        try (RunBudget run = budget.open(key)) {
            spool.unlink();
            FileEntry file = entry(ArchiveIndex.read(archive, Set.of(), new Excerpts(0, run), run), wanted);
            if (file.size() > MAX_DOWNLOAD_BYTES) {
                throw new UnexplainedException(
                        "The file is larger than %s; download the archive.".formatted(Units.size(MAX_DOWNLOAD_BYTES)));
            }
            file = entry(ArchiveIndex.read(archive, Set.of(wanted), spool, run), wanted);
            complete = true;
            return new FileContent(wanted.name(), file.blob(), spool);
        } finally {
            if (!complete) {
                spool.close();
            }
        }
    }

    private static TreePath requested(String path) throws NoSuchFileException {
        try {
            return TreePath.of(path);
        } catch (UnsafePathException e) {
            throw new NoSuchFileException(path);
        }
    }

    private static FileEntry entry(FileTree tree, TreePath path) throws NoSuchFileException {
        if (tree.get(path).orElse(null) instanceof FileEntry file) {
            return file;
        }
        throw new NoSuchFileException(path.toString());
    }

    /** The lines of UTF-8 text; empty if it is not text. The end of an excerpt may be within a character. */
    private static List<String> lines(byte[] content, boolean whole) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate(content.length);
        boolean failed = decoder.decode(ByteBuffer.wrap(content), text, whole).isError();
        String decoded = text.flip().toString();
        return failed || decoded.indexOf('\0') >= 0
                ? List.of()
                : decoded.lines().map(EscapedText::of).toList();
    }

    DiffPage diff(ObjectKey key, String from, String to, Shell shell) throws IOException {
        try (RunBudget run = budget.open(key)) {
            Path before = stored.file(key, from);
            Path after = stored.file(key, to);
            Changes changes =
                    changes(texts -> index(before, texts, run), texts -> index(after, texts, run), new PageSpace());
            return new DiffPage(shell, Links.artifact(key), key.toString(), from, to, changes);
        }
    }

    /** The differences of a tree from the published archive, as far as they fit; empty if there is no archive. */
    Optional<Changes> changes(ExternalArtifact published, FileTree tree, PageSpace space) throws IOException {
        Optional<String> file = StoredRevisions.currentFile(published);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        try (RunBudget run = budget.open(published.key())) {
            Path before = stored.file(published.key(), file.get());
            return Optional.of(changes(texts -> index(before, texts, run), texts -> tree, space));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        }
    }

    /** Reads a tree in which these files can be read. */
    private interface Reading {
        FileTree read(Set<TreePath> texts) throws IOException;
    }

    /** Reads each tree twice: the second time with the contents that are compared. */
    private static Changes changes(Reading before, Reading after, PageSpace space) throws IOException {
        List<PathChange> changes = PathChange.between(before.read(Set.of()), after.read(Set.of()));
        Set<TreePath> texts = texts(changes);
        List<PathChange> shown = texts.isEmpty() ? changes : PathChange.between(before.read(texts), after.read(texts));
        List<DiffPage.Change> lines = lines(shown, texts, space);
        return new Changes(lines, changes.size() - lines.size());
    }

    private static FileTree index(Path archive, Set<TreePath> texts, RunBudget run) throws IOException {
        return ArchiveIndex.read(archive, texts, new Excerpts(TextDiff.MAX_UNTRUSTED_BYTES, run), run);
    }

    private static Set<TreePath> texts(List<PathChange> changes) {
        Set<TreePath> texts = new HashSet<>();
        for (PathChange change : changes) {
            if (texts.size() < MAX_TEXTS && change.kind() == PathChange.Kind.MODIFIED && isSmall(change)) {
                texts.add(change.path());
            }
        }
        return texts;
    }

    private static boolean isSmall(PathChange change) {
        return change.before().orElse(null) instanceof FileEntry before
                && change.after().orElse(null) instanceof FileEntry after
                && Math.max(before.size(), after.size()) <= TextDiff.MAX_UNTRUSTED_BYTES;
    }

    private static List<DiffPage.Change> lines(List<PathChange> changes, Set<TreePath> texts, PageSpace space)
            throws IOException {
        List<DiffPage.Change> lines = new ArrayList<>();
        for (PathChange change : changes.subList(0, Math.min(MAX_CHANGES, changes.size()))) {
            DiffPage.Change line = line(change, texts);
            if (!space.fits(line.path()) || !line.lines().stream().allMatch(text -> space.fits(text.text()))) {
                break;
            }
            lines.add(line);
        }
        return lines;
    }

    private static DiffPage.Change line(PathChange change, Set<TreePath> texts) throws IOException {
        List<String> text = texts.contains(change.path()) ? TextDiff.ofUntrusted(change) : List.of();
        return new DiffPage.Change(
                letter(change),
                EscapedText.of(change.shownPath()),
                note(change, text),
                text.stream().map(DiffPage.Line::of).toList());
    }

    private static String letter(PathChange change) {
        return switch (change.kind()) {
            case ADDED -> "A";
            case REMOVED -> "D";
            case MODIFIED, MODE -> "M";
        };
    }

    private static String note(PathChange change, List<String> text) {
        List<String> notes = new ArrayList<>();
        if (change.modeChanged()) {
            notes.add(change.isExecutable() ? "now executable" : "no longer executable");
        }
        if (change.kind() == PathChange.Kind.MODIFIED && text.isEmpty()) {
            notes.add("not compared by line: not text, or too large");
        }
        return String.join(", ", notes).toLowerCase(Locale.ROOT);
    }
}
