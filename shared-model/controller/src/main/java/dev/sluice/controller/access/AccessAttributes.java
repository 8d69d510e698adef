package dev.sluice.controller.access;

import dev.sluice.toolkit.meta.ApiKind;

/**
 * A request to the API server that may be authorized or not.
 *
 * @param subresource empty for the object itself
 * @param namespace empty for a cluster-scoped resource
 * @param name empty for objects of any name: only a rule without resource names allows it
 */
public record AccessAttributes(ApiKind kind, String subresource, String verb, String namespace, String name) {

    /** A request for objects of any name in a namespace. */
    public static AccessAttributes inNamespace(String namespace, String verb, ApiKind kind) {
        return new AccessAttributes(kind, "", verb, namespace, "");
    }

    /** A request for one cluster-scoped object. */
    public static AccessAttributes named(String name, String verb, ApiKind kind) {
        return new AccessAttributes(kind, "", verb, "", name);
    }

    /** Returns the same request for a subresource of the object. */
    public AccessAttributes ofSubresource(String subresource) {
        return new AccessAttributes(kind, subresource, verb, namespace, name);
    }

    /** Returns the resource as in RBAC rules, such as {@code externalartifacts/status}. */
    public String resource() {
        return subresource.isEmpty() ? kind.plural() : kind.plural() + "/" + subresource;
    }

    /** Returns the verb, the resource and the object or namespace, such as {@code create externalartifacts in "apps"}. */
    @Override
    public String toString() {
        String group = kind.group().isEmpty() ? "" : "." + kind.group();
        String object = name.isEmpty() ? "" : " \"%s\"".formatted(name);
        String place = namespace.isEmpty() ? "" : " in namespace \"%s\"".formatted(namespace);
        return "%s %s%s%s%s".formatted(verb, resource(), group, object, place);
    }
}
