package dev.sluice.reconciler.offline;

import dev.sluice.reconciler.difference.PathChange;
import dev.sluice.reconciler.namespaces.NamespacePreview.Verdict;
import java.util.List;

/**
 * What would happen to a namespace.
 *
 * @param note what the reader must know before he merges; may be empty
 * @param changes the differences of its labels and annotations
 */
record NamespaceDiff(String name, Verdict verdict, String note, List<PathChange> changes) {

    NamespaceDiff {
        changes = List.copyOf(changes);
    }

    /** Whether nothing would happen. */
    boolean isQuiet() {
        return verdict == Verdict.UNCHANGED || verdict == Verdict.LEFT;
    }
}
