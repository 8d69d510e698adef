package dev.sluice.reconciler.spec;

import dev.sluice.toolkit.extensions.ArtifactGeneratorSpec;
import java.util.ArrayList;
import java.util.List;

/** The fields of a spec that this version does not implement. */
final class UnimplementedFields {

    /** Limits the number of fields in a message. */
    private static final int MAX_FIELDS = 20;

    private UnimplementedFields() {}

    /** Returns the paths of fields that are set and not implemented, and of fields that are unknown. */
    static List<String> in(ArtifactGeneratorSpec spec) {
        List<String> fields = new ArrayList<>(spec.unknownFields());
        if (spec.managedNamespaces() != null) {
            fields.add("managedNamespaces");
        }
        return fields.subList(0, Math.min(fields.size(), MAX_FIELDS));
    }
}
