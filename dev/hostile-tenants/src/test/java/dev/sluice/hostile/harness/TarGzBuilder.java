package dev.sluice.hostile.harness;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Builds tar.gz archives without a library, so that they can be invalid. */
public final class TarGzBuilder implements AutoCloseable {

    private static final int BLOCK = 512;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final OutputStream gzip;

    private TarGzBuilder(int level) {
        try {
            gzip = new GZIPOutputStream(bytes, 1 << 16) {
                {
                    def.setLevel(level);
                }
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static TarGzBuilder create() {
        return new TarGzBuilder(Deflater.BEST_SPEED);
    }

    /** An archive with one text file. */
    public static byte[] of(String name, String content) {
        return create().file(name, content).bytes();
    }

    public TarGzBuilder file(String name, String content) {
        return file(name, content.getBytes(StandardCharsets.UTF_8));
    }

    public TarGzBuilder file(String name, byte[] content) {
        write(header(name, '0', content.length), BLOCK);
        write(content, content.length);
        return write(new byte[BLOCK], (BLOCK - content.length % BLOCK) % BLOCK);
    }

    public TarGzBuilder directory(String name) {
        return write(header(name + "/", '5', 0), BLOCK);
    }

    /** Appends raw bytes. */
    public TarGzBuilder raw(byte[] raw) {
        return write(raw, raw.length);
    }

    public byte[] bytes() {
        write(new byte[2 * BLOCK], 2 * BLOCK);
        close();
        return bytes.toByteArray();
    }

    /** The header of an entry; a name of more than 100 bytes is split at a slash, as ustar does. */
    public static byte[] header(String name, char type, long size) {
        byte[] block = new byte[BLOCK];
        int split = name.length() <= 100 ? -1 : name.lastIndexOf('/', 154);
        put(block, 345, split < 0 ? "" : name.substring(0, split));
        put(block, 0, name.substring(split + 1));
        put(block, 100, "0000644\0");
        put(block, 124, octal(size, 11) + "\0");
        put(block, 136, "00000000000\0");
        put(block, 148, "        ");
        block[156] = (byte) type;
        put(block, 257, "ustar\00000");
        int sum = 0;
        for (byte value : block) {
            sum += value & 0xff;
        }
        put(block, 148, octal(sum, 6) + "\0 ");
        return block;
    }

    /** Much faster than {@code String.format}, which matters with half a million entries. */
    private static String octal(long value, int digits) {
        String octal = Long.toOctalString(value);
        return "0".repeat(digits - octal.length()) + octal;
    }

    private static void put(byte[] block, int at, String text) {
        byte[] ascii = text.getBytes(StandardCharsets.ISO_8859_1);
        System.arraycopy(ascii, 0, block, at, ascii.length);
    }

    private TarGzBuilder write(byte[] content, int length) {
        try {
            gzip.write(content, 0, length);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            gzip.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
