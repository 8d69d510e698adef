package dev.sluice.reconciler.volume;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.storage.AtomicFile;
import dev.sluice.artifact.storage.WriteFence;
import dev.sluice.toolkit.source.ExternalArtifact;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * The addresses under which this volume is offered, kept on the volume itself as one small hidden file each: only with
 * them can "points elsewhere" be told from "is offered under another name", when shards share a volume or an address was
 * changed. On a volume that has none yet, every address that offers a file that is here counts as one of its own.
 */
final class VolumeAddresses {

    static final String DIRECTORY = ".sluice-addresses";

    /** Its absence says that the addresses have yet to be collected, also after a process was killed over it. */
    private static final String COLLECTED = ".collected";

    private static final int MAX_ADDRESSES = 1_000;
    private static final long MAX_FILE_BYTES = 1_024;
    private static final int NAME_LENGTH = 32;

    private final Path base;
    private final Path directory;
    private final WriteFence fence;

    VolumeAddresses(Path base, WriteFence fence) {
        this.base = base;
        this.fence = fence;
        this.directory = base.resolve(DIRECTORY);
    }

    /** Adds the own address. */
    void announce(String ownUrl) throws IOException {
        fence.check();
        Files.createDirectories(directory);
        write(authority(ownUrl));
    }

    /** Once in the life of a volume, adds those of whoever published files of it before; after {@link #announce}. */
    void collect(ExternalArtifactLister published) throws IOException {
        Path collected = directory.resolve(COLLECTED);
        if (Files.exists(collected, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Set<String> found = new HashSet<>();
        published.forEachLive(artifact -> addIfStoredHere(artifact, found));
        for (String address : found) {
            write(address);
        }
        AtomicFile.write(collected, "", fence);
    }

    /**
     * All addresses of the volume, those that other shards added meanwhile too; of a damaged file none. If there are too
     * many, as whoever may write statuses can have it when the addresses are collected, some are left out.
     */
    Set<String> read() throws IOException {
        Set<String> addresses = new HashSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, file -> !isHidden(file))) {
            for (Path file : files) {
                if (Files.size(file) <= MAX_FILE_BYTES) {
                    String address = content(file);
                    if (fileOf(address).equals(file)) {
                        addresses.add(address);
                    }
                }
                if (isTooMany(addresses)) {
                    break;
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return addresses;
    }

    /** Whether some may have been left out: what is offered under another one may be of this volume all the same. */
    static boolean isTooMany(Set<String> addresses) {
        return addresses.size() > MAX_ADDRESSES;
    }

    /** Host and port of a URL, as they compare: empty when it has none, which is no address of anybody. */
    static String authority(String url) {
        try {
            URI uri = new URI(url);
            if (uri.getHost() == null) {
                return "";
            }
            String host = uri.getHost().toLowerCase(Locale.ROOT);
            String relative = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
            return uri.getPort() < 0 ? relative : relative + ":" + uri.getPort();
        } catch (URISyntaxException e) {
            return "";
        }
    }

    private void addIfStoredHere(ExternalArtifact object, Set<String> addresses) {
        object.artifact()
                .filter(artifact -> addresses.size() <= MAX_ADDRESSES && isStoredHere(artifact))
                .map(artifact -> authority(artifact.url()))
                .filter(address -> !address.isEmpty())
                .ifPresent(addresses::add);
    }

    /** The path was written by somebody else: one that leads nowhere is simply not here. */
    private boolean isStoredHere(Artifact artifact) {
        return ArtifactDirectories.of(artifact)
                .map(key -> base.resolve(ArtifactDirectories.path(key)))
                .filter(Files::isDirectory)
                .isPresent();
    }

    /** Written once and never changed; a file that was damaged is written again. */
    private void write(String address) throws IOException {
        Path file = fileOf(address);
        try {
            if (content(file).equals(address)) {
                return;
            }
        } catch (NoSuchFileException e) {
            // the usual first start
        }
        AtomicFile.write(file, address + "\n", fence);
    }

    private static boolean isHidden(Path file) {
        return file.getFileName().toString().startsWith(".");
    }

    /** Any bytes are some text; whether it is an address is told by the file's name. */
    private static String content(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
    }

    private Path fileOf(String address) {
        return directory.resolve(Digest.ofBytes(DigestAlgorithm.SHA256, address.getBytes(StandardCharsets.UTF_8))
                .hex()
                .substring(0, NAME_LENGTH));
    }
}
