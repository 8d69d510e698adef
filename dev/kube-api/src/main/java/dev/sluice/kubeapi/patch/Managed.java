package dev.sluice.kubeapi.patch;

import dev.sluice.kubeapi.patch.ManagedEntry.Manager;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The field managers of an object. Mutable, for one request. */
final class Managed {

    private static final FieldSet NEVER_OWNED = FieldSet.of(
            FieldPath.of("apiVersion"),
            FieldPath.of("kind"),
            FieldPath.of("metadata"),
            FieldPath.of("metadata", "name"),
            FieldPath.of("metadata", "namespace"),
            FieldPath.of("metadata", "creationTimestamp"),
            FieldPath.of("metadata", "selfLink"),
            FieldPath.of("metadata", "uid"),
            FieldPath.of("metadata", "clusterName"),
            FieldPath.of("metadata", "generation"),
            FieldPath.of("metadata", "managedFields"),
            FieldPath.of("metadata", "resourceVersion"));

    private final NavigableMap<Manager, ManagedEntry> entries;

    private Managed(NavigableMap<Manager, ManagedEntry> entries) {
        this.entries = entries;
    }

    static Managed none() {
        return new Managed(new TreeMap<>());
    }

    /** Returns no managers if stored entries are malformed: these must not make writes fail. */
    static Managed parseOrNone(JsonNode managedFields) {
        Managed managed = none();
        try {
            managedFields.forEach(entry -> managed.put(ManagedEntry.parse(entry)));
            return managed;
        } catch (IllegalArgumentException e) {
            return none();
        }
    }

    static JsonNode in(JsonNode object) {
        return object.path("metadata").path("managedFields");
    }

    static ObjectNode removedFrom(JsonNode object) {
        ObjectNode copy = (ObjectNode) object.deepCopy();
        if (copy.get("metadata") instanceof ObjectNode metadata) {
            metadata.remove("managedFields");
        }
        return copy;
    }

    void writeTo(ObjectNode object) {
        ObjectNode metadata =
                object.get("metadata") instanceof ObjectNode present ? present : object.putObject("metadata");
        if (entries.isEmpty()) {
            metadata.remove("managedFields");
            return;
        }
        ArrayNode json = metadata.putArray("managedFields");
        sorted().forEach(entry -> json.add(entry.toJson()));
    }

    private List<ManagedEntry> sorted() {
        return entries.values().stream().sorted(ManagedEntry.ORDER).toList();
    }

    Managed copy() {
        return new Managed(new TreeMap<>(entries));
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    Collection<ManagedEntry> entries() {
        return List.copyOf(entries.values());
    }

    @Nullable
    ManagedEntry get(Manager manager) {
        return entries.get(manager);
    }

    void put(ManagedEntry entry) {
        entries.put(entry.manager(), entry);
    }

    void remove(Manager manager) {
        entries.remove(manager);
    }

    /** Adds written fields to the fields that a manager owns. */
    void add(Manager manager, FieldSet changed, Instant now) {
        if (!changed.isEmpty()) {
            ManagedEntry before = get(manager);
            FieldSet owned = before == null ? changed : changed.union(before.fields());
            put(new ManagedEntry(manager, manager.apiVersion(), owned, now));
        }
    }

    /** Sets the fields of a manager; an empty entry is removed. */
    void set(ManagedEntry entry) {
        if (entry.fields().isEmpty()) {
            remove(entry.manager());
        } else {
            put(entry);
        }
    }

    void touch(Manager manager, Instant now) {
        entries.computeIfPresent(manager, (key, entry) -> entry.at(now));
    }

    /** Removes fields that cannot be owned: those that identify the object or that the server sets. */
    static FieldSet ownable(FieldSet fields) {
        return fields.difference(NEVER_OWNED);
    }
}
