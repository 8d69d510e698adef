package dev.sluice.hostile.cases;

import dev.sluice.hostile.arena.TarBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/** Archives that are small on the wire; each is made once. */
final class Bombs {

    private static final int MEGABYTE = 1 << 20;
    private static final Map<String, byte[]> MADE = new ConcurrentHashMap<>();

    private Bombs() {}

    /** One at a time: what a tenant prepares takes processor time that in a cluster is not that of the services. */
    private static synchronized byte[] once(String name, Supplier<byte[]> make) {
        return MADE.computeIfAbsent(name, key -> make.get());
    }

    static byte[] emptyFiles(int count) {
        return once("files " + count, () -> {
            TarBytes tar = TarBytes.create();
            for (int i = 0; i < count; i++) {
                tar.file("d" + i / 1_000 + "/f" + i, "");
            }
            return tar.bytes();
        });
    }

    static byte[] directories(int count) {
        return once("directories " + count, () -> {
            TarBytes tar = TarBytes.create();
            for (int i = 0; i < count; i++) {
                tar.directory("apps/n" + i);
            }
            return tar.bytes();
        });
    }

    /** Files of four gigabytes of zeros each, in gzip members that are all the same. */
    static byte[] zeros(int files) {
        return once("zeros " + files, () -> {
            byte[] member = gzip(new byte[64 * MEGABYTE]);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (int i = 0; i < files; i++) {
                out.writeBytes(gzip(TarBytes.header("zeros" + i, '0', 4096L * MEGABYTE)));
                IntStream.range(0, 64).forEach(part -> out.writeBytes(member));
            }
            out.writeBytes(gzip(new byte[1024]));
            return out.toByteArray();
        });
    }

    /** A file whose path has this many directories. */
    static byte[] deep(int depth) {
        return once("deep " + depth, () -> {
            String path = "d/".repeat(depth) + "f";
            return TarBytes.create()
                    .raw(TarBytes.header("././@LongLink", 'L', path.length() + 1L))
                    .raw(padded(path))
                    .file("short", "")
                    .bytes();
        });
    }

    private static byte[] padded(String text) {
        byte[] bytes = new byte[(text.length() / 512 + 1) * 512];
        System.arraycopy(text.getBytes(java.nio.charset.StandardCharsets.US_ASCII), 0, bytes, 0, text.length());
        return bytes;
    }

    /** An archive that has a name of this many megabytes. */
    static byte[] longName(int megabytes) {
        return once("name " + megabytes, () -> {
            TarBytes tar = TarBytes.create().raw(TarBytes.header("././@LongLink", 'L', (long) megabytes * MEGABYTE));
            byte[] block = "n".repeat(MEGABYTE).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
            IntStream.range(0, megabytes).forEach(i -> tar.raw(block));
            return tar.file("short", "").bytes();
        });
    }

    static byte[] gzip(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
