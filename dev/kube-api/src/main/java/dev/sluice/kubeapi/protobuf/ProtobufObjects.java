package dev.sluice.kubeapi.protobuf;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.protobuf.Wire.Field;
import dev.sluice.kubeapi.protobuf.Wire.MalformedException;
import dev.sluice.kubeapi.status.ApiException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Converts protobuf objects to JSON. A table in the same directory describes the messages. */
public final class ProtobufObjects {

    public static final String MEDIA_TYPE = "application/vnd.kubernetes.protobuf";

    private static final byte[] MAGIC = {'k', '8', 's', 0};
    private static final ObjectNode MESSAGES = Json.resource(ProtobufObjects.class, "messages.json");
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private ProtobufObjects() {}

    /**
     * Decodes an object; empty if its kind is not supported.
     *
     * @throws ApiException 400 if it is not a protobuf object
     */
    public static Optional<ObjectNode> decode(byte[] body) {
        if (body.length < MAGIC.length || !Arrays.equals(body, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw ApiException.badRequest(
                    "provided data does not appear to be a protobuf message, expected prefix k8s");
        }
        try {
            return envelope(ByteBuffer.wrap(body, MAGIC.length, body.length - MAGIC.length)
                    .slice());
        } catch (MalformedException | DateTimeException | JacksonException e) {
            throw ApiException.badRequest("cannot read the protobuf object: " + e.getMessage());
        }
    }

    private static Optional<ObjectNode> envelope(ByteBuffer body) throws MalformedException {
        ObjectNode type = Json.object();
        ByteBuffer raw = ByteBuffer.allocate(0);
        Wire wire = new Wire(body);
        while (wire.hasNext()) {
            Field field = wire.next();
            if (field.number() == 1) {
                type = message(field.bytes(), "TypeMeta");
            } else if (field.number() == 2) {
                raw = field.bytes();
            }
        }
        String name = Json.stringAt(type, "apiVersion") + "/" + Json.stringAt(type, "kind");
        if (!MESSAGES.has(name)) {
            return Optional.empty();
        }
        type.setAll(message(raw, name));
        return Optional.of(type);
    }

    private static ObjectNode message(ByteBuffer bytes, String type) throws MalformedException {
        ObjectNode object = Json.object();
        JsonNode fields = MESSAGES.path(type);
        Wire wire = new Wire(bytes);
        while (wire.hasNext()) {
            Field field = wire.next();
            String declared = Json.stringAt(fields, Integer.toString(field.number()));
            if (!declared.isEmpty()) {
                add(object, declared.split(" ", -1), field);
            }
        }
        return object;
    }

    /** {@code declaration}: name, then type, optionally preceded by {@code list} or {@code map}. */
    private static void add(ObjectNode object, String[] declaration, Field field) throws MalformedException {
        String name = declaration[0];
        switch (declaration[1]) {
            case "list" -> {
                ArrayNode list = object.get(name) instanceof ArrayNode known ? known : object.putArray(name);
                list.add(value(declaration[2], field));
            }
            case "map" -> {
                ObjectNode map = object.get(name) instanceof ObjectNode known ? known : object.putObject(name);
                entry(map, declaration[2], field.bytes());
            }
            default -> {
                JsonNode value = value(declaration[1], field);
                // clients write empty strings for missing values
                if (value != null && !(value.isString() && value.stringValue().isEmpty())) {
                    object.set(name, value);
                }
            }
        }
    }

    private static void entry(ObjectNode map, String type, ByteBuffer bytes) throws MalformedException {
        String key = "";
        JsonNode value = StringNode.valueOf("");
        Wire wire = new Wire(bytes);
        while (wire.hasNext()) {
            Field field = wire.next();
            if (field.number() == 1) {
                key = text(field.bytes());
            } else if (field.number() == 2) {
                value = value(type, field);
            }
        }
        map.set(key, value);
    }

    private static @Nullable JsonNode value(String type, Field field) throws MalformedException {
        return switch (type) {
            case "string" -> StringNode.valueOf(text(field.bytes()));
            case "base64" -> StringNode.valueOf(Base64.getEncoder().encodeToString(Wire.copy(field.bytes())));
            case "int" -> Json.number(field.varint());
            case "bool" -> BooleanNode.valueOf(field.varint() != 0);
            case "time" -> time(field.bytes(), DateTimeFormatter.ISO_INSTANT);
            case "microtime" -> time(field.bytes(), MICROS);
            case "json" -> json(field.bytes());
            default -> message(field.bytes(), type);
        };
    }

    private static String text(ByteBuffer bytes) {
        return new String(Wire.copy(bytes), StandardCharsets.UTF_8);
    }

    /** Returns null for the zero time, which means no time. */
    private static @Nullable JsonNode time(ByteBuffer bytes, DateTimeFormatter format) throws MalformedException {
        ObjectNode time = message(bytes, "Time");
        if (time.isEmpty()) {
            return null;
        }
        Instant instant = Instant.ofEpochSecond(Json.longAt(time, "seconds"), Json.longAt(time, "nanos"));
        return StringNode.valueOf(format.format(instant));
    }

    /** Decodes a message whose first field is JSON text. */
    private static @Nullable JsonNode json(ByteBuffer bytes) throws MalformedException {
        Wire wire = new Wire(bytes);
        return wire.hasNext() ? Json.parse(Wire.copy(wire.next().bytes())) : null;
    }
}
