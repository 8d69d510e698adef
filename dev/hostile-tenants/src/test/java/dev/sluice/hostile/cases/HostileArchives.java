package dev.sluice.hostile.cases;

import dev.sluice.hostile.harness.TarGzBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/** Archives that are small compressed and large unpacked; each is built once per JVM. */
final class HostileArchives {

    private static final int MEGABYTE = 1 << 20;
    private static final Map<String, byte[]> MADE = new ConcurrentHashMap<>();

    private HostileArchives() {}

    /** Builds one archive at a time, to leave processor time to the services, which a cluster would not share with it. */
    private static synchronized byte[] once(String name, Supplier<byte[]> make) {
        return MADE.computeIfAbsent(name, key -> make.get());
    }

    static byte[] emptyFiles(int count) {
        return once("files " + count, () -> {
            TarGzBuilder tar = TarGzBuilder.create();
            for (int i = 0; i < count; i++) {
                tar.file("d" + i / 1_000 + "/f" + i, "");
            }
            return tar.bytes();
        });
    }

    static byte[] directories(int count) {
        return once("directories " + count, () -> {
            TarGzBuilder tar = TarGzBuilder.create();
            for (int i = 0; i < count; i++) {
                tar.directory("apps/n" + i);
            }
            return tar.bytes();
        });
    }

    /** Files of 4 GiB of zeros each, in identical gzip members. */
    static byte[] zeros(int files) {
        return once("zeros " + files, () -> {
            byte[] member = gzip(new byte[64 * MEGABYTE]);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (int i = 0; i < files; i++) {
                out.writeBytes(gzip(TarGzBuilder.header("zeros" + i, '0', 4096L * MEGABYTE)));
                IntStream.range(0, 64).forEach(part -> out.writeBytes(member));
            }
            out.writeBytes(gzip(new byte[1024]));
            return out.toByteArray();
        });
    }

    /** A file in this many nested directories. */
    static byte[] deep(int depth) {
        return once("deep " + depth, () -> {
            String path = "d/".repeat(depth) + "f";
            return TarGzBuilder.create()
                    .raw(TarGzBuilder.header("././@LongLink", 'L', path.length() + 1L))
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

    /** An archive with a file name of this many megabytes. */
    static byte[] longName(int megabytes) {
        return once("name " + megabytes, () -> {
            TarGzBuilder tar =
                    TarGzBuilder.create().raw(TarGzBuilder.header("././@LongLink", 'L', (long) megabytes * MEGABYTE));
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
