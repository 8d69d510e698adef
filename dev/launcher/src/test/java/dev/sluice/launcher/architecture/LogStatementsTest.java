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
            Map.entry("Artifact file is written", "debug"),
            Map.entry("Cannot give a stored file to the group of its directory", "debug"),
            Map.entry("Stored artifact is damaged and written anew", "debug"),
            Map.entry("File system has no locks, going on without", "debug, of some file systems"),
            Map.entry("Download was cut off", "debug, of the SDK's own server"),
            Map.entry("Downloads were cut off at the stop", "of the SDK's own server"),
            Map.entry("Event receiver does not answer, trying again", "trace"),
            Map.entry("Events end while some wait", "debug"),
            Map.entry("Event withheld", "debug"),
            Map.entry("Watch broke off", "debug"),
            Map.entry("Informer stopped", "debug"),
            Map.entry("A change handler failed", "a defect"),
            Map.entry("Object cannot be read and is set aside, correct or delete it", "see UnreadableObjectsIT"),
            Map.entry("Object is not set aside any more", "see UnreadableObjectsIT"),
            Map.entry("Cannot tell which run has to give way", "a defect"),
            Map.entry("Conditions of an unreadable object refused", "debug"),
            Map.entry("Leader election interrupted, goes on", "nobody interrupts that thread"),
            Map.entry("Notices to the owners of unreadable objects failed, tries again", "a defect"),
            Map.entry("Reconciliation gives way to another namespace, runs again", "see HangingNamespacesTest"),
            Map.entry("The owner of an unreadable object cannot be told in its status, tries again", "debug"),
            Map.entry("Reconciliation ended", "trace"),
            Map.entry("Reconciliation waits", "debug"),
            Map.entry("cannot fetch source", "debug"),
            Map.entry("source fetch panicked", "a defect"),
            Map.entry("Worker interrupted between runs", "debug"),
            Map.entry("Worker failed between runs, goes on", "out of memory"),
            Map.entry("Still waiting for the caches to be filled", "takes half a minute"),
            Map.entry("the parent process is gone, shutting down", "./sluice dev"),
            Map.entry("standard input failed", "debug"),
            Map.entry("cannot delete a spooled source", "a disk that fails"),
            Map.entry("cannot delete a temporary directory", "a disk that fails"),
            Map.entry("cannot scan all of the volume", "debug, of a disk that fails"),
            Map.entry("garbage collection failed; retrying at the next run", "a disk that fails"),
            Map.entry("garbage collection failed; retrying at the next sweep", "a disk that fails"),
            Map.entry("cannot verify stored artifact", "a disk that fails"),
            Map.entry("the API server rejects any status of this object", "an object without room"),
            Map.entry("volume maintenance failed unexpectedly; retrying", "a defect"),
            Map.entry("cannot read the published artifact; merged files are not compared with it", "debug"),
            Map.entry("source acquired", "trace, see ObservedRunIT"),
            Map.entry("stage ended", "trace, see ObservedRunIT"),
            Map.entry("No drift detected, {} artifact(s) up to date", "debug"),
            Map.entry("cannot read ahead", "debug"),
            Map.entry("cannot close a file that was not sent", "debug"),
            Map.entry("cannot set up a connection", "debug"),
            Map.entry("Cannot close a file that no answer took", "debug"),
            Map.entry("no thread can take the place of one that is held up, tries again", "out of memory"));

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
