package dev.sluice.controller.request;

import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ObjectKey;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * The path of objects at the API server. Names come from specs and statuses, so each is validated: an invalid name must
 * not turn into the path of another object.
 *
 * @param path the URL path, escaped
 * @param name description for error messages
 */
public record ResourcePath(String path, String name) {

    private static final int MAX_SHOWN = 100;

    /**
     * Returns the path of all objects of a kind in a namespace, or in all namespaces if it is empty.
     *
     * @throws IllegalArgumentException if the namespace is not a valid name, see {@link #isSegment}
     */
    public static ResourcePath of(ApiKind kind, String namespace) {
        String scope = namespace.isEmpty() ? "" : "/namespaces/" + escape(namespace);
        String name = kind.plural() + (namespace.isEmpty() ? "" : " in " + namespace);
        String version = ofVersion(kind.group(), kind.version()).path;
        return new ResourcePath(version + scope + "/" + escape(kind.plural()), name);
    }

    /**
     * Returns the path of one object.
     *
     * @throws IllegalArgumentException if the name or the namespace is not valid, see {@link #isSegment}
     */
    public static ResourcePath of(ApiKind kind, ObjectKey key) {
        return new ResourcePath(of(kind, key.namespace()).path + "/" + escape(key.name()), kind.kind() + " " + key);
    }

    /**
     * Returns the path of an API version, where its resources are listed.
     *
     * @param group empty for the core group
     * @throws IllegalArgumentException if the group or the version is not valid, see {@link #isSegment}
     */
    public static ResourcePath ofVersion(String group, String version) {
        String prefix = group.isEmpty() ? "/api/" : "/apis/" + escape(group) + "/";
        return new ResourcePath(
                prefix + escape(version), "API version " + (group.isEmpty() ? "" : group + "/") + version);
    }

    /** Returns the path of a subresource of this object. */
    public ResourcePath subresource(String subresource) {
        return new ResourcePath(path + "/" + escape(subresource), subresource + " of " + name);
    }

    /**
     * Whether an object of any kind can have this name. Escaping is not enough: {@code .} and {@code ..} change the
     * path even when escaped, and a slash becomes a path separator once the API server unescapes it.
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
            throw new IllegalArgumentException("'%s' is not a valid object name".formatted(shown(segment)));
        }
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String shown(String name) {
        String printable = name.replaceAll("\\p{Cntrl}", "?");
        return printable.length() <= MAX_SHOWN ? printable : printable.substring(0, MAX_SHOWN) + "…";
    }
}
