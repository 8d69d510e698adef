package dev.sluice.controller.queue;

import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.Immutable;
import dev.sluice.toolkit.meta.ObjectKey;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.slf4j.MDC;

/**
 * What every log line of a run carries, with the names that Flux controllers use: which controller, which object, and a
 * reconcile ID that is new with every run. It stands in SLF4J's diagnostic context of the thread until this is closed;
 * open it around work outside of a {@link Controller}, and close it on the same thread. A controller does it by itself,
 * with what {@link Reconciler#logFields} says.
 *
 * @param key the object
 * @param fields as they stand in the diagnostic context; {@code A.b} stands for {@code b} nested in {@code A}
 */
public record RunContext(ObjectKey key, Map<String, String> fields) implements AutoCloseable {

    public RunContext {
        fields = Immutable.map(fields);
    }

    /** Begins a run for an object of this kind. A run of a {@link Controller} has its ID already and keeps it. */
    public static RunContext open(ApiKind kind, ObjectKey key) {
        Map<String, String> fields = new LinkedHashMap<>(fieldsOf(kind, key));
        if (MDC.get(RunId.FIELD) == null) {
            fields.put(RunId.FIELD, UUID.randomUUID().toString());
        }
        fields.forEach(MDC::put);
        return new RunContext(key, fields);
    }

    /** The fields but for the ID, for {@link Reconciler#logFields}. */
    public static Map<String, String> fieldsOf(ApiKind kind, ObjectKey key) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("controller", kind.kind().toLowerCase(Locale.ROOT));
        fields.put("controllerGroup", kind.group());
        fields.put("controllerKind", kind.kind());
        fields.put(kind.kind() + ".name", key.name());
        fields.put(kind.kind() + ".namespace", key.namespace());
        fields.put("namespace", key.namespace());
        fields.put("name", key.name());
        return fields;
    }

    @Override
    public void close() {
        fields.keySet().forEach(MDC::remove);
    }
}
