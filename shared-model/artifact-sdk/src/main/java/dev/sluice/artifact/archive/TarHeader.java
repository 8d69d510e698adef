package dev.sluice.artifact.archive;

import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The header blocks of one entry: a POSIX ustar header, preceded by a PAX header if the name does not fit or is not
 * ASCII, or the size needs more than eleven octal digits.
 */
final class TarHeader {

    /** 8 GiB - 1; larger sizes need a PAX header. */
    static final long MAX_USTAR_SIZE = 0_77777777777L;

    private static final int NAME_LENGTH = 100;
    private static final int PREFIX_LENGTH = 155;
    private static final String PAX_NAME = "././@PaxHeader";

    private final String name;
    private final char type;
    private final int mode;
    private final long size;

    private TarHeader(String name, char type, int mode, long size) {
        this.name = name;
        this.type = type;
        this.mode = mode;
        this.size = size;
    }

    static TarHeader of(FileTree.Node node) {
        if (node.entry() instanceof FileEntry file) {
            return new TarHeader(node.path().toString(), '0', file.executable() ? 0700 : 0600, file.size());
        }
        return new TarHeader(node.path() + "/", '5', 0750, 0);
    }

    byte[] toBytes() {
        ByteArrayOutputStream blocks = new ByteArrayOutputStream(TarBlocks.BLOCK);
        @Nullable Split split = isAscii() ? split() : null;
        String records = (split == null ? record("path", name) : "")
                + (size > MAX_USTAR_SIZE ? record("size", Long.toString(size)) : "");
        if (!records.isEmpty()) {
            writePax(blocks, records.getBytes(StandardCharsets.UTF_8));
        }
        blocks.writeBytes(block(split == null ? shortened() : split, type, mode, size));
        return blocks.toByteArray();
    }

    private static void writePax(ByteArrayOutputStream blocks, byte[] records) {
        blocks.writeBytes(block(new Split("", PAX_NAME), 'x', 0600, records.length));
        int padded = (records.length + TarBlocks.BLOCK - 1) / TarBlocks.BLOCK * TarBlocks.BLOCK;
        blocks.writeBytes(Arrays.copyOf(records, padded));
    }

    /** The prefix and name fields of a header. */
    private record Split(String prefix, String name) {}

    private boolean isAscii() {
        return name.chars().allMatch(c -> c < 0x80);
    }

    /** Splits the name at a slash into both fields; null if it does not fit. */
    private @Nullable Split split() {
        if (name.length() <= NAME_LENGTH) {
            return new Split("", name);
        }
        int slash = name.lastIndexOf('/', Math.min(PREFIX_LENGTH, name.length() - 2));
        return slash > 0 && name.length() - slash - 1 <= NAME_LENGTH
                ? new Split(name.substring(0, slash), name.substring(slash + 1))
                : null;
    }

    /** Returns a name for readers without PAX support: its beginning in ASCII, without a trailing slash. */
    private Split shortened() {
        String start = name.substring(0, Math.min(NAME_LENGTH, name.length()));
        return new Split("", start.replaceAll("[^\\x00-\\x7f]", "_").replaceAll("/+$", ""));
    }

    /** A record starts with its length, which includes the digits of the length itself. */
    private static String record(String key, String value) {
        String rest = " " + key + "=" + value + "\n";
        int restLength = rest.getBytes(StandardCharsets.UTF_8).length;
        int length = restLength + Integer.toString(restLength).length();
        if (restLength + Integer.toString(length).length() != length) {
            length++;
        }
        return length + rest;
    }

    private static byte[] block(Split split, char type, int mode, long size) {
        byte[] block = new byte[TarBlocks.BLOCK];
        put(block, 0, split.name());
        putOctal(block, 100, 8, mode);
        putOctal(block, 108, 8, 0);
        putOctal(block, 116, 8, 0);
        putOctal(block, 124, 12, size > MAX_USTAR_SIZE ? 0 : size);
        putOctal(block, 136, 12, 0);
        put(block, 148, "        ");
        block[156] = (byte) type;
        put(block, 257, "ustar\00000");
        putOctal(block, 329, 8, 0);
        putOctal(block, 337, 8, 0);
        put(block, 345, split.prefix());
        putOctal(block, 148, 7, sum(block));
        return block;
    }

    private static int sum(byte[] block) {
        int sum = 0;
        for (byte b : block) {
            sum += b & 0xff;
        }
        return sum;
    }

    /** Writes digits with leading zeros, and a NUL at the end of the field. */
    private static void putOctal(byte[] block, int offset, int width, long value) {
        long rest = value;
        for (int i = offset + width - 2; i >= offset; i--) {
            block[i] = (byte) ('0' + (rest & 7));
            rest >>>= 3;
        }
        block[offset + width - 1] = 0;
    }

    private static void put(byte[] block, int offset, String ascii) {
        byte[] bytes = ascii.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, block, offset, bytes.length);
    }
}
