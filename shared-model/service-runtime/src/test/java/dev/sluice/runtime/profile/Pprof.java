package dev.sluice.runtime.profile;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Reads the parts of {@code profile.proto} that tests need; fails if the input is not protobuf. */
record Pprof(int samples, List<String> strings) {

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int SAMPLE = 2;
    private static final int STRING = 6;

    static Pprof read(byte[] gzipped) throws IOException {
        byte[] proto;
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(gzipped))) {
            proto = in.readAllBytes();
        }
        Reader reader = new Reader(proto);
        List<String> strings = new ArrayList<>();
        Map<Integer, Integer> counts = new HashMap<>();
        while (reader.position < proto.length) {
            int tag = (int) reader.varint();
            counts.merge(tag >>> 3, 1, Integer::sum);
            switch (tag & 7) {
                case VARINT -> reader.varint();
                case FIXED64 -> reader.position += 8;
                case BYTES -> {
                    String text = reader.bytes();
                    if (tag >>> 3 == STRING) {
                        strings.add(text);
                    }
                }
                default -> throw new IOException("wire type " + (tag & 7) + " at " + reader.position);
            }
        }
        return new Pprof(counts.getOrDefault(SAMPLE, 0), strings);
    }

    private static final class Reader {

        private final byte[] proto;
        private int position;

        Reader(byte[] proto) {
            this.proto = proto;
        }

        long varint() {
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                byte next = proto[position++];
                value |= (long) (next & 0x7F) << shift;
                if (next >= 0) {
                    return value;
                }
            }
        }

        String bytes() {
            int length = (int) varint();
            position += length;
            return new String(proto, position - length, length, StandardCharsets.UTF_8);
        }
    }
}
