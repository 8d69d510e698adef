package dev.sluice.reconciler.glob;

import dev.sluice.artifact.concurrent.Interruption;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import dev.sluice.artifact.tree.UnsafePathException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Matches whole paths with {@code **} and braces; visits only entries below the pattern's literal part. A trailing
 * slash selects directories only; {@code a/**} selects {@code a}, if it is a directory, and everything below it.
 */
public final class DoublestarGlob implements TreeGlob {

    private static final String EVERYTHING_BELOW = "/**";

    private final TreePath literalDirectory;
    private final DoublestarPattern pattern;
    private final Optional<DoublestarPattern> directoryItself;
    private final boolean directoriesOnly;
    private final Comparator<FileTree.Node> order;

    private DoublestarGlob(String pattern, boolean directoriesOnly)
            throws InvalidPatternException, UnsafePathException {
        boolean everythingBelow = pattern.endsWith(EVERYTHING_BELOW);
        String directory = pattern.substring(0, pattern.length() - (everythingBelow ? EVERYTHING_BELOW.length() : 0));
        StateMemory memory = new StateMemory();
        this.pattern = DoublestarPattern.parseGlob(everythingBelow ? pattern + "/*" : pattern, memory);
        this.directoryItself =
                everythingBelow ? Optional.of(DoublestarPattern.parseGlob(directory, memory)) : Optional.empty();
        this.literalDirectory = literalDirectory(pattern);
        this.directoriesOnly = directoriesOnly;
        this.order = order(pattern);
    }

    /** Parses a glob; one that no path in a tree can match selects nothing. */
    public static TreeGlob parse(String pattern) throws InvalidPatternException {
        // a leading ./ is the root before a component with a wildcard, and matches nothing before a literal one, as in
        // the library
        String trimmed = pattern.replaceAll("/+$", "").replaceFirst("^\\./(?=[^/]*[*?\\[{\\\\])", "");
        try {
            return new DoublestarGlob(trimmed, pattern.endsWith("/"));
        } catch (UnsafePathException noPathBeginsLikeThis) {
            return source -> List.of();
        }
    }

    private static TreePath literalDirectory(String pattern) throws UnsafePathException {
        int special = 0;
        while (special < pattern.length() && "*?[{\\".indexOf(pattern.charAt(special)) < 0) {
            special++;
        }
        int slash = pattern.lastIndexOf('/', special);
        return slash < 0 ? TreePath.ROOT : TreePath.of(pattern.substring(0, slash));
    }

    @Override
    public List<FileTree.Node> select(FileTree source) throws InterruptedIOException {
        List<FileTree.Node> matches = new ArrayList<>();
        for (FileTree.Node node : source.withPrefix(literalDirectory)) {
            if (matches(node)) {
                matches.add(node);
            }
        }
        matches.sort(order);
        return matches;
    }

    /** The order of the doublestar library. It matters for tarballs with the same file, where the last one wins. */
    private static Comparator<FileTree.Node> order(String pattern) {
        Comparator<FileTree.Node> order = uninterruptibleOrder(pattern);
        return (a, b) -> {
            Interruption.checkUnchecked();
            return order.compare(a, b);
        };
    }

    private static Comparator<FileTree.Node> uninterruptibleOrder(String pattern) {
        String last = LexicalPath.baseName(pattern);
        if (last.equals("**")) {
            return Comparator.comparing(FileTree.Node::path);
        }
        return last.indexOf('}') >= 0
                ? Comparator.comparing(node -> Utf8Text.bytesOf(node.path().toString()))
                : Comparator.<FileTree.Node, TreePath>comparing(
                                node -> node.path().parent())
                        .thenComparing(FileTree.Node::path);
    }

    private boolean matches(FileTree.Node node) throws InterruptedIOException {
        String path = node.path().toString();
        if (node.isDirectory()) {
            return pattern.matches(path)
                    || (directoryItself.isPresent() && directoryItself.get().matches(path));
        }
        return !directoriesOnly && pattern.matches(path);
    }
}
