package dev.sluice.toolkit.meta;

import java.util.Objects;

/**
 * The names of a kind in the Kubernetes API.
 *
 * @param group empty for the core group
 * @param version such as {@code v1}
 * @param kind such as {@code GitRepository}
 * @param plural name of the resource in URLs and RBAC rules
 */
public record ApiKind(String group, String version, String kind, String plural) {

    public ApiKind {
        Objects.requireNonNull(group, "group");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(plural, "plural");
    }

    /** Returns the value of an object's {@code apiVersion}. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** Returns the value of a list's {@code kind}. */
    public String listKind() {
        return kind + "List";
    }
}
