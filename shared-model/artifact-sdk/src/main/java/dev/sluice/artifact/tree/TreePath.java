package dev.sluice.artifact.tree;

/**
 * A relative path inside a tree: components joined by slashes, checked once when it is made, so that whoever holds one
 * need not check it again. Names are kept as they came, without Unicode normalisation. Immutable.
 *
 * <p>The order is component by component, by UTF-8 bytes: a directory is directly followed by all that is below it.
 */
public final class TreePath implements Comparable<TreePath> {

    /** Longest path in UTF-8 bytes: what Linux can open; it also bounds what a nested name can cost. */
    public static final int MAX_BYTES = 4096;

    /** The directory that everything is below; never an entry itself. */
    public static final TreePath ROOT = new TreePath("");

    private final String text;

    private TreePath(String text) {
        this.text = text;
    }

    /**
     * Checks {@code text} and takes it as a path.
     *
     * @throws UnsafePathException if it is empty, begins or ends with a slash, has an empty, {@code .} or {@code ..}
     *     component, holds {@code ../} (even within {@code a../b}, which consumers refuse), a backslash, a NUL or
     *     something that UTF-8 cannot express, or is longer than {@link #MAX_BYTES}
     */
    public static TreePath of(String text) throws UnsafePathException {
        checkCharacters(text);
        checkComponents(text);
        return new TreePath(text);
    }

    private static void checkCharacters(String text) throws UnsafePathException {
        require(!text.isEmpty(), text, "it is empty");
        require(text.charAt(0) != '/', text, "it is absolute");
        require(text.indexOf('\\') < 0, text, "it has a backslash");
        require(text.indexOf('\0') < 0, text, "it has a NUL");
        require(!text.contains("../"), text, "it has \"../\"");
        int bytes = PathText.utf8Length(text);
        require(bytes >= 0, text, "it is not valid Unicode");
        require(bytes <= MAX_BYTES, text, "it is longer than " + MAX_BYTES + " bytes");
    }

    private static void checkComponents(String text) throws UnsafePathException {
        int start = 0;
        while (start <= text.length()) {
            int slash = text.indexOf('/', start);
            int end = slash < 0 ? text.length() : slash;
            checkComponent(text, start, end - start);
            start = end + 1;
        }
    }

    private static void checkComponent(String text, int start, int length) throws UnsafePathException {
        require(length > 0, text, "it has an empty component");
        require(!(length == 1 && text.charAt(start) == '.'), text, "it has a \".\" component");
        require(!(length == 2 && text.startsWith("..", start)), text, "it has a \"..\" component");
    }

    private static void require(boolean good, String text, String reason) throws UnsafePathException {
        if (!good) {
            throw new UnsafePathException(text, reason);
        }
    }

    /**
     * The path of {@code name}, which may have several components, below this one.
     *
     * @throws UnsafePathException as {@link #of} does
     */
    public TreePath resolve(String name) throws UnsafePathException {
        TreePath below = of(name);
        return isRoot() ? below : of(text + '/' + name);
    }

    /**
     * The path of {@code below} below this one; the root on either side changes nothing.
     *
     * @throws UnsafePathException if the whole is refused, for example as too long
     */
    public TreePath resolve(TreePath below) throws UnsafePathException {
        return below.isRoot() ? this : resolve(below.text);
    }

    /** The directory that holds this path; {@link #ROOT} for a path of one component and for the root itself. */
    public TreePath parent() {
        int slash = text.lastIndexOf('/');
        return slash < 0 ? ROOT : new TreePath(text.substring(0, slash));
    }

    /** The last component; empty for the root. */
    public String name() {
        return text.substring(text.lastIndexOf('/') + 1);
    }

    /**
     * This path as seen from {@code base}: {@link #ROOT} if they are the same.
     *
     * @throws IllegalArgumentException if this path is not at or below {@code base}
     */
    public TreePath relativize(TreePath base) {
        if (!startsWith(base)) {
            throw new IllegalArgumentException("path \"" + this + "\" is not below \"" + base + "\"");
        }
        if (base.isRoot()) {
            return this;
        }
        return equals(base) ? ROOT : new TreePath(text.substring(base.text.length() + 1));
    }

    /** Whether this path is {@code directory} or below it; everything starts with the root. */
    public boolean startsWith(TreePath directory) {
        int length = directory.text.length();
        return length == 0
                || (text.startsWith(directory.text) && (text.length() == length || text.charAt(length) == '/'));
    }

    /** Whether this is the root, which has no name. */
    public boolean isRoot() {
        return text.isEmpty();
    }

    @Override
    public int compareTo(TreePath other) {
        return PathText.compare(text, other.text);
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof TreePath other && text.equals(other.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The components joined by slashes; empty for the root. */
    @Override
    public String toString() {
        return text;
    }
}
