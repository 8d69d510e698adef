package dev.sluice.artifact.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.artifact.digest.Digest;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.spool.SpoolFile;
import dev.sluice.artifact.tree.DirectoryTree;
import dev.sluice.artifact.tree.FileEntry;
import dev.sluice.artifact.tree.FileTree;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Other tar implementations read our archives, and we read theirs. */
class ArchiveInteropTest {

    private static final String PYTHON_READ = """
            import hashlib, sys, tarfile
            archive = tarfile.open(sys.argv[1], "r:gz", encoding="utf-8")
            with open(sys.argv[2], "w", encoding="utf-8") as out:
                for m in archive:
                    assert (m.uid, m.gid, m.uname, m.gname, m.mtime) == (0, 0, "", "", 0), m
                    digest = hashlib.sha256(archive.extractfile(m).read()).hexdigest() if m.isfile() else "directory"
                    out.write("%s %o %s\\n" % (m.name, m.mode, digest))
            """;

    private static final String GO_READ = """
            package main

            import (
            	"archive/tar"
            	"compress/gzip"
            	"crypto/sha256"
            	"fmt"
            	"io"
            	"os"
            	"strings"
            )

            func check(err error) {
            	if err != nil {
            		panic(err)
            	}
            }

            func main() {
            	in, err := os.Open(os.Args[1])
            	check(err)
            	out, err := os.Create(os.Args[2])
            	check(err)
            	gz, err := gzip.NewReader(in)
            	check(err)
            	reader := tar.NewReader(gz)
            	for {
            		h, err := reader.Next()
            		if err == io.EOF {
            			break
            		}
            		check(err)
            		digest := "directory"
            		if h.Typeflag == tar.TypeReg {
            			sum := sha256.New()
            			_, err = io.Copy(sum, reader)
            			check(err)
            			digest = fmt.Sprintf("%x", sum.Sum(nil))
            		}
            		if h.Uid != 0 || h.Gid != 0 || h.Uname != "" || h.Gname != "" || h.ModTime.Unix() != 0 {
            			panic(h)
            		}
            		fmt.Fprintf(out, "%s %o %s\\n", strings.TrimSuffix(h.Name, "/"), h.Mode, digest)
            	}
            	_, err = io.Copy(io.Discard, gz)
            	check(err)
            	check(out.Close())
            }
            """;

    @TempDir
    Path directory;

    private Path archive;
    private Path listing;
    private FileTree tree;

    @BeforeEach
    void write() throws IOException {
        archive = directory.resolve("archive.tar.gz");
        listing = directory.resolve("listing");
        FileTree.Builder all = FileTree.builder();
        for (FileTree sample : List.of(SampleTrees.small(), SampleTrees.oddNames(), SampleTrees.large())) {
            for (FileTree.Node node : sample.nodes()) {
                if (node.entry() instanceof FileEntry file) {
                    all.putFile(node.path(), file);
                } else {
                    all.putDirectory(node.path());
                }
            }
        }
        tree = all.build();
        try (OutputStream out = Files.newOutputStream(archive)) {
            TarGzWriter.write(tree, out);
        }
    }

    @Test
    void commonsCompressReadsIt() throws Exception {
        List<String> lines = new ArrayList<>();
        try (InputStream in = new GZIPInputStream(Files.newInputStream(archive));
                TarArchiveInputStream tar = new TarArchiveInputStream(in, "UTF-8")) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String name = entry.getName().replaceAll("/$", "");
                String digest = entry.isFile()
                        ? Digest.ofStream(DigestAlgorithm.SHA256, tar).hex()
                        : "directory";
                lines.add(name + " " + Integer.toOctalString(entry.getMode()) + " " + digest);
            }
        }

        assertThat(lines).isEqualTo(expectedLines());
    }

    @Test
    void pythonReadsIt() throws Exception {
        Path script = Files.writeString(directory.resolve("read.py"), PYTHON_READ);
        run("python3", List.of("python3", script.toString(), archive.toString(), listing.toString()));

        assertThat(Files.readAllLines(listing)).isEqualTo(expectedLines());
    }

    @Test
    void goReadsIt() throws Exception {
        Path program = Files.writeString(directory.resolve("read.go"), GO_READ);
        run("go", List.of("go", "run", program.toString(), archive.toString(), listing.toString()));

        assertThat(Files.readAllLines(listing)).isEqualTo(expectedLines());
    }

    @Test
    void gnuTarReadsIt() throws Exception {
        Path target = Files.createDirectory(directory.resolve("target"));
        run("tar", List.of("tar", "-xzf", archive.toString(), "-C", target.toString(), "--no-same-owner"));

        assertThat(DirectoryTree.read(target)).isEqualTo(tree);
    }

    @Test
    void readsArchivesOfGnuTar() throws Exception {
        Path source = directory.resolve("source");
        DirectoryTree.write(tree, source);
        for (String format : List.of("gnu", "ustar", "posix")) {
            Path theirs = directory.resolve(format + ".tar.gz");
            if (format.equals("ustar")) {
                // the ustar format cannot store the long names
                run("tar", List.of("tar", "-czf", theirs.toString(), "--format=ustar", "-C", source.toString(), "bin"));
            } else {
                run(
                        "tar",
                        List.of("tar", "-czf", theirs.toString(), "--format=" + format, "-C", source.toString(), "."));
            }
            FileTree read = index(theirs);
            assertThat(read).as(format).isEqualTo(format.equals("ustar") ? onlyBin() : tree);
        }
    }

    private FileTree onlyBin() {
        return tree.filter(node -> node.path().toString().startsWith("bin"));
    }

    private FileTree index(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file);
                SpoolFile spool = SpoolFile.create(directory.resolve(file.getFileName() + ".spool"))) {
            return TarGzReader.index(in, spool, UnpackOptions.untrusted());
        }
    }

    private List<String> expectedLines() {
        List<String> lines = new ArrayList<>();
        for (FileTree.Node node : tree.nodes()) {
            if (node.entry() instanceof FileEntry file) {
                String mode = file.executable() ? "700" : "600";
                lines.add(node.path() + " " + mode + " " + file.sha256().hex());
            } else {
                lines.add(node.path() + " 750 directory");
            }
        }
        return lines;
    }

    /** Runs a program for at most a minute; visibly skips the test if the program is not installed. */
    private void run(String program, List<String> command) throws Exception {
        if (!onPath(program)) {
            System.out.println("SKIPPED, no " + program + " here: " + command);
        }
        assumeTrue(onPath(program), "no " + program + " here");
        Path output = directory.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.redirectErrorStream(true).redirectOutput(output.toFile());
        builder.directory(directory.toFile());
        Process process = builder.start();
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        if (!ended) {
            process.destroyForcibly();
        }
        assertThat(ended && process.exitValue() == 0)
                .as(() -> program + " printed: " + read(output))
                .isTrue();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static boolean onPath(String program) {
        for (String entry : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            if (Files.isExecutable(Path.of(entry, program))) {
                return true;
            }
        }
        return false;
    }
}
