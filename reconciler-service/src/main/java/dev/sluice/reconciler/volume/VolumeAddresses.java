package dev.sluice.reconciler.volume;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.storage.Artifact;
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

    private static final int MAX_ADDRESSES = 1_000;
    private static final long MAX_FILE_BYTES = 1_024;
    private static final int NAME_LENGTH = 32;

    private final Path base;
    private final Path directory;

    VolumeAddresses(Path base) {
        this.base = base;
        this.directory = base.resolve(DIRECTORY);
    }

    /** Adds the own address; the first time also those of whoever published files of this volume before. */
    void prepare(String ownUrl, PublishedArtifacts published) throws IOException {
        Set<String> added = new HashSet<>(Set.of(authority(ownUrl)));
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            published.forEachLive(artifact -> addIfStoredHere(artifact, added));
            Files.createDirectories(directory);
        }
        for (String address : added) {
            write(address);
        }
    }

    /** All addresses of the volume, those that other shards added meanwhile too. */
    Set<String> read() throws IOException {
        Set<String> addresses = new HashSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (addresses.size() < MAX_ADDRESSES && Files.size(file) <= MAX_FILE_BYTES) {
                    addresses.add(Files.readString(file).strip());
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return addresses;
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
                .filter(artifact -> addresses.size() < MAX_ADDRESSES && isStoredHere(artifact))
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

    /** Written once and never changed; a file that a killed process left empty is written again. */
    private void write(String address) throws IOException {
        Path file = directory.resolve(Digest.ofBytes(DigestAlgorithm.SHA256, address.getBytes(StandardCharsets.UTF_8))
                .hex()
                .substring(0, NAME_LENGTH));
        try {
            if (Files.readString(file).strip().equals(address)) {
                return;
            }
        } catch (NoSuchFileException e) {
            // the usual first start
        }
        Files.writeString(file, address + "\n");
    }
}
