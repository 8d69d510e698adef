package dev.sluice.kubeapi.patch;

import dev.sluice.kubeapi.json.JsonOrder;
import dev.sluice.kubeapi.patch.ManagedEntry.Manager;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The rules of who owns which field, for one write. Ownership is shared while values are equal; who changes a value takes
 * it from all others; a field that is gone belongs to nobody.
 */
final class Ownership {

    private final TypeSchema type;
    private final FieldSet reset;
    private final String apiVersion;
    private final Managed managed;

    /** Changes the managers given. */
    Ownership(TypeSchema type, @Nullable String subresource, String apiVersion, Managed managed) {
        this.type = type;
        this.reset = type.resetBy(subresource);
        this.apiVersion = apiVersion;
        this.managed = managed;
        managed.entries().forEach(entry -> managed.put(entry.withFields(SchemaChanges.follow(entry.fields(), type))));
    }

    /** Takes note of an ordinary write; what changed belongs to the manager, over what it owned before. */
    FieldSet changedBy(JsonNode live, JsonNode written) throws TypeMismatchException {
        Comparison comparison = Comparison.of(live, written, type).ignoring(reset);
        release(comparison, conflicts(comparison, null), null);
        return Managed.ownable(comparison.modified().union(comparison.added()));
    }

    /**
     * Merges the configuration into the object. What the manager applied before and does not apply any more goes, unless
     * somebody else owns it.
     *
     * @return the new object; null when nothing but ownership changes
     */
    @Nullable
    JsonNode apply(JsonNode live, JsonNode applied, Manager manager, boolean force)
            throws TypeMismatchException, ApplyConflict {
        ManagedEntry before = managed.get(manager);
        JsonNode merged = orEmpty(TypedMerge.merge(live, applied, type));
        FieldSet fields = TypedFields.of(applied, type).recursiveDifference(reset);
        managed.put(new ManagedEntry(manager, apiVersion, fields, before == null ? null : before.time()));
        JsonNode result = before == null ? merged : prune(merged, before.fields());
        Comparison comparison = Comparison.of(live, result, type).ignoring(reset);
        SortedMap<Manager, FieldSet> conflicts = conflicts(comparison, manager);
        if (!force && !conflicts.isEmpty()) {
            throw ApplyConflict.on(conflicts);
        }
        release(comparison, conflicts, manager);
        ManagedEntry own = managed.get(manager);
        if (own != null) {
            managed.set(own.withFields(Managed.ownable(own.fields())));
        }
        return JsonOrder.equal(live, result) ? null : result;
    }

    private static JsonNode orEmpty(@Nullable JsonNode object) {
        return object == null ? JsonNodeFactory.instance.objectNode() : object;
    }

    /** Fields of others that the write changes. */
    private SortedMap<Manager, FieldSet> conflicts(Comparison comparison, @Nullable Manager writer) {
        FieldSet changed = comparison.modified().union(comparison.added());
        SortedMap<Manager, FieldSet> conflicts = new TreeMap<>();
        for (ManagedEntry entry : managed.entries()) {
            FieldSet taken = entry.fields().intersection(changed);
            if (!entry.manager().equals(writer) && !taken.isEmpty()) {
                conflicts.put(entry.manager(), taken);
            }
        }
        return conflicts;
    }

    private void release(Comparison comparison, Map<Manager, FieldSet> conflicts, @Nullable Manager writer) {
        for (ManagedEntry entry : managed.entries()) {
            FieldSet kept = entry.fields();
            if (!entry.manager().equals(writer)) {
                kept = kept.difference(conflicts.getOrDefault(entry.manager(), FieldSet.EMPTY))
                        .difference(comparison.removed());
            }
            managed.set(entry.withFields(kept));
        }
    }

    private JsonNode prune(JsonNode merged, FieldSet appliedBefore) throws TypeMismatchException {
        if (appliedBefore.isEmpty()) {
            return merged;
        }
        FieldSet before = appliedBefore.withNamedFields(type);
        JsonNode pruned = TypedRemoval.remove(merged, type, before);
        FieldSet all = TypedFields.of(merged, type).withNamedFields(type);
        FieldSet owned = managed.entries().stream().map(ManagedEntry::fields).reduce(FieldSet.EMPTY, FieldSet::union);
        // what anybody owns comes back, this time with everything above it
        FieldSet kept = TypedFields.of(pruned, type).withNamedFields(type).union(owned.withNamedFields(type));
        JsonNode ownedBack = TypedRemoval.remove(merged, type, all.difference(kept));
        // and so does what this manager never applied, though it stood below something that it did
        FieldSet left = TypedFields.of(ownedBack, type).withNamedFields(type);
        return orEmpty(TypedRemoval.remove(merged, type, all.difference(left).intersection(before)));
    }
}
