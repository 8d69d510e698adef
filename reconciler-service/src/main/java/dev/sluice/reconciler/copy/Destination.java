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
            throw new CopyException("\"%s\" leaves the artifact; name a path below \"@artifact/\"".formatted(path));
        }
        try {
            return new Destination(path, cleaned.equals(".") ? TreePath.ROOT : TreePath.of(cleaned));
        } catch (UnsafePathException e) {
            throw new CopyException("consumers would refuse the path \"%s\"".formatted(path), e);
        }
    }

    boolean endsInSlash() {
        return text.isEmpty() || text.endsWith("/");
    }

    /** The path for a file of this very name. */
    TreePath asFile() throws CopyException {
        if (text.endsWith("/.")) {
            throw new CopyException(
                    "\"%s\" is no name for a file; end it with a slash for a directory".formatted(text));
        }
        return path;
    }

    /**
     * What stands before each {@code ..}: a single file is put there by way of these directories, as a shell would do, so
     * they must be there.
     */
    List<TreePath> detours() throws UnsafePathException {
        List<TreePath> detours = new ArrayList<>();
        String[] components = text.split("/", -1);
        for (int i = 1; i < components.length; i++) {
            String before =
                    LexicalPath.clean(String.join("/", List.of(components).subList(0, i)));
            if (components[i].equals("..") && !before.equals(".")) {
                detours.add(TreePath.of(before));
            }
        }
        return detours;
    }

    TreePath resolve(String relative) throws UnsafePathException {
        return path.resolve(relative);
    }
}
