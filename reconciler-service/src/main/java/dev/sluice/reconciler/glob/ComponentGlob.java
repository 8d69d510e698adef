package dev.sluice.reconciler.glob;

import dev.sluice.artifact.concurrent.Interruption;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.artifact.tree.UnsafePathException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Matches path components one by one, as Go's {@code fs.Glob} does: no wildcard matches a slash, not even {@code **}.
 * Skips directories that do not match.
 */
public final class ComponentGlob implements TreeGlob {

    private final String literalDirectory;
    private final List<SegmentGlob> components;
    private final boolean fromLiteral;

    private ComponentGlob(String literalDirectory, List<SegmentGlob> components, boolean fromLiteral) {
        this.literalDirectory = literalDirectory;
        this.components = components;
        this.fromLiteral = fromLiteral;
    }

    public static ComponentGlob parse(String pattern) throws InvalidPatternException {
        String[] texts = pattern.split("/", -1);
        List<SegmentGlob> components = new ArrayList<>();
        int literals = 0;
        for (String text : texts) {
            SegmentGlob component = SegmentGlob.parse(text);
            if (components.isEmpty() && literals < texts.length - 1 && !SegmentGlob.hasMeta(text)) {
                literals++;
            } else {
                components.add(component);
            }
        }
        String directory = String.join("/", List.of(texts).subList(0, literals));
        boolean fromHere = directory.equals(".") && SegmentGlob.hasMeta(pattern);
        return new ComponentGlob(fromHere ? "" : directory, List.copyOf(components), literals > 0 && !fromHere);
    }

    @Override
    public List<FileTree.Node> select(FileTree source) throws InterruptedIOException {
        List<FileTree.Node> matches = new ArrayList<>();
        if (!fromLiteral) {
            selectBelow(source, TreePath.ROOT, 0, matches);
            return matches;
        }
        try {
            selectBelow(source, TreePath.of(literalDirectory), 0, matches);
            return matches;
        } catch (UnsafePathException nothingCanHaveThisPath) {
            return matches;
        }
    }

    private void selectBelow(FileTree source, TreePath directory, int depth, List<FileTree.Node> matches)
            throws InterruptedIOException {
        List<FileTree.Node> below = source.below(directory);
        for (int i = 0; i < below.size(); i++) {
            Interruption.check();
            FileTree.Node child = below.get(i);
            if (components.get(depth).matches(child.path().name())) {
                if (depth == components.size() - 1) {
                    matches.add(child);
                } else if (child.isDirectory()) {
                    selectBelow(source, child.path(), depth + 1, matches);
                }
            }
            i += child.isDirectory() ? source.below(child.path()).size() : 0;
        }
    }
}
