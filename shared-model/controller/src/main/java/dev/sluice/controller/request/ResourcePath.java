package dev.sluice.controller.request;

import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ObjectKey;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Where the API server keeps objects. Names come from specs and statuses, so each is checked: one that no object can have
 * must not become the path of another.
 *
 * @param path the URL's path, escaped
 * @param name what it is called in error messages
 */
public record ResourcePath(String path, String name) {

    private static final int MAX_SHOWN = 100;

    /**
     * All objects of a kind in a namespace, or in all when it is empty.
     *
     * @throws IllegalArgumentException if no namespace can have this name, see {@link #isSegment}
     */
    public static ResourcePath of(ApiKind kind, String namespace) {
        String group = kind.group().isEmpty() ? "/api/" : "/apis/" + escape(kind.group()) + "/";
        String scope = namespace.isEmpty() ? "" : "/namespaces/" + escape(namespace);
        String name = kind.plural() + (namespace.isEmpty() ? "" : " in " + namespace);
        return new ResourcePath(group + escape(kind.version()) + scope + "/" + escape(kind.plural()), name);
    }

    /**
     * One object.
     *
     * @throws IllegalArgumentException if no object can have this name, or its namespace, see {@link #isSegment}
     */
    public static ResourcePath of(ApiKind kind, ObjectKey key) {
        return new ResourcePath(of(kind, key.namespace()).path + "/" + escape(key.name()), kind.kind() + " " + key);
    }

    /** A subresource of one object. */
    public ResourcePath subresource(String subresource) {
        return new ResourcePath(path + "/" + escape(subresource), subresource + " of " + name);
    }

    /**
     * Whether an object of any kind can have this name. {@code .} and {@code ..} mean other paths, escaped too; a slash
     * begins a subresource at the latest when the API server has unescaped it.
     */
    public static boolean isSegment(String name) {
        return !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && name.indexOf('/') < 0
                && name.indexOf('%') < 0
                && name.chars().noneMatch(Character::isISOControl);
    }

    private static String escape(String segment) {
        if (!isSegment(segment)) {
            throw new IllegalArgumentException("'%s' cannot be the name of an object".formatted(shown(segment)));
        }
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String shown(String name) {
        String printable = name.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= MAX_SHOWN ? printable : printable.substring(0, MAX_SHOWN) + "…";
    }
}
