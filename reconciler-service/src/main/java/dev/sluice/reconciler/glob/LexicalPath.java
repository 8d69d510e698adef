package dev.sluice.reconciler.glob;

import java.util.ArrayDeque;
import java.util.Deque;

/** Cleans paths lexically, as Go's {@code filepath.Clean} does. */
public final class LexicalPath {

    private LexicalPath() {}

    /** Removes empty and {@code .} components and resolves {@code a/..}; returns {@code .} if nothing is left. */
    public static String clean(String path) {
        boolean absolute = path.startsWith("/");
        Deque<String> components = new ArrayDeque<>();
        for (String component : path.split("/", -1)) {
            if (component.equals("..")) {
                climb(components, absolute);
            } else if (!component.isEmpty() && !component.equals(".")) {
                components.addLast(component);
            }
        }
        String cleaned = String.join("/", components);
        return absolute ? "/" + cleaned : cleaned.isEmpty() ? "." : cleaned;
    }

    private static void climb(Deque<String> components, boolean absolute) {
        String last = components.peekLast();
        if (last != null && !last.equals("..")) {
            components.removeLast();
        } else if (!absolute) {
            components.addLast("..");
        }
    }

    public static boolean climbsOut(String cleaned) {
        return cleaned.startsWith("/") || cleaned.equals("..") || cleaned.startsWith("../");
    }

    /** The last component of a path. */
    public static String baseName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
