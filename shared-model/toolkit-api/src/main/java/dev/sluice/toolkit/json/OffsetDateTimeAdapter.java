package dev.sluice.toolkit.json;

import com.google.gson.JsonSyntaxException;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import org.jspecify.annotations.Nullable;

/**
 * RFC 3339 times, parsed as leniently as by the API server ({@link ApiTime}). Converts times to UTC; the client's own
 * adapter writes a time with another offset as if it were UTC.
 */
final class OffsetDateTimeAdapter extends TypeAdapter<@Nullable OffsetDateTime> {

    /** Format of {@code metav1.Time}: no empty fraction. */
    static final OffsetDateTimeAdapter SECONDS = new OffsetDateTimeAdapter(DateTimeFormatter.ISO_OFFSET_DATE_TIME);

    /** Format of {@code metav1.MicroTime}, whose Go parser requires six digits; {@code metav1.Time} accepts it too. */
    static final OffsetDateTimeAdapter MICROS = new OffsetDateTimeAdapter(new DateTimeFormatterBuilder()
            .appendPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS")
            .appendOffsetId()
            .toFormatter());

    private final DateTimeFormatter format;

    private OffsetDateTimeAdapter(DateTimeFormatter format) {
        this.format = format;
    }

    @Override
    public void write(JsonWriter out, @Nullable OffsetDateTime time) throws IOException {
        out.value(time == null ? null : format.format(time.withOffsetSameInstant(ZoneOffset.UTC)));
    }

    @Override
    public @Nullable OffsetDateTime read(JsonReader in) throws IOException {
        if (in.peek() == JsonToken.NULL) {
            in.nextNull();
            return null;
        }
        return parse(in.nextString(), in);
    }

    static OffsetDateTime parse(String text, JsonReader in) {
        try {
            return ApiTime.parse(text);
        } catch (DateTimeException e) {
            throw new JsonSyntaxException(e.getMessage() + " at " + in.getPreviousPath(), e);
        }
    }
}
