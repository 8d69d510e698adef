package dev.sluice.toolkit.json;

import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** RFC 3339 times in UTC, with as many fractional digits as necessary. */
final class InstantAdapter extends TypeAdapter<@Nullable Instant> {

    @Override
    public void write(JsonWriter out, @Nullable Instant time) throws IOException {
        out.value(time == null ? null : time.toString());
    }

    @Override
    public @Nullable Instant read(JsonReader in) throws IOException {
        if (in.peek() == JsonToken.NULL) {
            in.nextNull();
            return null;
        }
        return OffsetDateTimeAdapter.parse(in.nextString(), in).toInstant();
    }
}
