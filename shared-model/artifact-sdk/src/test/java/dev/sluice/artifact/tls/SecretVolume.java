package dev.sluice.artifact.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** A directory that changes as the kubelet changes the volume of a Secret: it replaces the link {@code ..data}. */
public final class SecretVolume {

    private final Path directory;
    private int version;

    public SecretVolume(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
    }

    /** Replaces certificate and key at once. */
    public void write(TestAuthority.Issued issued, String authoritiesPem) throws IOException {
        write(Map.of(
                "tls.crt", issued.certificatePem(), "tls.key", issued.traditionalKeyPem(), "ca.crt", authoritiesPem));
    }

    /** Replaces all files at once. */
    public void write(Map<String, String> files) throws IOException {
        Path data = Files.createDirectories(directory.resolve("..version_" + ++version));
        for (Map.Entry<String, String> file : files.entrySet()) {
            Files.writeString(data.resolve(file.getKey()), file.getValue());
            Path link = directory.resolve(file.getKey());
            if (!Files.isSymbolicLink(link)) {
                Files.createSymbolicLink(link, Path.of("..data", file.getKey()));
            }
        }
        Path newLink = directory.resolve("..data_tmp");
        Files.createSymbolicLink(newLink, data.getFileName());
        Files.move(newLink, directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        remove(directory.resolve("..version_" + (version - 1)));
    }

    /** Removes all files. */
    public void clear() throws IOException {
        Files.deleteIfExists(directory.resolve("..data"));
    }

    private static void remove(Path old) throws IOException {
        if (Files.isDirectory(old)) {
            try (var files = Files.newDirectoryStream(old)) {
                for (Path file : files) {
                    Files.delete(file);
                }
            }
            Files.delete(old);
        }
    }

    public Path certificate() {
        return directory.resolve("tls.crt");
    }

    public Path privateKey() {
        return directory.resolve("tls.key");
    }

    public Path authorities() {
        return directory.resolve("ca.crt");
    }

    /** The files of a server that does not ask for client certificates. */
    public TlsFiles serverFiles() {
        return TlsFiles.none().withCertificate(certificate(), privateKey());
    }

    /** The files of a client with a certificate, or of a server that requires one. */
    public TlsFiles allFiles() {
        return serverFiles().withAuthorities(authorities());
    }
}
