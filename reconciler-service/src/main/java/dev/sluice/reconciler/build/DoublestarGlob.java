package dev.sluice.reconciler.build;

import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.artifact.tree.UnsafePathException;
import java.util.List;

/** Matches whole paths with {@code **} and braces; only what is below the pattern's literal part is looked at. */
final class DoublestarGlob implements TreeGlob {

    private final String text;
    private final DoublestarPattern pattern;

    private DoublestarGlob(String text, DoublestarPattern pattern) {
        this.text = text;
        this.pattern = pattern;
    }

    static DoublestarGlob parse(String text) throws InvalidPatternException {
        return new DoublestarGlob(text, DoublestarPattern.parse(text));
    }

    @Override
    public List<FileTree.Node> select(FileTree source) {
        return candidates(source).stream()
                .filter(node -> pattern.matches(node.path().toString()))
                .toList();
    }

    private List<FileTree.Node> candidates(FileTree source) {
        int slash = text.lastIndexOf('/', firstSpecial());
        if (slash < 0) {
            return source.nodes();
        }
        try {
            return source.withPrefix(TreePath.of(text.substring(0, slash)));
        } catch (UnsafePathException nothingCanHaveThisPath) {
            return List.of();
        }
    }

    private int firstSpecial() {
        for (int i = 0; i < text.length(); i++) {
            if ("*?[{\\".indexOf(text.charAt(i)) >= 0) {
                return i;
            }
        }
        return text.length();
    }
}
