package dev.sluice.launcher.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every log statement of the services has a line in a golden file or a reason why it has none. */
class LogStatementsTest {

    private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();
    private static final List<String> SOURCES = List.of(
            "shared-model/artifact-sdk",
            "shared-model/controller",
            "shared-model/service-runtime",
            "reconciler-service",
            "artifact-server-service");

    /** Matches the text of a log call, including conditional and concatenated texts. */
    private static final Pattern STATEMENT = Pattern.compile(
            "(?:\\b(?:LOG|log)|\\))\\s*\\.(?:log|trace|debug|info|warn|error)\\((?:\\w+ \\? )?\\s*\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** Log messages without a golden line, with the reason. */
    private static final Map<String, String> WITHOUT = Map.ofEntries(
            Map.entry("Adopting unmanaged namespace", "see NamespacesIT"),
            Map.entry("Taking over managed namespace", "see NamespacesIT"),
            Map.entry("Failed to delete Namespace, will retry", "an API server that fails"),
            Map.entry("Namespace deleted from cluster", "see NamespacesIT"),
            Map.entry(
                    "Ignoring malformed external finalizer annotation, the controller remains accountable",
                    "see NamespacesIT"),
            Map.entry("adopting namespaces not managed by any ArtifactGenerator", "see ManagedNamespacesIT"),
            Map.entry("taking over namespaces from other ArtifactGenerators", "see ManagedNamespacesIT"),
            Map.entry("writing artifact file", "debug"),
            Map.entry("cannot change the group of a stored file", "debug"),
            Map.entry("stored artifact is damaged; rewriting it", "debug"),
            Map.entry("file system does not support locks; continuing without", "debug, of some file systems"),
            Map.entry("download aborted", "debug, of the SDK's own server"),
            Map.entry("aborting running downloads; the stop timeout has expired", "of the SDK's own server"),
            Map.entry("event receiver unavailable; retrying", "trace"),
            Map.entry("event queue stopped with undelivered events", "debug"),
            Map.entry("event withheld", "debug"),
            Map.entry("watch interrupted", "debug"),
            Map.entry("informer stopped", "debug"),
            Map.entry("change handler failed", "a defect"),
            Map.entry("event handler failed", "a defect"),
            Map.entry("download failed; retrying", "of the SDK's own retries, see GitRepositoryWatcherIT"),
            Map.entry("TLS files loaded", "see TlsIT"),
            Map.entry("TLS certificate not replaced in time; retrying", "see TlsIT"),
            Map.entry("TLS client refused", "see TlsIT"),
            Map.entry("X.509-SVID received", "see SpiffeIT"),
            Map.entry("removed orphaned ExternalArtifact", "of controllers on ExternalArtifactController"),
            Map.entry(
                    "cannot remove orphaned ExternalArtifact; retrying at the next start",
                    "of the same, see StartupPreparationTest"),
            Map.entry("stored artifact is corrupt or missing; rebuilding", "of the same"),
            Map.entry(
                    "ExternalArtifact cannot be read and is ignored; correct or delete it",
                    "of the same, see OwnArtifactsTest"),
            Map.entry(
                    "cannot read the ExternalArtifact; its file is not verified",
                    "of the same, see StartupPreparationTest"),
            Map.entry("removed build directories of a killed process", "of the same, see BuildDirectoriesTest"),
            Map.entry("cannot remove build directories of another process", "debug"),
            Map.entry("cannot remove build directories", "debug"),
            Map.entry("start-up ended early", "debug"),
            Map.entry("cannot read the ExternalArtifact of the object", "of the same"),
            Map.entry("cannot determine the ExternalArtifact of the object", "of the same"),
            Map.entry(
                    "no object of this cluster has a directory on this volume; nothing is removed;"
                            + " check whether another cluster writes to it",
                    "of the same, see StoredOrphansTest"),
            Map.entry("object cannot be read and is set aside; correct or delete it", "see UnreadableObjectsIT"),
            Map.entry("object no longer set aside", "see UnreadableObjectsIT"),
            Map.entry("cannot select a run to preempt", "a defect"),
            Map.entry("API server refused the conditions of an unreadable object", "debug"),
            Map.entry("leader election interrupted; continuing", "that thread is never interrupted"),
            Map.entry("cannot report unreadable objects; retrying", "a defect"),
            Map.entry("reconciliation preempted by another namespace; requeued", "see HangingNamespacesTest"),
            Map.entry("cannot write the status of an unreadable object; retrying", "debug"),
            Map.entry("reconciliation ended", "trace"),
            Map.entry("Reconciliation waits", "debug"),
            Map.entry("cannot fetch source", "debug"),
            Map.entry("cannot find the generators of a changed source", "a defect"),
            Map.entry("source fetch panicked", "a defect"),
            Map.entry("worker interrupted between runs", "debug"),
            Map.entry("worker failed between runs; continuing", "out of memory"),
            Map.entry("still waiting for the caches to sync", "takes half a minute"),
            Map.entry("the parent process has ended; shutting down", "./sluice dev"),
            Map.entry("standard input failed", "debug"),
            Map.entry("cannot delete a spooled source", "a disk that fails"),
            Map.entry("cannot delete a temporary directory", "a disk that fails"),
            Map.entry("cannot scan parts of the volume", "debug, of a disk that fails"),
            Map.entry("garbage collection failed; retrying at the next run", "a disk that fails"),
            Map.entry("garbage collection failed; retrying at the next sweep", "a disk that fails"),
            Map.entry("cannot verify stored artifact", "a disk that fails"),
            Map.entry("the API server rejects any status of this object", "an object without room"),
            Map.entry("volume maintenance failed unexpectedly; retrying", "a defect"),
            Map.entry("cannot read the published artifact; merged files are not compared with it", "debug"),
            Map.entry("source acquired", "trace, see ObservedRunIT"),
            Map.entry("stage ended", "trace, see ObservedRunIT"),
            Map.entry("cannot replace a blocked poller; retrying", "out of memory"),
            Map.entry("blocked pollers can be replaced again", "after the same"),
            Map.entry("the requested reconcile interval is too short", "once for each interval, see TriggersTest"),
            Map.entry("console started", "./sluice dev"),
            Map.entry("console page failed", "a defect"),
            Map.entry("cannot count the files of an archive", "debug"),
            Map.entry("cannot show the content of an artifact", "a disk that fails"),
            Map.entry("cannot close a served file", "debug"));

    @Test
    void everyLogStatementHasGoldenLineOrReason() throws IOException {
        String golden = goldenLines();
        Map<String, String> missing = statements();
        missing.keySet()
                .removeIf(text -> WITHOUT.containsKey(text)
                        || Pattern.compile(Stream.of(text.split("\\{}", -1))
                                        .map(Pattern::quote)
                                        .collect(Collectors.joining(".*")))
                                .matcher(golden)
                                .find());
        assertThat(missing).isEmpty();
    }

    @Test
    void everyReasonBelongsToLogStatement() throws IOException {
        assertThat(statements().keySet()).containsAll(WITHOUT.keySet());
    }

    /** Returns the file of each statement, by message. */
    private static Map<String, String> statements() throws IOException {
        Map<String, String> statements = new TreeMap<>();
        for (String module : SOURCES) {
            for (Path file : files(REPOSITORY.resolve(module).resolve("src/main/java"), ".java")) {
                String source = Files.readString(file).replaceAll("\"\\s*\\+ \"", "");
                Matcher matcher = STATEMENT.matcher(source);
                while (matcher.find()) {
                    statements.put(
                            matcher.group(1).replace("\\\"", "\""),
                            file.getFileName().toString());
                }
            }
        }
        assertThat(statements).hasSizeGreaterThan(60);
        return statements;
    }

    private static String goldenLines() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (String module : SOURCES) {
            for (Path file : files(REPOSITORY.resolve(module).resolve("src/test/resources"), "log-lines.txt")) {
                lines.append(Files.readString(file));
            }
        }
        return lines.toString();
    }

    private static List<Path> files(Path directory, String end) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(end)).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }
}
