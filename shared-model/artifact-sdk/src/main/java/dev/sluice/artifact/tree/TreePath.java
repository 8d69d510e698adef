package dev.sluice.artifact.tree;

/**
 * A relative path inside a tree, with components separated by slashes. Validated on creation. Names are not normalized
 * to a Unicode form. Immutable.
 *
 * <p>The order is by component and UTF-8 bytes: the entries below a directory immediately follow it.
 */
public final class TreePath implements Comparable<TreePath> {

    /** Maximum length in UTF-8 bytes: the limit of Linux, which also bounds the cost of deeply nested names. */
    public static final int MAX_BYTES = 4096;

    /** The root directory; never an entry itself. */
    public static final TreePath ROOT = new TreePath("");

    private final String text;

    private TreePath(String text) {
        this.text = text;
    }

    /**
     * Parses and validates a path.
     *
     * @throws UnsafePathException if it is empty, starts or ends with a slash, has an empty, {@code .} or {@code ..}
     *     component, contains {@code ../} (even within {@code a../b}, which consumers refuse), a backslash, a NUL or a
     *     character that UTF-8 cannot encode, or is longer than {@link #MAX_BYTES}
     */
    public static TreePath of(String text) throws UnsafePathException {
        checkCharacters(text);
        checkComponents(text);
        return new TreePath(text);
    }

    private static void checkCharacters(String text) throws UnsafePathException {
        require(!text.isEmpty(), text, "it is empty");
        require(text.charAt(0) != '/', text, "it is absolute");
        require(text.indexOf('\\') < 0, text, "it contains a backslash");
        require(text.indexOf('\0') < 0, text, "it contains a NUL");
        require(!text.contains("../"), text, "it contains \"../\"");
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
        require(length > 0, text, "it contains an empty component");
        require(!(length == 1 && text.charAt(start) == '.'), text, "it contains a \".\" component");
        require(!(length == 2 && text.startsWith("..", start)), text, "it contains a \"..\" component");
    }

    private static void require(boolean good, String text, String reason) throws UnsafePathException {
        if (!good) {
            throw new UnsafePathException(text, reason);
        }
    }

    /**
     * Returns the path {@code name}, which may have several components, below this one.
     *
     * @throws UnsafePathException see {@link #of}
     */
    public TreePath resolve(String name) throws UnsafePathException {
        TreePath below = of(name);
        return isRoot() ? below : of(text + '/' + name);
    }

    /**
     * Returns the path {@code below} below this one; if either is the root, returns the other.
     *
     * @throws UnsafePathException if the result is not valid, for example too long
     */
    public TreePath resolve(TreePath below) throws UnsafePathException {
        return below.isRoot() ? this : resolve(below.text);
    }

    /** Returns the parent directory; {@link #ROOT} for a path of one component and for the root itself. */
    public TreePath parent() {
        int slash = text.lastIndexOf('/');
        return slash < 0 ? ROOT : new TreePath(text.substring(0, slash));
    }

    /** Returns the last component; empty for the root. */
    public String name() {
        return text.substring(text.lastIndexOf('/') + 1);
    }

    /**
     * Returns this path relative to {@code base}; {@link #ROOT} if they are equal.
     *
     * @throws IllegalArgumentException if this path is not {@code base} or below it
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

    /** Whether this path is {@code directory} or below it; true for the root. */
    public boolean startsWith(TreePath directory) {
        int length = directory.text.length();
        return length == 0
                || (text.startsWith(directory.text) && (text.length() == length || text.charAt(length) == '/'));
    }

    /** Whether this is the root. */
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

    /** Returns the components joined by slashes; empty for the root. */
    @Override
    public String toString() {
        return text;
    }
}
