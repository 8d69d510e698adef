package dev.sluice.controller.object;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.meta.Annotations;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.meta.ConditionTypes;
import dev.sluice.toolkit.meta.Conditions;
import dev.sluice.toolkit.meta.Reasons;
import dev.sluice.toolkit.meta.ToolkitObject;
import io.kubernetes.client.openapi.models.V1Condition;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes the status of the objects that a controller reconciles, by Flux's rules: the conditions Ready, Reconciling and
 * Stalled, {@code observedGeneration} and {@code lastHandledReconcileAt}, as far as the status has these fields. All
 * other fields and conditions stay.
 *
 * <p>Each method sends at most one request, and none if nothing changes; a transition time changes only with its
 * condition. Each returns the object afterwards, or nothing if it was deleted. Thread-safe.
 *
 * @param <T> the type of the objects
 */
public final class StatusWriter<T extends ToolkitObject<?, ?>> {

    private static final List<String> ORDER =
            List.of(ConditionTypes.STALLED, ConditionTypes.RECONCILING, ConditionTypes.READY);
    private static final String OBSERVED_GENERATION = "observedGeneration";
    private static final String HANDLED = "lastHandledReconcileAt";
    private static final String RETRYING = "reconciliation failed; retrying";

    private final ObjectWriter<T> writer;
    private final Class<?> statusClass;
    private final InstantSource clock;

    /**
     * Creates a writer.
     *
     * @param clock clock for the transition times of conditions
     */
    public StatusWriter(ObjectWriter<T> writer, ApiType<T, ?> type, InstantSource clock) {
        this.writer = writer;
        this.statusClass = statusClass(type.objectClass());
        this.clock = clock;
    }

    /** Reports success: Ready is True with the reason {@code Succeeded}, and the generation is observed. */
    public Optional<T> ready(T object, String message, StatusExtras extras) throws IOException {
        return write(object, extras, next -> {
            next.remove(ConditionTypes.STALLED);
            next.remove(ConditionTypes.RECONCILING);
            next.set(ConditionTypes.READY, Conditions.TRUE, Reasons.SUCCEEDED, message);
            next.observe();
        });
    }

    /** Reports that a reconciliation is running: Reconciling is True and Ready is Unknown. */
    public Optional<T> progressing(T object, String message) throws IOException {
        return write(object, StatusExtras.NONE, next -> {
            next.remove(ConditionTypes.STALLED);
            next.set(ConditionTypes.RECONCILING, Conditions.TRUE, Reasons.PROGRESSING, message);
            next.set(ConditionTypes.READY, Conditions.UNKNOWN, Reasons.PROGRESSING, message);
        });
    }

    /** Reports a failure that is retried: Ready is False, and Reconciling stays True. */
    public Optional<T> failed(T object, String reason, String message, StatusExtras extras) throws IOException {
        return write(object, extras, next -> {
            next.remove(ConditionTypes.STALLED);
            next.set(ConditionTypes.RECONCILING, Conditions.TRUE, Reasons.PROGRESSING_WITH_RETRY, RETRYING);
            next.set(ConditionTypes.READY, Conditions.FALSE, reason, message);
        });
    }

    /**
     * Reports a failure that is not retried until the object changes: Stalled is True, Ready is False, and the generation
     * is observed.
     */
    public Optional<T> stalled(T object, String reason, String message, StatusExtras extras) throws IOException {
        return write(object, extras, next -> {
            next.remove(ConditionTypes.RECONCILING);
            next.set(ConditionTypes.STALLED, Conditions.TRUE, reason, message);
            next.set(ConditionTypes.READY, Conditions.FALSE, reason, message);
            next.observe();
        });
    }

    private Optional<T> write(T object, StatusExtras extras, Consumer<Draft> change) throws IOException {
        // a newer version of the object may have a newer spec: report what this run has seen
        long generation = Objects.requireNonNullElse(object.metadata().getGeneration(), 0L);
        Optional<String> request = requestOf(object);
        return writer.patchStatus(object, latest -> {
            Draft next = new Draft(latest, generation);
            request.ifPresent(value -> next.json.addProperty(HANDLED, value));
            change.accept(next);
            extras.conditions().forEach((type, state) -> {
                if (state == null) {
                    next.remove(type);
                } else {
                    next.set(type, state.status(), state.reason(), state.message());
                }
            });
            return next.build(extras.fields());
        });
    }

    private static Optional<String> requestOf(ToolkitObject<?, ?> object) {
        Map<String, String> annotations = object.metadata().getAnnotations();
        return annotations == null
                ? Optional.empty()
                : Optional.ofNullable(annotations.get(Annotations.RECONCILE_REQUESTED_AT));
    }

    private static Class<?> statusClass(Class<?> objectClass) {
        try {
            return objectClass.getMethod("status").getReturnType();
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(objectClass + " has no public method status()", e);
        }
    }

    /** The next status of one version of an object. */
    private final class Draft {

        private final List<V1Condition> before;
        private final List<V1Condition> conditions;
        private final JsonObject json;
        private final long generation;

        Draft(T object, long generation) {
            this.before = object.conditions();
            this.conditions = new ArrayList<>(before);
            Object status = object.status();
            this.json = status == null ? new JsonObject() : tree(status).getAsJsonObject();
            this.generation = generation;
        }

        void observe() {
            json.addProperty(OBSERVED_GENERATION, generation);
        }

        void set(String type, String status, String reason, String message) {
            V1Condition next = Conditions.next(before, type, status, reason, message, generation, clock);
            remove(type);
            conditions.add(next);
        }

        void remove(String type) {
            conditions.removeIf(condition -> type.equals(condition.getType()));
        }

        /** Returns the status without the fields that its type does not have. */
        JsonElement build(Map<String, ?> fields) {
            conditions.sort(Comparator.comparingInt(condition -> orderOf(condition.getType())));
            json.add("conditions", tree(conditions));
            fields.forEach((name, value) -> json.add(name, tree(value)));
            JsonObject known =
                    tree(ToolkitJson.gson().fromJson(json, statusClass)).getAsJsonObject();
            fields.forEach((name, value) -> {
                if (value != null && !known.has(name) && !isEmpty(tree(value))) {
                    throw new IllegalArgumentException(
                            "%s has no field \"%s\"".formatted(statusClass.getSimpleName(), name));
                }
            });
            return known;
        }

        private static int orderOf(@Nullable String type) {
            int position = ORDER.indexOf(type);
            return position < 0 ? ORDER.size() : position;
        }

        private static boolean isEmpty(JsonElement value) {
            return (value.isJsonArray() && value.getAsJsonArray().isEmpty())
                    || (value.isJsonObject() && value.getAsJsonObject().isEmpty());
        }

        private static JsonElement tree(@Nullable Object value) {
            return ToolkitJson.gson().toJsonTree(value);
        }
    }
}
