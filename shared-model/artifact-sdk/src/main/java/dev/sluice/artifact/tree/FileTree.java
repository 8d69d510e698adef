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
 * entries too; the root is not. Trees are equal if they have the same paths with equal entries. Thread-safe. The
 * content of blobs is not part of the tree; its owner determines how long it is available.
 */
public final class FileTree {

    private static final FileTree EMPTY = new FileTree(List.of());

    private final List<Node> nodes;
    private volatile @Nullable Digest contentHash;

    private FileTree(List<Node> nodes) {
        this.nodes = nodes;
    }

    /**
     * An entry with its path.
     *
     * @param path never the root
     * @param entry a directory or a file
     */
    public record Node(TreePath path, TreeEntry entry) {

        /** Whether the entry is a directory. */
        public boolean isDirectory() {
            return entry instanceof DirectoryEntry;
        }

        /** Whether the entry is a file. */
        public boolean isFile() {
            return entry instanceof FileEntry;
        }
    }

    /** Returns the tree without entries. */
    public static FileTree empty() {
        return EMPTY;
    }

    /** Returns a builder for a new tree. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the number of entries, including directories. */
    public int size() {
        return nodes.size();
    }

    /** Whether the tree has no entries. */
    public boolean isEmpty() {
        return nodes.isEmpty();
    }

    /** Returns the entry at {@code path}; empty for the root. Takes logarithmic time. */
    public Optional<TreeEntry> get(TreePath path) {
        int i = lowerBound(path);
        return i < nodes.size() && nodes.get(i).path().equals(path)
                ? Optional.of(nodes.get(i).entry())
                : Optional.empty();
    }

    /** Returns all entries in tree order; unmodifiable. */
    public List<Node> nodes() {
        return nodes;
    }

    /**
     * Returns a view of the entries below {@code directory}, excluding itself, in tree order. Takes logarithmic time.
     */
    public List<Node> below(TreePath directory) {
        List<Node> all = withPrefix(directory);
        boolean hasItself = !all.isEmpty() && all.get(0).path().equals(directory);
        return hasItself ? all.subList(1, all.size()) : all;
    }

    /** Returns a view of the entry at {@code path} and those below it, in tree order. Takes logarithmic time. */
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

    /** Binary search for the first index at which {@code condition} holds; it must hold for all later ones. */
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
     * Returns the entries that {@code keep} accepts. Omits everything below a rejected directory without calling it.
     *
     * @throws java.io.UncheckedIOException if the thread is interrupted, see {@link Interruption#checkUnchecked}
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
     * Returns the SHA-256 over the paths, kinds, executable bits and content digests of all entries. Equal trees have
     * equal hashes. Reads no content. Computed once.
     *
     * @throws java.io.UncheckedIOException if the thread is interrupted, see {@link Interruption#checkUnchecked}
     */
    public Digest contentHash() {
        Digest hash = contentHash;
        if (hash == null) {
            hash = ContentHash.of(nodes);
            contentHash = hash;
        }
        return hash;
    }

    /** Returns the total size of all files in bytes. */
    public long totalSize() {
        long total = 0;
        for (Node node : nodes) {
            total += node.entry() instanceof FileEntry file ? file.size() : 0;
        }
        return total;
    }

    /** Returns the number of files, excluding directories. */
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

    /** Collects entries, in any order, for a tree. Not thread-safe. */
    public static final class Builder {

        private final TreeMap<TreePath, TreeEntry> entries = new TreeMap<>();

        /** Known to exist; speeds up consecutive files of one directory. */
        private TreePath lastDirectory = TreePath.ROOT;

        private long pathLength;

        private Builder() {}

        /**
         * Adds a directory and its missing parents; keeps an existing directory. The root always exists.
         *
         * @throws PathConflictException if there is a file at the path or at that of a parent
         * @throws UnsafePathException if the directory's name ends in {@code ..}, because consumers of archives refuse
         *     it with a trailing slash
         */
        public Builder putDirectory(TreePath path) throws PathConflictException, UnsafePathException {
            addDirectories(path, path);
            return this;
        }

        /**
         * Adds a file and its missing parents; replaces an existing file.
         *
         * @throws PathConflictException if there is a directory at the path, or a file at that of a parent
         * @throws UnsafePathException if a parent's name ends in {@code ..}, see {@link #putDirectory}
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

        /** Checks everything before it adds anything, so that a refused entry leaves no parents behind. */
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
                    throw new UnsafePathException(path + "/", "it contains \"../\"");
                }
                missing.add(path);
            }
            for (TreePath path : missing) {
                entries.put(path, DirectoryEntry.INSTANCE);
                pathLength += path.toString().length();
            }
            lastDirectory = deepest;
        }

        /** Returns the entry added at {@code path}. */
        public Optional<TreeEntry> get(TreePath path) {
            return Optional.ofNullable(entries.get(path));
        }

        /** Returns the number of entries so far, including directories. */
        public int size() {
            return entries.size();
        }

        /**
         * Returns the total length of all paths so far in characters, which, with the number of entries, determines
         * memory use.
         */
        public long pathLength() {
            return pathLength;
        }

        /** Returns a copy of the entries below {@code directory} so far, excluding itself, in tree order. */
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

        /** Builds a tree of the entries so far; the builder can be used further. */
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
