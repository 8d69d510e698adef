package dev.sluice.reconciler.spec;

import dev.sluice.toolkit.extensions.ArtifactGeneratorSpec;
import dev.sluice.toolkit.extensions.OutputArtifact;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of a spec that this version does not implement. */
final class UnimplementedFields {

    /** Limits the number of fields in a message. */
    private static final int MAX_FIELDS = 20;

    private UnimplementedFields() {}

    /** Returns the paths of fields that are set and not implemented, and of fields that are unknown. */
    static List<String> in(ArtifactGeneratorSpec spec) {
        List<String> fields = new ArrayList<>(spec.unknownFields());
        if (isSet(spec.serviceAccountName())) {
            fields.add("serviceAccountName");
        }
        if (spec.managedNamespaces() != null) {
            fields.add("managedNamespaces");
        }
        for (int i = 0; i < spec.artifacts().size(); i++) {
            OutputArtifact artifact = spec.artifacts().get(i);
            if (isSet(artifact.namespace())) {
                fields.add("artifacts[%d].namespace".formatted(i));
            }
        }
        return fields.subList(0, Math.min(fields.size(), MAX_FIELDS));
    }

    private static boolean isSet(@Nullable String text) {
        return text != null && !text.isEmpty();
    }
}
