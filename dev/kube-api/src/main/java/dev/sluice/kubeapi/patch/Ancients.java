package dev.sluice.kubeapi.patch;

import dev.sluice.kubeapi.patch.ManagedEntry.Manager;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps the number of managers that update an object at ten: the oldest ones are put together, one bundle for each
 * version of the API. Managers that apply are not counted.
 */
final class Ancients {

    private static final int MAX_UPDATERS = 10;
    private static final String NAME = "ancient-changes";

    private static final Comparator<ManagedEntry> OLDEST_FIRST =
            Comparator.comparingLong(ManagedEntry::seconds).thenComparing(ManagedEntry::manager);

    private Ancients() {}

    static void bundle(Managed managed) {
        List<ManagedEntry> updaters = managed.entries().stream()
                .filter(entry -> !entry.manager().applies())
                .sorted(OLDEST_FIRST)
                .toList();
        int count = updaters.size();
        Map<String, ManagedEntry> firstOfVersion = new HashMap<>();
        for (int i = 0; i < updaters.size() && count > MAX_UPDATERS; i++) {
            ManagedEntry entry = updaters.get(i);
            ManagedEntry first = firstOfVersion.putIfAbsent(entry.apiVersion(), entry);
            if (first != null) {
                add(managed, first, entry);
                count--;
            }
        }
    }

    private static void add(Managed managed, ManagedEntry first, ManagedEntry entry) {
        Manager bundle = Manager.updating(NAME, entry.apiVersion(), null);
        ManagedEntry present = managed.get(bundle);
        FieldSet before = present == null ? first.fields() : present.fields();
        if (present == null) {
            managed.remove(first.manager());
        }
        managed.remove(entry.manager());
        managed.put(new ManagedEntry(bundle, entry.apiVersion(), before.union(entry.fields()), entry.time()));
    }
}
