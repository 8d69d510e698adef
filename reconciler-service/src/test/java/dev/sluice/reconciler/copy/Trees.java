package dev.sluice.reconciler.copy;

import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.artifact.tree.TreePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Trees as lists of lines: {@code a/} is an empty directory, {@code a/b} a file with its own path as content, {@code
 * a/b=text} a file with that content; a leading {@code *} makes a file executable.
 */
public final class Trees {

    private Trees() {}

    public static FileTree of(String... lines) {
        return of(List.of(lines));
    }

    public static FileTree of(List<String> lines) {
        FileTree.Builder tree = FileTree.builder();
        try {
            for (String line : lines) {
                add(line, tree);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tree.build();
    }

    private static void add(String line, FileTree.Builder tree) throws IOException {
        if (line.endsWith("/")) {
            tree.putDirectory(TreePath.of(line.substring(0, line.length() - 1)));
            return;
        }
        boolean executable = line.startsWith("*");
        String[] parts = line.substring(executable ? 1 : 0).split("=", 2);
        String content = parts.length == 2 ? parts[1] : parts[0];
        tree.putFile(TreePath.of(parts[0]), FileEntry.of(executable, content.getBytes(StandardCharsets.UTF_8)));
    }

    /** The reverse of {@link #of}; lists only empty directories. */
    static List<String> lines(FileTree tree) {
        List<String> lines = new ArrayList<>();
        for (FileTree.Node node : tree.nodes()) {
            if (node.entry() instanceof FileEntry file) {
                lines.add(line(node.path(), file));
            } else if (tree.below(node.path()).isEmpty()) {
                lines.add(node.path() + "/");
            }
        }
        return lines;
    }

    private static String line(TreePath path, FileEntry file) {
        String content = text(file);
        String name = (file.executable() ? "*" : "") + path;
        return content.equals(path.toString()) ? name : name + "=" + content;
    }

    static String text(FileEntry file) {
        try {
            return new String(file.blob().readAll(1 << 20), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
