package dev.sluice.controller.request;

import com.google.gson.JsonObject;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import dev.sluice.toolkit.json.ToolkitJson;
import dev.sluice.toolkit.meta.ApiKind;
import dev.sluice.toolkit.meta.ApiType;
import dev.sluice.toolkit.meta.ObjectKey;
import io.kubernetes.client.common.KubernetesObject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ObjIntConsumer;

/**
 * Decodes single objects from the API server. Every failure to decode an object, whatever its content, is an {@link
 * UnreadableObjectException}. As thread-safe as the function it is given.
 *
 * @param <T> the kind of object
 */
public final class ObjectDecoder<T extends KubernetesObject> {

    private static final String METADATA = "metadata";

    private final ApiKind kind;
    private final Class<T> type;
    private final ObjIntConsumer<? super T> accept;

    /**
     * Creates a decoder.
     *
     * @param accept called with each object and its size in bytes; if it throws, the object counts as unreadable
     */
    public ObjectDecoder(ApiType<T, ?> type, ObjIntConsumer<? super T> accept) {
        this.kind = type.kind();
        this.type = type.objectClass();
        this.accept = accept;
    }

    /**
     * Decodes an object.
     *
     * @param json UTF-8
     */
    public T decode(byte[] json) throws UnreadableObjectException {
        return decode(reader(json), json.length);
    }

    private T decode(JsonReader reader, int size) throws UnreadableObjectException {
        try {
            T object = ToolkitJson.gson().fromJson(reader, type);
            if (object == null) {
                throw new IllegalArgumentException("null instead of an object");
            }
            accept.accept(object, size);
            return object;
        } catch (RuntimeException | StackOverflowError | AssertionError e) {
            String reason = UnreadableObjectException.reason(reader.getPreviousPath(), e);
            throw new UnreadableObjectException("read a " + kind.kind(), reason, e);
        }
    }

    /** Returns the identity of an object that {@link #decode} refused; empty if the object has no name. */
    public Optional<UnreadableObject> identify(byte[] json, UnreadableObjectException failure) {
        try {
            Map<String, String> metadata = metadata(reader(json));
            ObjectKey key = new ObjectKey(metadata.getOrDefault("namespace", ""), metadata.getOrDefault("name", ""));
            return Optional.of(new UnreadableObject(
                    key,
                    metadata.getOrDefault("uid", ""),
                    metadata.getOrDefault("resourceVersion", ""),
                    failure.reason()));
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** Returns an object of this kind with only its identity; empty if the type requires further fields. */
    public Optional<T> bare(UnreadableObject object) {
        JsonObject metadata = new JsonObject();
        metadata.addProperty("name", object.key().name());
        metadata.addProperty("namespace", object.key().namespace());
        metadata.addProperty("uid", object.uid());
        metadata.addProperty("resourceVersion", object.resourceVersion());
        JsonObject json = new JsonObject();
        json.addProperty("apiVersion", kind.apiVersion());
        json.addProperty("kind", kind.kind());
        json.add(METADATA, metadata);
        try {
            return Optional.of(decode(new JsonReader(new StringReader(json.toString())), 0));
        } catch (UnreadableObjectException e) {
            return Optional.empty();
        }
    }

    /** Returns the string fields of the metadata; skips everything else at any depth. */
    private static Map<String, String> metadata(JsonReader reader) throws IOException {
        reader.setNestingLimit(Integer.MAX_VALUE);
        Map<String, String> texts = new HashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
            if (!reader.nextName().equals(METADATA)) {
                reader.skipValue();
                continue;
            }
            reader.beginObject();
            while (reader.hasNext()) {
                String name = reader.nextName();
                if (reader.peek() == JsonToken.STRING) {
                    texts.put(name, reader.nextString());
                } else {
                    reader.skipValue();
                }
            }
            return texts;
        }
        throw new IOException("no metadata");
    }

    private static JsonReader reader(byte[] json) {
        return new JsonReader(new InputStreamReader(new ByteArrayInputStream(json), StandardCharsets.UTF_8));
    }
}
