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
 * The addresses under which this volume is served, stored on the volume as one small hidden file each. They distinguish
 * an artifact on another volume from one on this volume under another name, which happens when shards share a volume or
 * an address has changed. On a volume without addresses, every address that offers a file of this volume is added.
 */
final class VolumeAddresses {

    static final String DIRECTORY = ".sluice-addresses";

    /**
     * Marker file. Its absence means that the addresses must be collected, also after a crash during the collection.
     */
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

    /** Adds this process's own address. */
    void announce(String ownUrl) throws IOException {
        fence.check();
        Files.createDirectories(directory);
        write(authority(ownUrl));
    }

    /** Adds the addresses of earlier publishers, once in the life of a volume; call after {@link #announce}. */
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
     * Returns all addresses of the volume, those of other shards included; skips damaged files. Returns at most one
     * more than the limit, which {@link #isTooMany} detects; anybody who can write statuses can exceed it during the
     * collection.
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

    /** Whether addresses may have been left out; an artifact under an unknown address may then be on this volume. */
    static boolean isTooMany(Set<String> addresses) {
        return addresses.size() > MAX_ADDRESSES;
    }

    /** The normalized host and port of a URL; empty if it has no host. */
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

    /** Whether the artifact's directory exists here; the path may have been edited. */
    private boolean isStoredHere(Artifact artifact) {
        return ArtifactDirectories.of(artifact)
                .map(key -> base.resolve(ArtifactDirectories.path(key)))
                .filter(Files::isDirectory)
                .isPresent();
    }

    /** Writes an address file unless it exists; rewrites a damaged one. */
    private void write(String address) throws IOException {
        Path file = fileOf(address);
        try {
            if (content(file).equals(address)) {
                return;
            }
        } catch (NoSuchFileException e) {
            // normal at the first start
        }
        AtomicFile.write(file, address + "\n", fence);
    }

    private static boolean isHidden(Path file) {
        return file.getFileName().toString().startsWith(".");
    }

    /** The content as text; the file name, its hash, determines whether it is a valid address. */
    private static String content(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).strip();
    }

    private Path fileOf(String address) {
        return directory.resolve(Digest.ofBytes(DigestAlgorithm.SHA256, address.getBytes(StandardCharsets.UTF_8))
                .hex()
                .substring(0, NAME_LENGTH));
    }
}
