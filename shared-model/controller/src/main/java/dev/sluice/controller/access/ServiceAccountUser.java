package dev.sluice.controller.access;

import java.util.List;

/**
 * The user that the API server sees when a service account authenticates. The account does not have to exist; only its
 * bindings matter.
 */
public record ServiceAccountUser(String namespace, String name) {

    private static final String ALL = "system:serviceaccounts";

    /**
     * Validates the names, because they become parts of a user name.
     *
     * @throws IllegalArgumentException if one of them is empty or contains a colon
     */
    public ServiceAccountUser {
        requirePart("namespace", namespace);
        requirePart("name", name);
    }

    private static void requirePart(String what, String value) {
        if (value.isEmpty() || value.indexOf(':') >= 0) {
            throw new IllegalArgumentException("'%s' is not a valid %s of a service account".formatted(value, what));
        }
    }

    /** Returns {@code system:serviceaccount:<namespace>:<name>}, as in the subjects of bindings. */
    public String username() {
        return "system:serviceaccount:" + namespace + ":" + name;
    }

    /** Returns the groups that the API server gives to such an account. */
    public List<String> groups() {
        return List.of(ALL, ALL + ":" + namespace, "system:authenticated");
    }

    /** Returns {@code namespace/name}. */
    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
