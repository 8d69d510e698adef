package dev.sluice.reconciler.publish;

import dev.sluice.artifact.tree.TreePath;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The trees whose merged files have the bytes that this version writes: equal values there are equal bytes, so nothing
 * can be kept of them. Looking at such an artifact would give the same answer; this only saves the time. Thread-safe.
 */
final class CurrentMergeFormat {

    private static final int MAX_REMEMBERED = 20_000;

    /** By path, whose file name stands for the tree: a hash of where its merged files are. Least recently used first out. */
    private final Map<String, Integer> merged = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    synchronized void add(String path, Set<TreePath> mergedFiles) {
        merged.put(path, mergedFiles.hashCode());
    }

    synchronized boolean contains(String path, Set<TreePath> mergedFiles) {
        Integer known = merged.get(path);
        return known != null && known == mergedFiles.hashCode();
    }
}
