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
 * The JSON of the toolkit's records, and of the Kubernetes client in a program that uses them.
 *
 * <p>The client's own Gson refuses any object with a field that its generated models do not know, which a newer API
 * server may well send. This one ignores unknown fields everywhere. In reading a record, a required field that is
 * missing gets Go's zero value (an empty text, list or object): what an older API server stored must not stop an
 * informer. In writing a record, absent values are left out, and empty lists and maps unless the schema requires them. Free-form
 * JSON keeps all that it has. Times are written in UTC.
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
     * Makes the Kubernetes client use {@link #gson()}, for the whole process. Call it before the first use of a client;
     * calling it again is harmless.
     */
    public static void install() {
        JSON.setGson(GSON);
    }

    private static Gson create() {
        // metadata and conditions hold metav1.Time, whole seconds; leases and events hold MicroTime, exactly six digits
        Gson seconds = builder()
                .registerTypeAdapter(OffsetDateTime.class, OffsetDateTimeAdapter.SECONDS)
                .create();
        return builder()
                // first: Gson asks the factories registered last before all others
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
