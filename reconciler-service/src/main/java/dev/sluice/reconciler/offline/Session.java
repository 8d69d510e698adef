package dev.sluice.reconciler.offline;

import dev.sluice.artifact.ignore.SourceIgnore;
import dev.sluice.artifact.spool.SpoolFile;
import dev.sluice.artifact.tree.FileTree;
import dev.sluice.reconciler.spec.SpecValidator;
import dev.sluice.reconciler.spec.TerminalException;
import dev.sluice.runtime.ErrorText;
import dev.sluice.toolkit.extensions.ArtifactGenerator;
import dev.sluice.toolkit.extensions.SourceReference;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** One run of a command: the generator, its sources, and the spool file for unpacked content. */
final class Session implements Closeable {

    private final SpoolFile spool;
    private final Progress progress;

    private Session(SpoolFile spool, Progress progress) {
        this.spool = spool;
        this.progress = progress;
    }

    static Session open(Progress progress) throws IOException {
        Path directory = Files.createTempDirectory("sluice");
        try {
            SpoolFile spool = SpoolFile.create(directory.resolve("spool"));
            spool.unlink();
            return new Session(spool, progress);
        } finally {
            Files.deleteIfExists(directory);
        }
    }

    SpoolFile spool() {
        return spool;
    }

    /** @param output directories that the command writes or has written; excluded from sources */
    Renderer renderer(RenderOptions options, InputStream standardInput, Set<Path> output) throws IOException {
        ArtifactGenerator generator = GeneratorFile.read(options.file, standardInput, options.generatorName());
        validate(generator);
        checkAliases(generator, options);
        SourceIgnore withoutIgnoreFiles = options.defaultIgnores ? SourceIgnore.defaults() : SourceIgnore.none();
        SourceTreeReader reader = new SourceTreeReader(spool, withoutIgnoreFiles, output);
        Map<String, SourceTree> sources = new LinkedHashMap<>();
        Map<String, String> missing = new LinkedHashMap<>();
        for (Map.Entry<String, Path> source : options.sources.entrySet()) {
            String alias = source.getKey();
            if (Files.exists(source.getValue())) {
                sources.put(alias, read(alias, source.getValue(), reader, options));
            } else {
                missing.put(alias, "source \"%s\": \"%s\" does not exist".formatted(alias, source.getValue()));
            }
        }
        return new Renderer(generator, sources, missing, spool);
    }

    private static void validate(ArtifactGenerator generator) throws OfflineException {
        try {
            SpecValidator.withoutCluster().validate(generator);
        } catch (TerminalException | InterruptedIOException e) {
            throw new OfflineException(ErrorText.describe(e));
        }
    }

    private SourceTree read(String alias, Path path, SourceTreeReader reader, RenderOptions options)
            throws OfflineException {
        progress.show("reading source %s".formatted(alias));
        try {
            FileTree tree = reader.read(path);
            String revision = options.revisions.get(alias);
            return new SourceTree(path, tree, revision != null ? revision : "local@" + tree.contentHash());
        } catch (IOException e) {
            throw new OfflineException("cannot read source \"%s\" from \"%s\"".formatted(alias, path), e);
        }
    }

    private static void checkAliases(ArtifactGenerator generator, RenderOptions options) throws OfflineException {
        Set<String> wanted = new TreeSet<>();
        for (SourceReference source : generator.spec().sources()) {
            wanted.add(source.alias());
        }
        for (String alias : wanted) {
            if (!options.sources.containsKey(alias)) {
                throw new OfflineException(
                        "source \"%s\" of generator \"%s\" is missing; add --source %s=<directory or tar.gz>"
                                .formatted(alias, generator.key().name(), alias));
            }
        }
        checkKnown("--source", options.sources.keySet(), wanted);
        checkKnown("--revision", options.revisions.keySet(), wanted);
    }

    private static void checkKnown(String option, Set<String> given, Set<String> known) throws OfflineException {
        for (String alias : given) {
            if (!known.contains(alias)) {
                throw new OfflineException("%s has an unknown alias \"%s\"; the generator's sources are %s"
                        .formatted(option, alias, String.join(", ", known)));
            }
        }
    }

    @Override
    public void close() throws IOException {
        spool.close();
    }
}
