package dev.sluice.artifact.tree;

import dev.sluice.artifact.concurrent.Interruption;
import dev.sluice.artifact.digest.Digest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * An immutable tree of directories and files, sorted in the order of {@link TreePath}. The parents of every entry are
 * entries too; the root is not. Equal trees have the same paths with equal entries. Thread-safe; the content that blobs
 * stand for is not part of the tree and lives as long as its owner keeps it.
 */
public final class FileTree {

    private static final FileTree EMPTY = new FileTree(List.of());

    private final List<Node> nodes;
    private volatile @Nullable Digest contentHash;

    private FileTree(List<Node> nodes) {
        this.nodes = nodes;
    }

    /**
     * A path and what stands there.
     *
     * @param path never the root
     * @param entry a directory or a file
     */
    public record Node(TreePath path, TreeEntry entry) {

        /** Whether a directory stands at the path. */
        public boolean isDirectory() {
            return entry instanceof DirectoryEntry;
        }

        /** Whether a file stands at the path. */
        public boolean isFile() {
            return entry instanceof FileEntry;
        }
    }

    /** The tree without entries. */
    public static FileTree empty() {
        return EMPTY;
    }

    /** A builder of a new tree. */
    public static Builder builder() {
        return new Builder();
    }

    /** Number of entries, directories included. */
    public int size() {
        return nodes.size();
    }

    /** Whether there is no entry. */
    public boolean isEmpty() {
        return nodes.isEmpty();
    }

    /** What stands at {@code path}; nothing for the root. Takes logarithmic time. */
    public Optional<TreeEntry> get(TreePath path) {
        int i = lowerBound(path);
        return i < nodes.size() && nodes.get(i).path().equals(path)
                ? Optional.of(nodes.get(i).entry())
                : Optional.empty();
    }

    /** All entries in tree order; cannot be changed. */
    public List<Node> nodes() {
        return nodes;
    }

    /** What is below {@code directory}, without itself, in tree order: a view, found in logarithmic time. */
    public List<Node> below(TreePath directory) {
        List<Node> all = withPrefix(directory);
        boolean hasItself = !all.isEmpty() && all.get(0).path().equals(directory);
        return hasItself ? all.subList(1, all.size()) : all;
    }

    /** {@code path}, if it is there, and what is below it, in tree order: a view, found in logarithmic time. */
    public List<Node> withPrefix(TreePath path) {
        if (path.isRoot()) {
            return nodes;
        }
        int from = lowerBound(path);
        return nodes.subList(from, endOfPrefix(path, from));
    }

    private int lowerBound(TreePath path) {
        return firstIndex(0, node -> node.path().compareTo(path) >= 0);
    }

    private int endOfPrefix(TreePath path, int from) {
        return firstIndex(from, node -> !node.path().startsWith(path));
    }

    /** The first index at which {@code condition} holds, given that it holds for all later ones too. */
    private int firstIndex(int from, Predicate<Node> condition) {
        int low = from;
        int high = nodes.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (condition.test(nodes.get(middle))) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /**
     * The entries that {@code keep} accepts; what is below a directory that it refuses goes too, without being asked.
     *
     * @throws java.io.UncheckedIOException if the thread is interrupted, as {@link Interruption#checkUnchecked}
     */
    public FileTree filter(Predicate<Node> keep) {
        List<Node> kept = new ArrayList<>();
        @Nullable TreePath dropped = null;
        for (Node node : nodes) {
            Interruption.checkUnchecked();
            if (dropped != null && node.path().startsWith(dropped)) {
                continue;
            }
            if (keep.test(node)) {
                kept.add(node);
            } else {
                dropped = node.path();
            }
        }
        return kept.size() == nodes.size() ? this : new FileTree(List.copyOf(kept));
    }

    /**
     * SHA-256 over the paths, kinds, executable bits and content digests of all entries: equal for equal trees and, as
     * far as SHA-256 goes, different for different ones. Reads no content. Computed once.
     *
     * @throws java.io.UncheckedIOException if the thread is interrupted, as {@link Interruption#checkUnchecked}
     */
    public Digest contentHash() {
        Digest hash = contentHash;
        if (hash == null) {
            hash = ContentHash.of(nodes);
            contentHash = hash;
        }
        return hash;
    }

    /** Sum of the sizes of all files, in bytes. */
    public long totalSize() {
        long total = 0;
        for (Node node : nodes) {
            total += node.entry() instanceof FileEntry file ? file.size() : 0;
        }
        return total;
    }

    /** Number of files, directories not counted. */
    public int fileCount() {
        return (int) nodes.stream().filter(Node::isFile).count();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof FileTree other && nodes.equals(other.nodes);
    }

    @Override
    public int hashCode() {
        return nodes.hashCode();
    }

    @Override
    public String toString() {
        return "FileTree of " + size() + " entries";
    }

    /** Collects entries, in any order, for one tree. Not thread-safe. */
    public static final class Builder {

        private final TreeMap<TreePath, TreeEntry> entries = new TreeMap<>();

        /** Known to be there: files mostly come directory by directory. */
        private TreePath lastDirectory = TreePath.ROOT;

        private long pathLength;

        private Builder() {}

        /**
         * Adds a directory and its parents; what is there already stays. The root is always there.
         *
         * @throws PathConflictException if a file stands at the path or where a parent must be
         * @throws UnsafePathException if the directory's name ends in {@code ..}: written with its slash, consumers of
         *     archives refuse it
         */
        public Builder putDirectory(TreePath path) throws PathConflictException, UnsafePathException {
            addDirectories(path, path);
            return this;
        }

        /**
         * Adds a file and its parents, in place of the file that stands there.
         *
         * @throws PathConflictException if a directory stands at the path, or a file where a parent must be
         * @throws UnsafePathException if a parent's name ends in {@code ..}, as at {@link #putDirectory}
         * @throws IllegalArgumentException if the path is the root
         */
        public Builder putFile(TreePath path, FileEntry file) throws PathConflictException, UnsafePathException {
            if (path.isRoot()) {
                throw new IllegalArgumentException("the root of a tree cannot be a file");
            }
            addDirectories(path.parent(), path);
            @Nullable TreeEntry before = entries.put(path, file);
            if (before instanceof DirectoryEntry) {
                entries.put(path, before);
                throw PathConflictException.fileOverDirectory(path);
            }
            pathLength += before == null ? path.toString().length() : 0;
            return this;
        }

        /** Nothing is added before all was looked at, so that a refused entry leaves no parents behind. */
        private void addDirectories(TreePath deepest, TreePath wanted)
                throws PathConflictException, UnsafePathException {
            if (deepest.equals(lastDirectory)) {
                return;
            }
            List<TreePath> missing = new ArrayList<>();
            for (TreePath path = deepest; !path.isRoot(); path = path.parent()) {
                @Nullable TreeEntry entry = entries.get(path);
                if (entry instanceof FileEntry) {
                    throw PathConflictException.directoryOverFile(wanted, path);
                }
                if (entry != null) {
                    break;
                }
                if (path.name().endsWith("..")) {
                    throw new UnsafePathException(path + "/", "it has \"../\"");
                }
                missing.add(path);
            }
            for (TreePath path : missing) {
                entries.put(path, DirectoryEntry.INSTANCE);
                pathLength += path.toString().length();
            }
            lastDirectory = deepest;
        }

        /** What stands at {@code path} so far. */
        public Optional<TreeEntry> get(TreePath path) {
            return Optional.ofNullable(entries.get(path));
        }

        /** Number of entries so far, directories included. */
        public int size() {
            return entries.size();
        }

        /** Characters of the paths of all entries so far, added up: what decides their memory besides their number. */
        public long pathLength() {
            return pathLength;
        }

        /** What is below {@code directory} so far, without itself, in tree order: a copy. */
        public List<Node> below(TreePath directory) {
            List<Node> below = new ArrayList<>();
            for (Map.Entry<TreePath, TreeEntry> entry : after(directory).entrySet()) {
                if (!entry.getKey().startsWith(directory)) {
                    break;
                }
                below.add(new Node(entry.getKey(), entry.getValue()));
            }
            return below;
        }

        private SortedMap<TreePath, TreeEntry> after(TreePath path) {
            return entries.tailMap(path, false);
        }

        /** The tree of the entries so far; the builder may go on and build others. */
        public FileTree build() {
            if (entries.isEmpty()) {
                return EMPTY;
            }
            List<Node> nodes = new ArrayList<>(entries.size());
            entries.forEach((path, entry) -> nodes.add(new Node(path, entry)));
            return new FileTree(List.copyOf(nodes));
        }
    }
}
