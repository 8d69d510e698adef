package dev.sluice.kubeapi.protobuf;

import java.nio.ByteBuffer;

/** Reads the fields of a protobuf message. */
final class Wire {

    /** The bytes are not a valid message. */
    static final class MalformedException extends Exception {

        private static final long serialVersionUID = 1L;

        MalformedException(String message) {
            super(message, null, false, false);
        }
    }

    /** A field's value: a number, or the bytes of all other types. */
    record Field(int number, long varint, ByteBuffer bytes) {}

    private static final ByteBuffer NO_BYTES = ByteBuffer.allocate(0);

    private final ByteBuffer message;

    Wire(ByteBuffer message) {
        this.message = message;
    }

    boolean hasNext() {
        return message.hasRemaining();
    }

    Field next() throws MalformedException {
        long tag = varint();
        int number = (int) (tag >>> 3);
        return switch ((int) (tag & 7)) {
            case 0 -> new Field(number, varint(), NO_BYTES);
            case 1 -> new Field(number, 0, slice(8));
            case 2 -> new Field(number, 0, slice(varint()));
            case 5 -> new Field(number, 0, slice(4));
            default -> throw new MalformedException("unknown wire type " + (tag & 7));
        };
    }

    private ByteBuffer slice(long length) throws MalformedException {
        if (length < 0 || length > message.remaining()) {
            throw new MalformedException("field of " + length + " bytes exceeds the message");
        }
        ByteBuffer slice = message.slice(message.position(), (int) length);
        message.position(message.position() + (int) length);
        return slice;
    }

    private long varint() throws MalformedException {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (!message.hasRemaining()) {
                throw new MalformedException("truncated number");
            }
            byte next = message.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new MalformedException("number too long");
    }

    static byte[] copy(ByteBuffer bytes) {
        byte[] array = new byte[bytes.remaining()];
        bytes.duplicate().get(array);
        return array;
    }
}
