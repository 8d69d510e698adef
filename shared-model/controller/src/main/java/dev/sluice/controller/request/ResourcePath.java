package dev.sluice.controller.request;

import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ObjectKey;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * Where the API server keeps objects.
 *
 * @param path the URL's path, escaped
 * @param name what it is called in error messages
 */
public record ResourcePath(String path, String name) {

    /** All objects of a kind in a namespace, or in all when it is empty. */
    public static ResourcePath of(ApiKind kind, String namespace) {
        String group = kind.group().isEmpty() ? "/api/" : "/apis/" + escape(kind.group()) + "/";
        String scope = namespace.isEmpty() ? "" : "/namespaces/" + escape(namespace);
        String name = kind.plural() + (namespace.isEmpty() ? "" : " in " + namespace);
        return new ResourcePath(group + escape(kind.version()) + scope + "/" + escape(kind.plural()), name);
    }

    /** One object. */
    public static ResourcePath of(ApiKind kind, ObjectKey key) {
        return new ResourcePath(of(kind, key.namespace()).path + "/" + escape(key.name()), kind.kind() + " " + key);
    }

    /** A subresource of one object. */
    public ResourcePath subresource(String subresource) {
        return new ResourcePath(path + "/" + escape(subresource), subresource + " of " + name);
    }

    private static String escape(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
