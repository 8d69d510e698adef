package io.kubernetes.client.openapi;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import dev.sluice.toolkit.json.ToolkitJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;

/**
 * Replaces the client's class of the same name, which loads an adapter factory for each of its 768 models when it is
 * initialized; see docs/adr/0012. It has the methods that the rest of the client calls in this service. The class path
 * of the service starts with its own classes.
 */
public class JSON {

    private static volatile Gson gson = ToolkitJson.gson();

    public static Gson getGson() {
        return gson;
    }

    public static void setGson(Gson other) {
        gson = other;
    }

    public static String serialize(Object value) {
        return gson.toJson(value);
    }

    /** Returns a body that is not JSON as it is, if a string is expected. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public static <T> T deserialize(String body, Type type) {
        try {
            return gson.fromJson(body, type);
        } catch (JsonParseException e) {
            if (type.equals(String.class)) {
                return (T) body;
            }
            throw e;
        }
    }

    @SuppressWarnings("TypeParameterUnusedInFormals")
    public static <T> T deserialize(InputStream body, Type type) {
        try (Reader reader = new InputStreamReader(body, StandardCharsets.UTF_8)) {
            return gson.fromJson(reader, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
