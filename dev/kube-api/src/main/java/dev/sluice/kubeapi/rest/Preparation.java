package dev.sluice.kubeapi.rest;

import dev.sluice.kubeapi.object.MetadataRules;
import dev.sluice.kubeapi.object.ObjectMeta;
import dev.sluice.kubeapi.resource.Endpoint;
import dev.sluice.kubeapi.resource.KindRules;
import dev.sluice.kubeapi.status.ApiException;
import dev.sluice.kubeapi.status.Cause;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Prepares an object for the store: system fields, defaults, validation. */
final class Preparation {

    /** Fields that the server sets and clients cannot change. */
    private static final List<String> SYSTEM_FIELDS =
            List.of("uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "generation");

    private final Clock clock;

    Preparation(Clock clock) {
        this.clock = clock;
    }

    String now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Decodes the object of a client or the result of a patch. */
    static ObjectNode decoded(Endpoint endpoint, ObjectNode object, @Nullable ObjectNode old) {
        return endpoint.version().rules().complete(object, old);
    }

    /** @throws ApiException 422 if the object is invalid */
    ObjectNode forCreate(Endpoint endpoint, ObjectNode object) {
        ObjectMeta meta = ObjectMeta.of(object);
        SYSTEM_FIELDS.forEach(meta::remove);
        meta.remove("resourceVersion");
        meta.remove("selfLink");
        if (meta.name().isEmpty() && !meta.generateName().isEmpty()) {
            meta.set("name", GeneratedName.from(meta.generateName()));
        }
        meta.set("uid", UUID.randomUUID().toString());
        meta.set("creationTimestamp", now());
        if (endpoint.resource().behaviour().generation()) {
            meta.set("generation", 1);
        }
        if (endpoint.version().status()) {
            object.remove("status");
        }
        ObjectNode complete = endpoint.version().rules().complete(object, null);
        requireValid(endpoint, complete, null, false);
        return complete;
    }

    /** @throws ApiException 422 if the object is invalid */
    ObjectNode forUpdate(Endpoint endpoint, ObjectNode old, ObjectNode object, boolean status) {
        ObjectNode desired = status ? withStatusOf(old, object) : object;
        ObjectMeta meta = ObjectMeta.of(desired);
        ObjectMeta oldMeta = ObjectMeta.view(old);
        SYSTEM_FIELDS.forEach(field -> meta.set(field, copy(oldMeta.get(field))));
        if (!status && endpoint.version().status()) {
            restore(desired, old, "status");
        }
        ObjectNode complete = endpoint.version().rules().complete(desired, old);
        if (endpoint.resource().behaviour().generation() && desiredStateDiffers(endpoint, old, complete)) {
            ObjectMeta.of(complete).set("generation", oldMeta.generation() + 1);
        }
        requireValid(endpoint, complete, old, status);
        return complete;
    }

    /** A status update changes only the status and managedFields. */
    private static ObjectNode withStatusOf(ObjectNode old, ObjectNode object) {
        ObjectNode desired = old.deepCopy();
        restore(desired, object, "status");
        ObjectMeta.of(desired).set("managedFields", copy(ObjectMeta.view(object).get("managedFields")));
        return desired;
    }

    private static void restore(ObjectNode object, ObjectNode from, String field) {
        JsonNode value = from.get(field);
        if (value == null) {
            object.remove(field);
        } else {
            object.set(field, value.deepCopy());
        }
    }

    private static @Nullable JsonNode copy(@Nullable JsonNode value) {
        return value == null ? null : value.deepCopy();
    }

    /** Compares everything except metadata, and the status if it is a subresource. */
    private static boolean desiredStateDiffers(Endpoint endpoint, ObjectNode old, ObjectNode object) {
        List<String> ignored = endpoint.version().status() ? List.of("metadata", "status") : List.of("metadata");
        return !old.deepCopy().remove(ignored).equals(object.deepCopy().remove(ignored));
    }

    private static void requireValid(Endpoint endpoint, ObjectNode object, @Nullable ObjectNode old, boolean status) {
        ObjectMeta meta = ObjectMeta.of(object);
        List<Cause> causes = new ArrayList<>(MetadataRules.validate(
                meta,
                endpoint.resource().behaviour().nameRule(),
                endpoint.resource().namespaced()));
        if (old != null) {
            causes.addAll(immutableMetadata(ObjectMeta.view(old), meta));
        }
        KindRules rules = endpoint.version().rules();
        causes.addAll(status && old != null ? rules.validateStatus(object, old) : rules.validate(object, old));
        if (!causes.isEmpty()) {
            throw ApiException.invalid(endpoint.target(meta.name()), causes);
        }
    }

    /** An object that is being deleted cannot get new finalizers. */
    private static List<Cause> immutableMetadata(ObjectMeta old, ObjectMeta meta) {
        List<String> added = new ArrayList<>(meta.finalizers());
        added.removeAll(old.finalizers());
        if (!old.deleting() || added.isEmpty()) {
            return List.of();
        }
        return List.of(Cause.forbidden(
                "metadata.finalizers",
                "no new finalizers can be added if the object is being deleted, found new finalizers "
                        + goStrings(added)));
    }

    private static String goStrings(List<String> values) {
        return "[]string{" + String.join(", ", values.stream().map(Cause::quote).toList()) + "}";
    }
}
