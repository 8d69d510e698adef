package dev.sluice.controller.source;

import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.sluice.controller.request.ApiRequests;
import dev.sluice.controller.request.ResourcePath;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.meta.ToolkitObject;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The targets of an object in other namespaces, in an annotation of the object: the controller may not be allowed to
 * list these namespaces, and must find the ExternalArtifact again after the target has changed. The owner of the object
 * can edit the annotation, so it only says where to look.
 *
 * @param annotation its name
 */
record RecordedTargets<T extends ToolkitObject<?, ?>>(
        ApiRequests requests, ApiType<T, ?> type, String manager, String annotation) {

    private static final int MOST = 16;

    /** @param annotations of the object; null for none */
    Set<ObjectKey> in(@Nullable Map<String, String> annotations) {
        String text = annotations == null ? "" : annotations.getOrDefault(annotation, "");
        return Arrays.stream(text.split(",", -1))
                .map(each -> each.split("/", -1))
                .filter(parts -> parts.length == 2 && Arrays.stream(parts).allMatch(ResourcePath::isSegment))
                .map(parts -> new ObjectKey(parts[0], parts[1]))
                .limit(MOST)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Records a target in addition to the present ones; sends nothing if it is in the namespace of the object.
     *
     * @return the object afterwards
     */
    T add(T object, ObjectKey target) throws IOException {
        Set<ObjectKey> targets = in(object.metadata().getAnnotations());
        if (target.namespace().equals(object.key().namespace()) || !targets.add(target)) {
            return object;
        }
        return write(object, targets);
    }

    /** Forgets all targets but one, after the ExternalArtifacts of the others were deleted. */
    T retain(T object, ObjectKey target) throws IOException {
        Set<ObjectKey> targets = in(object.metadata().getAnnotations());
        return targets.retainAll(Set.of(target)) ? write(object, targets) : object;
    }

    private T write(T object, Set<ObjectKey> targets) throws IOException {
        String value = targets.stream().map(ObjectKey::toString).collect(Collectors.joining(","));
        JsonObject annotations = new JsonObject();
        annotations.add(annotation, targets.isEmpty() ? JsonNull.INSTANCE : new JsonPrimitive(value));
        JsonObject metadata = new JsonObject();
        metadata.addProperty("resourceVersion", object.metadata().getResourceVersion());
        metadata.add("annotations", annotations);
        JsonObject patch = new JsonObject();
        patch.add("metadata", metadata);
        T written = requests.mergePatch(ResourcePath.of(type.kind(), object.key()), manager, patch, type.objectClass());
        // large and unused, as in ObjectWriter
        written.metadata().setManagedFields(null);
        return written;
    }
}
