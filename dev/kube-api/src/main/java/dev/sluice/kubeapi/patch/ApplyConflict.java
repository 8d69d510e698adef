package dev.sluice.kubeapi.patch;

import dev.sluice.kubeapi.patch.ManagedEntry.Manager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A server-side apply without force would change fields of other managers. The response is 409 with the reason
 * Conflict; each cause has the reason FieldManagerConflict.
 */
public final class ApplyConflict extends Exception {

    private static final long serialVersionUID = 1;

    /**
     * A field that another manager owns.
     *
     * @param message the owner, as in {@code conflict with "x" using v1}
     * @param field the path, as in {@code .spec.replicas}
     */
    public record Cause(String message, String field) {}

    private final transient List<Cause> causes;

    private final transient SortedMap<Manager, List<FieldPath>> paths;

    private ApplyConflict(SortedMap<Manager, List<FieldPath>> paths) {
        super(message(paths));
        this.paths = paths;
        List<Cause> all = new ArrayList<>();
        paths.forEach((manager, fields) ->
                fields.forEach(field -> all.add(new Cause("conflict with " + manager, field.toString()))));
        this.causes = List.copyOf(all);
    }

    static ApplyConflict on(SortedMap<Manager, FieldSet> fields) {
        SortedMap<Manager, List<FieldPath>> paths = new TreeMap<>();
        fields.forEach((manager, set) -> {
            List<FieldPath> listed = new ArrayList<>();
            set.forEach(listed::add);
            paths.put(manager, listed);
        });
        return new ApplyConflict(paths);
    }

    /** The causes in the details of the response. */
    public List<Cause> causes() {
        return causes;
    }

    /** Returns the conflict without the given fields; null if no field is left. */
    @Nullable
    ApplyConflict without(FieldSet allowed) {
        SortedMap<Manager, List<FieldPath>> left = new TreeMap<>();
        paths.forEach((manager, fields) -> {
            List<FieldPath> rest =
                    fields.stream().filter(field -> !allowed.contains(field)).toList();
            if (!rest.isEmpty()) {
                left.put(manager, rest);
            }
        });
        return left.isEmpty() ? null : new ApplyConflict(left);
    }

    private static String message(Map<Manager, List<FieldPath>> paths) {
        int count = paths.values().stream().mapToInt(List::size).sum();
        if (count == 1) {
            Map.Entry<Manager, List<FieldPath>> only =
                    paths.entrySet().iterator().next();
            return "Apply failed with 1 conflict: conflict with " + only.getKey() + ": "
                    + only.getValue().get(0);
        }
        List<String> lines = new ArrayList<>();
        paths.forEach((manager, fields) -> {
            lines.add("conflicts with " + manager + ":");
            fields.forEach(field -> lines.add("- " + field));
        });
        return "Apply failed with " + count + " conflicts: " + String.join("\n", lines);
    }
}
