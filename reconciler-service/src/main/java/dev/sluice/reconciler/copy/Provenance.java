package dev.sluice.reconciler.copy;

import dev.sluice.artifact.tree.TreePath;
import dev.sluice.toolkit.extensions.CopyOperation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the files of an artifact come from, and why other files are missing from it.
 *
 * @param operations the artifact's copy operations
 * @param nothing why optional operations select nothing, by index
 * @param files the published files, in tree order
 * @param ignored files that were built, but that the default ignore rules exclude, in tree order
 * @param leftOut what the operations select but do not copy, in their order
 */
public record Provenance(
        List<CopyOperation> operations,
        Map<Integer, String> nothing,
        List<Origin> files,
        List<Ignored> ignored,
        List<LeftOut> leftOut) {

    public Provenance {
        operations = List.copyOf(operations);
        nothing = Map.copyOf(nothing);
        files = List.copyOf(files);
        ignored = List.copyOf(ignored);
        leftOut = List.copyOf(leftOut);
    }

    /** How a step writes a file. */
    public enum Action {
        /** Replaces the file. */
        COPIED,
        /** Merges into the file. */
        MERGED,
        /** Replaces the file by one from a tarball. */
        EXTRACTED
    }

    /**
     * A step that wrote a file.
     *
     * @param operation index of the copy operation
     * @param alias alias of the source
     * @param from the path in the source
     * @param member the path in the tarball at {@code from}; null unless extracted
     */
    public record Step(
            int operation,
            Action action,
            String alias,
            TreePath from,
            @Nullable TreePath member) {}

    /** A file of the artifact with the steps that wrote it, in their order. */
    public record Origin(TreePath path, List<Step> steps) {

        public Origin {
            steps = List.copyOf(steps);
        }

        /** The steps whose content is in the file: the last one that replaced it, and those merged into it. */
        public List<Step> current() {
            return steps.subList(lastReplacement(), steps.size());
        }

        /** The steps whose content was replaced. */
        public List<Step> overwritten() {
            return steps.subList(0, lastReplacement());
        }

        private int lastReplacement() {
            int last = steps.size() - 1;
            while (last > 0 && steps.get(last).action() == Action.MERGED) {
                last--;
            }
            return Math.max(last, 0);
        }
    }

    /** A built file that is not published, and the ignore pattern that excludes it. */
    public record Ignored(Origin file, String pattern) {}

    /**
     * A file or directory that an operation selects but does not copy.
     *
     * @param alias alias of the source
     * @param pattern the exclude pattern that matches; null if strategy Extract skips it because it is not a tarball
     */
    public record LeftOut(
            int operation,
            String alias,
            TreePath from,
            boolean isDirectory,
            @Nullable String pattern) {}
}
