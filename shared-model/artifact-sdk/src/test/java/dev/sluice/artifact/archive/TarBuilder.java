package dev.sluice.artifact.archive;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;

/** Builds tar archives byte by byte, including malformed ones that libraries refuse to write. */
final class TarBuilder {

    static final int BLOCK = 512;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    TarBuilder file(String name, String content) {
        return entry(name, '0', content.getBytes(StandardCharsets.UTF_8));
    }

    TarBuilder directory(String name) {
        return entry(name, '5', new byte[0]);
    }

    TarBuilder link(char type, String name, String target) {
        return entry(name.getBytes(StandardCharsets.UTF_8), type, new byte[0], header -> put(header, 157, target));
    }

    TarBuilder entry(String name, char type, byte[] content) {
        return entry(name.getBytes(StandardCharsets.UTF_8), type, content, header -> {});
    }

    /** Adds an entry whose header can be modified before its checksum is computed. */
    TarBuilder entry(byte[] name, char type, byte[] content, Consumer<byte[]> change) {
        byte[] header = new byte[BLOCK];
        System.arraycopy(name, 0, header, 0, Math.min(100, name.length));
        put(header, 100, "0000644\0");
        put(header, 108, "0000000\0");
        put(header, 116, "0000000\0");
        size(header, content.length);
        put(header, 136, "00000000000\0");
        header[156] = (byte) type;
        put(header, 257, "ustar\00000");
        change.accept(header);
        checksum(header);
        out.writeBytes(header);
        out.writeBytes(content);
        out.writeBytes(new byte[-content.length & (BLOCK - 1)]);
        return this;
    }

    TarBuilder pax(String... keysAndValues) {
        return pax('x', keysAndValues);
    }

    TarBuilder pax(char type, String... keysAndValues) {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            records.writeBytes(record(keysAndValues[i], keysAndValues[i + 1].getBytes(StandardCharsets.UTF_8)));
        }
        return entry("PaxHeader", type, records.toByteArray());
    }

    static byte[] record(String key, byte[] value) {
        int rest = key.length() + value.length + 3;
        int length = rest + 1;
        while (Integer.toString(length).length() + rest != length) {
            length++;
        }
        ByteArrayOutputStream record = new ByteArrayOutputStream();
        record.writeBytes((length + " " + key + "=").getBytes(StandardCharsets.UTF_8));
        record.writeBytes(value);
        record.write('\n');
        return record.toByteArray();
    }

    TarBuilder gnuLongName(String name) {
        return entry("././@LongLink", 'L', (name + "\0").getBytes(StandardCharsets.UTF_8));
    }

    TarBuilder raw(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    /** Returns the archive with its end marker. */
    byte[] tar() {
        byte[] unended = out.toByteArray();
        return Arrays.copyOf(unended, unended.length + 2 * BLOCK);
    }

    byte[] tarWithoutEnd() {
        return out.toByteArray();
    }

    byte[] tarGz() {
        return gzip(tar());
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return compressed.toByteArray();
    }

    static void size(byte[] header, long size) {
        put(header, 124, String.format("%011o\0", size));
    }

    static void put(byte[] header, int offset, String ascii) {
        byte[] bytes = ascii.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }

    static void checksum(byte[] header) {
        Arrays.fill(header, 148, 156, (byte) ' ');
        int sum = 0;
        for (byte b : header) {
            sum += b & 0xff;
        }
        put(header, 148, String.format("%06o\0", sum));
    }
}
