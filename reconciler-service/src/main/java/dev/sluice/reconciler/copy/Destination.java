package dev.sluice.reconciler.copy;

import dev.sluice.artifact.tree.TreePath;
import dev.sluice.artifact.tree.UnsafePathException;
import dev.sluice.reconciler.glob.LexicalPath;
import java.util.ArrayList;
import java.util.List;

/** The {@code to} of a copy operation, {@code @artifact/<path>}. */
record Destination(String text, TreePath path) {

    private static final String PREFIX = "@artifact/";

    static Destination parse(String to) throws CopyException {
        if (!to.startsWith(PREFIX)) {
            throw new CopyException("to must start with \"@artifact/\"; the root of the artifact is \"@artifact/\"");
        }
        String path = to.substring(PREFIX.length());
        String cleaned = LexicalPath.clean(path);
        if (LexicalPath.climbsOut(cleaned)) {
            throw new CopyException("\"%s\" leaves the artifact; use a path below \"@artifact/\"".formatted(path));
        }
        try {
            return new Destination(path, cleaned.equals(".") ? TreePath.ROOT : TreePath.of(cleaned));
        } catch (UnsafePathException e) {
            throw new CopyException("consumers would reject the path \"%s\"".formatted(path), e);
        }
    }

    boolean endsInSlash() {
        return text.isEmpty() || text.endsWith("/");
    }

    /** The path of a file with exactly this name. */
    TreePath asFile() throws CopyException {
        if (text.endsWith("/.")) {
            throw new CopyException("\"%s\" is not a valid file name; append a slash for a directory".formatted(text));
        }
        return path;
    }

    /**
     * The directories before each {@code ..}. They must exist, because the reference copies a single file as a shell
     * would, which resolves each of them.
     */
    List<TreePath> traversedDirectories() throws UnsafePathException {
        List<TreePath> directories = new ArrayList<>();
        String[] components = text.split("/", -1);
        for (int i = 1; i < components.length; i++) {
            String before =
                    LexicalPath.clean(String.join("/", List.of(components).subList(0, i)));
            if (components[i].equals("..") && !before.equals(".")) {
                directories.add(TreePath.of(before));
            }
        }
        return directories;
    }

    TreePath resolve(String relative) throws UnsafePathException {
        return path.resolve(relative);
    }
}
