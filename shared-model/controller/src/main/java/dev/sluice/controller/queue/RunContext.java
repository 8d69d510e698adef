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
 * The log context of a run, with the field names of Flux controllers: the controller, the object, and a reconcile ID
 * that is new for every run. The fields are in the thread's MDC until this is closed. A {@link Controller} sets them
 * from {@link Reconciler#logFields}; outside of one, open a context around the work and close it on the same thread.
 *
 * @param key the object
 * @param fields the fields in the MDC; {@code A.b} means {@code b} nested in {@code A}
 */
public record RunContext(ObjectKey key, Map<String, String> fields) implements AutoCloseable {

    public RunContext {
        fields = Immutable.map(fields);
    }

    /** Opens a context for an object of this kind. Keeps the reconcile ID of a surrounding {@link Controller} run. */
    public static RunContext open(ApiKind kind, ObjectKey key) {
        Map<String, String> fields = new LinkedHashMap<>(fieldsOf(kind, key));
        if (MDC.get(RunId.FIELD) == null) {
            fields.put(RunId.FIELD, UUID.randomUUID().toString());
        }
        fields.forEach(MDC::put);
        return new RunContext(key, fields);
    }

    /** Returns the fields without the reconcile ID, for {@link Reconciler#logFields}. */
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
