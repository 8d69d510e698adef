package dev.sluice.toolkit.json;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.sluice.toolkit.meta.FluxDuration;
import dev.sluice.toolkit.meta.JsonValue;
import io.gsonfire.GsonFireBuilder;
import io.kubernetes.client.custom.IntOrString;
import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.gson.V1StatusPreProcessor;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1Condition;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import io.kubernetes.client.openapi.models.V1Status;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;

/**
 * JSON for the toolkit's records, and for the Kubernetes client in a program that uses them.
 *
 * <p>The client's own Gson rejects objects with fields that its generated models do not have, which a newer API server
 * may send. This one ignores unknown fields. When reading a record, a missing required field gets Go's zero value (an
 * empty string, list or object), so that objects stored by an older API server do not stop an informer. When writing a
 * record, absent values are omitted, as are empty lists and maps unless the schema requires them. Free-form JSON is
 * preserved completely. Times are written in UTC.
 *
 * <p>Thread-safe.
 */
public final class ToolkitJson {

    private static final Gson GSON = create();

    private ToolkitJson() {}

    public static Gson gson() {
        return GSON;
    }

    /**
     * Makes the Kubernetes client use {@link #gson()}, for the whole process, so that its own typed APIs, such as {@code
     * CoreV1Api}, ignore unknown fields and can read and write records. Not needed for {@link
     * dev.sluice.toolkit.meta.ApiType#api}, nor for the libraries of this project. Call it before a client is first used.
     * Idempotent.
     */
    public static void install() {
        JSON.setGson(GSON);
    }

    private static Gson create() {
        // metadata and conditions use metav1.Time, whole seconds; leases and events use MicroTime, exactly six digits
        Gson seconds = builder()
                .registerTypeAdapter(OffsetDateTime.class, OffsetDateTimeAdapter.SECONDS)
                .create();
        return builder()
                // register this first, because Gson asks the factories registered last first
                .registerTypeAdapterFactory(new RecordAdapterFactory())
                .registerTypeAdapter(OffsetDateTime.class, OffsetDateTimeAdapter.MICROS)
                .registerTypeAdapter(Instant.class, new InstantAdapter())
                .registerTypeAdapter(FluxDuration.class, new FluxDurationAdapter())
                .registerTypeAdapter(JsonValue.class, new JsonValueAdapter())
                .registerTypeAdapter(V1Condition.class, seconds.getAdapter(V1Condition.class))
                .registerTypeAdapter(V1ObjectMeta.class, new MetadataAdapter(seconds))
                .create();
    }

    private static GsonBuilder builder() {
        return new GsonFireBuilder()
                .registerPreProcessor(V1Status.class, new V1StatusPreProcessor())
                .createGsonBuilder()
                .disableHtmlEscaping()
                .registerTypeAdapter(byte[].class, new JSON.ByteArrayAdapter())
                .registerTypeAdapter(LocalDate.class, new JSON.LocalDateTypeAdapter())
                .registerTypeAdapter(IntOrString.class, new IntOrString.IntOrStringAdapter())
                .registerTypeAdapter(Quantity.class, new Quantity.QuantityAdapter());
    }
}
