package dev.sluice.kubeapi.resource;

import dev.sluice.kubeapi.patch.TypeSchema;
import dev.sluice.kubeapi.status.Cause;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What a version of a kind accepts. The trees given are the caller's own and may be changed and returned. */
public interface TypeRules {

    /** The paths that the type does not know, as they appear in warnings: {@code spec.foo}. */
    List<String> unknownFields(ObjectNode object);

    /** The object without unknown fields, with defaults; {@code old} is the one that it replaces. */
    ObjectNode complete(ObjectNode object, @Nullable ObjectNode old);

    /** The result of a server-side apply with defaults; what it must not hold is left for {@link #validate}. */
    default ObjectNode completeApplied(ObjectNode object, @Nullable ObjectNode old) {
        return complete(object, old);
    }

    /** What is wrong with a completed object; {@code old} is the one that it replaces. */
    List<Cause> validate(ObjectNode object, @Nullable ObjectNode old);

    /** What is wrong with an object of which only the status is written. */
    default List<Cause> validateStatus(ObjectNode object, ObjectNode old) {
        return validate(object, old);
    }

    /** How lists and maps of the type merge, and who owns what in them. */
    TypeSchema types();
}
