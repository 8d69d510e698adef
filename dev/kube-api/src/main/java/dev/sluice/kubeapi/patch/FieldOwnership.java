package dev.sluice.kubeapi.patch;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.patch.ManagedEntry.Manager;
import dev.sluice.kubeapi.schema.SchemaNode;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The rules of field ownership for one write. Managers share a field while their values are equal. A manager that
 * changes a value becomes its only owner. A removed field has no owner.
 */
final class FieldOwnership {

    private final FieldWrite write;
    private final SchemaNode type;
    private final Managed managed;

    /** Modifies the given managers. */
    FieldOwnership(FieldWrite write, Managed managed) {
        this.write = write;
        this.type = write.type();
        this.managed = managed;
    }

    /** Records an update or patch: the manager additionally owns the changed fields. */
    FieldSet changedBy(JsonNode live, JsonNode written) {
        Comparison comparison = Comparison.of(live, written, type).ignoring(write.ignored());
        release(comparison, conflicts(comparison, null), null);
        return Managed.ownable(comparison.changed());
    }

    /**
     * Merges the configuration into the object. Removes fields that the manager applied before and no longer applies,
     * unless another manager owns them.
     *
     * @return the new object; null if only ownership changes
     */
    @Nullable
    JsonNode apply(JsonNode live, JsonNode applied, Manager manager, boolean force) throws ApplyConflict {
        ManagedEntry before = managed.get(manager);
        JsonNode merged = TypedMerge.merge(live, applied, type);
        FieldSet fields = ObjectFields.of(applied, type).owned().recursiveDifference(write.ignored());
        managed.put(new ManagedEntry(manager, write.apiVersion(), fields, before == null ? null : before.time()));
        JsonNode result = before == null ? merged : prune(merged, before.fields());
        Comparison comparison = Comparison.of(live, result, type).ignoring(write.ignored());
        SortedMap<Manager, FieldSet> conflicts = conflicts(comparison, manager);
        if (!force && !conflicts.isEmpty()) {
            throw ApplyConflict.on(conflicts);
        }
        release(comparison, conflicts, manager);
        ManagedEntry own = managed.get(manager);
        if (own != null) {
            managed.set(own.withFields(Managed.ownable(own.fields())));
        }
        return Json.equal(live, result) ? null : result;
    }

    /** Returns the fields of other managers that the write changes. */
    private SortedMap<Manager, FieldSet> conflicts(Comparison comparison, @Nullable Manager writer) {
        SortedMap<Manager, FieldSet> conflicts = new TreeMap<>();
        for (ManagedEntry entry : managed.entries()) {
            FieldSet taken = entry.fields().intersection(comparison.changed());
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

    private JsonNode prune(JsonNode merged, FieldSet appliedBefore) {
        FieldSet before = appliedBefore.withNamedFields(type);
        JsonNode pruned = TypedMerge.remove(merged, before, type);
        FieldSet all = owned(merged);
        FieldSet others = managed.entries().stream().map(ManagedEntry::fields).reduce(FieldSet.EMPTY, FieldSet::union);
        // restores owned fields with all their parents
        FieldSet kept = owned(pruned).union(others.withNamedFields(type));
        JsonNode ownedBack = TypedMerge.remove(merged, all.difference(kept), type);
        // restores fields that this manager never applied, below a field that it did apply
        JsonNode left =
                TypedMerge.remove(merged, all.difference(owned(ownedBack)).intersection(before), type);
        return left.isNull() ? Json.object() : left;
    }

    private FieldSet owned(JsonNode object) {
        return ObjectFields.of(object, type).owned().withNamedFields(type);
    }
}
