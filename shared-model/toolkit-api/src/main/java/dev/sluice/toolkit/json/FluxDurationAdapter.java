package dev.sluice.toolkit.json;

import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import dev.sluice.toolkit.meta.FluxDuration;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Preserves the text of durations. */
final class FluxDurationAdapter extends TypeAdapter<@Nullable FluxDuration> {

    @Override
    public void write(JsonWriter out, @Nullable FluxDuration duration) throws IOException {
        out.value(duration == null ? null : duration.text());
    }

    @Override
    public @Nullable FluxDuration read(JsonReader in) throws IOException {
        if (in.peek() == JsonToken.NULL) {
            in.nextNull();
            return null;
        }
        return FluxDuration.of(in.nextString());
    }
}
