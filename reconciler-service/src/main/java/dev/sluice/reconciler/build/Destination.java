package dev.sluice.reconciler.build;

import dev.sluice.artifact.tree.TreePath;
import dev.sluice.artifact.tree.UnsafePathException;

/** The {@code to} of a copy operation, {@code @artifact/<path>}. */
record Destination(TreePath path, boolean endsInSlash) {

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
            return new Destination(cleaned.equals(".") ? TreePath.ROOT : TreePath.of(cleaned), to.endsWith("/"));
        } catch (UnsafePathException e) {
            throw new CopyException("consumers would refuse the path \"%s\"".formatted(path), e);
        }
    }

    TreePath resolve(String relative) throws UnsafePathException {
        return path.resolve(relative);
    }
}
