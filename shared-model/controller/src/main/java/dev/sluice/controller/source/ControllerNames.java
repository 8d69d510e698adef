package dev.sluice.controller.source;

import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules for the names of a controller and its kinds. */
final class ControllerNames {

    /** Part of a finalizer, value of a label, name of a Lease, prefix of an annotation. */
    private static final Pattern NAME =
            Pattern.compile("(?=.{1,63}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    private ControllerNames() {}

    /** @throws IllegalArgumentException if the name or the kind is invalid; the message names what to change */
    static void require(String name, ApiKind kind) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("invalid controller name '" + name + "': must be 1 to 63 lower-case"
                    + " letters, digits, '-' and '.', and begin and end with a letter or digit");
        }
        if (kind.group().isEmpty()) {
            throw new IllegalArgumentException("cannot build artifacts from kind " + kind.kind()
                    + " of the core group: the finalizer needs a group; use a custom resource");
        }
        ApiKind published = ExternalArtifact.TYPE.kind();
        if (kind.group().equals(published.group()) && kind.kind().equals(published.kind())) {
            throw new IllegalArgumentException(
                    "cannot build artifacts from ExternalArtifacts: the controller publishes them; use another kind");
        }
    }

    /** @throws IllegalArgumentException names a kind that occurs twice */
    static void requireDistinct(List<ApiKind> kinds) {
        Set<String> names = new HashSet<>();
        for (ApiKind kind : kinds) {
            if (!names.add(kind.kind().toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("duplicate kind '" + kind.kind() + "': each kind needs a different"
                        + " name, because the name is a directory of the storage");
            }
        }
    }
}
