package dev.sluice.reconciler.publish;

import dev.sluice.artifact.concurrent.LruMap;
import dev.sluice.artifact.tree.TreePath;
import java.util.Map;
import java.util.Set;

/**
 * Remembers the artifacts whose merged files this version has written. Equal values in them have equal bytes, so a
 * comparison with such an artifact changes nothing and is skipped. Thread-safe.
 */
final class CurrentMergeFormat {

    private static final int MAX_REMEMBERED = 20_000;

    /**
     * By artifact path (the file name identifies the tree), the hash of the set of merged paths. Evicts the least
     * recently used.
     */
    private final Map<String, Integer> merged = new LruMap<>(MAX_REMEMBERED);

    synchronized void add(String path, Set<TreePath> mergedFiles) {
        merged.put(path, mergedFiles.hashCode());
    }

    synchronized boolean contains(String path, Set<TreePath> mergedFiles) {
        Integer known = merged.get(path);
        return known != null && known == mergedFiles.hashCode();
    }
}
