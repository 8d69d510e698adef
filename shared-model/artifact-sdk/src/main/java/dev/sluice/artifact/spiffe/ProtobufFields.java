package dev.sluice.artifact.spiffe;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The strings, bytes and messages of a protobuf message, by field number. The Workload API has no fields of other types. */
final class ProtobufFields {

    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED_32 = 5;

    private final Map<Integer, List<ByteBuffer>> values = new HashMap<>();

    /** @throws IOException if the message is truncated or invalid; does not quote it, because it can contain a key */
    static ProtobufFields read(ByteBuffer message) throws IOException {
        ProtobufFields fields = new ProtobufFields();
        try {
            ByteBuffer in = message.duplicate();
            while (in.hasRemaining()) {
                fields.readField(in);
            }
            return fields;
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new IOException("the Workload API sent an invalid message");
        }
    }

    private void readField(ByteBuffer in) throws IOException {
        long key = readVarint(in);
        int field = (int) (key >>> 3);
        switch ((int) key & 7) {
            case VARINT -> readVarint(in);
            case FIXED_64 -> in.getLong();
            case FIXED_32 -> in.getInt();
            case LENGTH_DELIMITED -> {
                int length = Math.toIntExact(readVarint(in));
                values.computeIfAbsent(field, ignored -> new ArrayList<>()).add(in.slice(in.position(), length));
                in.position(in.position() + length);
            }
            default -> throw new IOException("the Workload API sent a message in an unknown format");
        }
    }

    private static long readVarint(ByteBuffer in) throws IOException {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7fL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IOException("the Workload API sent an invalid message");
    }

    /** Returns the values of a repeated field. */
    List<ByteBuffer> all(int field) {
        return values.getOrDefault(field, List.of());
    }

    /** Returns the last value of a field; empty bytes if it is absent, as in protobuf. */
    byte[] bytes(int field) {
        List<ByteBuffer> all = all(field);
        if (all.isEmpty()) {
            return new byte[0];
        }
        ByteBuffer last = all.get(all.size() - 1);
        byte[] bytes = new byte[last.remaining()];
        last.duplicate().get(bytes);
        return bytes;
    }
}
