package dev.sluice.kubeapi.patch;

import dev.sluice.kubeapi.patch.TypeSchema.ListType;
import dev.sluice.kubeapi.patch.TypeSchema.MapType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Ownership that was written down when a list or an object merged item by item, and has become one value since. */
final class SchemaChanges {

    private final FieldSet.Builder becameOneValue = new FieldSet.Builder();

    private SchemaChanges() {}

    static FieldSet follow(FieldSet owned, TypeSchema type) {
        SchemaChanges changes = new SchemaChanges();
        changes.visit(owned, type, FieldPath.ROOT, false);
        FieldSet whole = changes.becameOneValue.build();
        return whole.isEmpty() ? owned : owned.recursiveDifference(whole).union(whole);
    }

    private void visit(FieldSet below, TypeSchema type, FieldPath path, boolean leaf) {
        MapType map = type.map();
        ListType list = type.list();
        if (map != null) {
            visitMap(below, map, path, leaf);
        } else if (type.scalar() == null && list != null) {
            if (!leaf && !list.associative()) {
                becameOneValue.add(path);
            } else {
                visitBelow(below, null, list, path);
            }
        }
    }

    private void visitMap(FieldSet below, MapType type, FieldPath path, boolean leaf) {
        if (type.others() == TypeSchema.DEDUCED && type.fields().isEmpty()) {
            return;
        }
        if (!leaf && type.atomic()) {
            if (!below.isEmpty()) {
                becameOneValue.add(path);
            }
            return;
        }
        visitBelow(below, type, null, path);
    }

    private void visitBelow(FieldSet below, @Nullable MapType map, @Nullable ListType list, FieldPath path) {
        for (Map.Entry<PathElement, FieldSet.Node> step : below.nodes().entrySet()) {
            FieldSet.Node node = step.getValue();
            TypeSchema child = list != null ? list.items() : child(map, step.getKey());
            if (child != null) {
                visit(
                        node.below(),
                        child,
                        path.child(step.getKey()),
                        node.member() && node.below().isEmpty());
            }
        }
    }

    private static @Nullable TypeSchema child(@Nullable MapType map, PathElement step) {
        if (map == null) {
            return null;
        }
        return step instanceof PathElement.Field field ? TypeSchema.fieldOf(map, field.name()) : map.others();
    }
}
