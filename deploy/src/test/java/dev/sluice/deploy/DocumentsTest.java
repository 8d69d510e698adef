package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Everything that the documentation names must exist: files, headings, flags, values, metrics, tests, alerts,
 * Deployments.
 */
class DocumentsTest {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern FLAG = Pattern.compile("(?<![\\w-])--([a-z][a-z0-9-]*[a-z0-9])");
    private static final Pattern FILE =
            Pattern.compile("`((?:\\.ci|charts|deploy|dev|docs|examples|reconciler-service|shared-model)/[\\w./-]+)`");
    private static final Pattern TEST = Pattern.compile("(?<![*\\w])([A-Z][A-Za-z]+(?:Test|IT|Soak|Load))\\b");
    private static final Pattern DEPLOYMENT = Pattern.compile("(?m)^.*kubectl .*\\bdeploy(?:ment)?/([a-z][a-z-]+)");

    private static final Pattern SET_VALUE = Pattern.compile("--set(?:-string)? '?([A-Za-z][\\w.]*)=");
    private static final Pattern VALUE =
            Pattern.compile("`((?:%s)\\.[A-Za-z][\\w.]*)[`:=]".formatted(Sources.groups()));
    private static final Pattern SHELL = Pattern.compile("(?ms)^ *```sh\\n(.*?)^ *```$");
    private static final Pattern JAVA = Pattern.compile("(?m)(.*)\\n```java$");
    private static final Pattern SHELL_FILE = Pattern.compile(
            "(?<![\\w./-])((?:\\.ci|charts|deploy|dev|docs|examples|[a-z]+-service|shared-model)/[\\w./-]+)");
    /** A class that the page itself defines, and that a test compiles. */
    private static final Pattern DEFINED = Pattern.compile("<!-- file: (\\w+)\\.java -->");

    private static final Pattern CLASS = Pattern.compile("\\bdev\\.sluice\\.[a-z.]+\\.([A-Z]\\w+)");
    private static final Pattern MANAGEMENT_PATH = Pattern.compile("localhost:8080(/[a-z/]+)");
    private static final Pattern DEFAULT =
            Pattern.compile("(?m)^\\| `--([a-z0-9-]+)` \\| `?([\\w.:/]+)`?(?: \\([^|]*\\))? \\|");
    private static final Pattern METRIC = Pattern.compile("`(sluice_[a-z_]+[a-z])[`{]");

    /** Flags of the tools on the pages (kubectl, helm, docker, flux, cosign) and of example programs. */
    private static final Set<String> FOREIGN_FLAGS = Set.of(
            "all",
            "all-namespaces",
            "as",
            "build",
            "build-arg",
            "bundle",
            "clusterrole",
            "containers",
            "create-namespace",
            "destination",
            "dry-run",
            "flag",
            "ignore-paths",
            "for",
            "from-file",
            "key",
            "kind",
            "level",
            "list",
            "logging",
            "management",
            "name",
            "namespace",
            "no-headers",
            "no-proxy",
            "output-signature",
            "overwrite",
            "patch-file",
            "replicas",
            "reuse-values",
            "rm",
            "server",
            "server-side",
            "serviceaccount",
            "set",
            "set-string",
            "show-managed-fields",
            "show-only",
            "spring",
            "sluice",
            "tag",
            "take-ownership",
            "target",
            "timeout",
            "type",
            "url",
            "values",
            "wait",
            "with-source",
            "components",
            "ctfe",
            "directory",
            "fulcio",
            "ignore-not-found",
            "network-policy",
            "new-bundle-format",
            "out",
            "pre",
            "rekor",
            "signing-config",
            "tlog-upload",
            "yes");

    /** Deployments of other projects, and those that a page instructs its reader to create. */
    private static final Set<String> FOREIGN_DEPLOYMENTS = Set.of(
            "source-controller",
            "kustomize-controller",
            "helm-controller",
            "notification-controller",
            "git-repository-watcher",
            "release-controller");

    static Stream<Path> pages() throws IOException {
        return Repository.files("md").stream();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void linkTargetsExist(Path page) {
        List<String> broken = LINK.matcher(withoutCode(read(page)))
                .results()
                .map(link -> link.group(1))
                .filter(link -> !link.matches("[a-z]+:.*"))
                .filter(link -> !targetExists(page, link))
                .toList();

        assertThat(broken).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void flagsExist(Path page) {
        Set<String> known = new TreeSet<>(Sources.FLAGS);
        known.addAll(FOREIGN_FLAGS);

        assertThat(all(FLAG, read(page))).isSubsetOf(known);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void namedFilesAndTestsExist(Path page) {
        String text = read(page);

        assertThat(all(FILE, text))
                .allSatisfy(file -> assertThat(Repository.ROOT.resolve(file)).exists());
        Set<String> known = new TreeSet<>(Sources.CLASSES);
        known.addAll(all(DEFINED, text));
        assertThat(all(TEST, text)).isSubsetOf(known);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void namedDeploymentsExist(Path page) {
        Set<String> known = new TreeSet<>(FOREIGN_DEPLOYMENTS);
        known.addAll(Set.of("sluice-reconciler", "sluice-artifact-server"));
        if (page.endsWith("docs/deploy.md") || page.endsWith("docs/migration.md")) {
            known.add("source-watcher");
        }

        assertThat(all(DEPLOYMENT, read(page))).isSubsetOf(known);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void chartValuesExist(Path page) {
        Set<String> paths = Sources.VALUES;
        Set<String> named = all(SET_VALUE, read(page));
        named.addAll(all(VALUE, read(page)));

        assertThat(named).isSubsetOf(paths);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void shellBlocksAreValid(Path page) {
        for (String block : all(SHELL, read(page))) {
            // replaces placeholders: NAME, <name> and …
            String commands =
                    block.replaceAll("<[a-z]+>", "NAME").stripTrailing().stripIndent();
            assertThat(Tool.run(commands, List.of("bash", "-n")).errors())
                    .as(block)
                    .isEmpty();
        }
    }

    /** Files that a build creates are left out. */
    @ParameterizedTest
    @MethodSource("pages")
    void filesAndClassesInShellBlocksExist(Path page) {
        // kubectl's deploy/NAME is not a file
        String commands = String.join("\n", all(SHELL, read(page))).replaceAll("(?m)^.*kubectl.*$", "");

        assertThat(all(SHELL_FILE, commands))
                .filteredOn(file -> !file.contains("/target/"))
                .allSatisfy(file -> assertThat(Repository.ROOT.resolve(file)).exists());
        assertThat(all(CLASS, commands)).isSubsetOf(Sources.CLASSES);
    }

    @ParameterizedTest
    @MethodSource("pages")
    void someTestRequestsEachPathOfTheManagementPort(Path page) {
        assertThat(all(MANAGEMENT_PATH, read(page)))
                .allSatisfy(path -> assertThat(Sources.TESTS).contains("\"" + path));
    }

    @Test
    void everyFlagOfTheServicesIsDocumented() {
        assertThat(Sources.DEFAULTS).hasSizeGreaterThan(40);
        assertThat(all(FLAG, pagesOfTheServices())).containsAll(Sources.DEFAULTS.keySet());
    }

    private static String pagesOfTheServices() {
        return Repository.read("docs/reconciler.md") + Repository.read("docs/artifact-server.md");
    }

    /** Tables describe an empty default, and 0 where it stands for a computed one. */
    @Test
    void tablesHaveTheDefaultsOfTheFlags() {
        DEFAULT.matcher(pagesOfTheServices())
                .results()
                .filter(row -> !List.of("", "0").contains(Sources.DEFAULTS.getOrDefault(row.group(1), "")))
                .forEach(row -> assertThat(row.group(2)).as(row.group()).isEqualTo(Sources.DEFAULTS.get(row.group(1))));
    }

    /** Such a test compares the block after a marker with compiled code, or runs it. */
    @ParameterizedTest
    @MethodSource("pages")
    void javaSnippetsAreTested(Path page) {
        assertThat(all(JAVA, read(page))).allMatch(before -> before.matches("<!-- (code|file): .* -->"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void namedMetricsExist(Path page) {
        assertThat(all(METRIC, read(page))).isSubsetOf(Sources.METRICS);
    }

    /** A pattern without any match would check nothing. */
    @Test
    void eachPatternMatchesSomething() {
        String pages = Repository.files("md").stream().map(DocumentsTest::read).collect(Collectors.joining("\n"));

        assertThat(List.of(LINK, FLAG, FILE, TEST, DEPLOYMENT, VALUE, SET_VALUE, METRIC, SHELL, JAVA, DEFAULT))
                .allSatisfy(pattern -> assertThat(all(pattern, pages)).hasSizeGreaterThan(2));
    }

    @Test
    void everyAlertIsDocumented() {
        Set<String> alerts = all(Pattern.compile("alert: (\\w+)"), Repository.read("charts/sluice/files/alerts.yaml"));
        String pages = Repository.files("md").stream().map(DocumentsTest::read).collect(Collectors.joining("\n"));

        assertThat(all(Pattern.compile("(?m)^\\| (Sluice[A-Z]\\w+) \\|"), pages))
                .isEqualTo(alerts);
    }

    @Test
    void contributingListsTheLongTests() {
        Set<String> tests = Repository.files("java").stream()
                .filter(file -> read(file).contains("@Tag(\"soak" + "\")"))
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(all(Pattern.compile("(?m)^\\| `[\\w/-]+` \\| `(\\w+)` \\|"), Repository.read("CONTRIBUTING.md")))
                .isEqualTo(tests);
    }

    @Test
    void issueTemplatesAskForDetails() {
        for (String template : List.of("bug", "feature")) {
            Manifest form = Manifest.parse(Repository.read(".github/ISSUE_TEMPLATE/" + template + ".yml"))
                    .get(0);
            assertThat(form.text("name")).isNotBlank();
            assertThat(form.text("description")).isNotBlank();
            assertThat(Manifest.list(form.at("body")))
                    .anyMatch(field -> String.valueOf(field).contains("required=true"));
        }
    }

    @Test
    void noFileHasMergeMarkers() {
        List<Path> marked = Stream.of("md", "java", "yaml", "yml", "xml", "sh", "tpl", "json", "go")
                .flatMap(ending -> Repository.files(ending).stream())
                .filter(file ->
                        Pattern.compile("(?m)^(<{7}|>{7}) ").matcher(read(file)).find())
                .toList();

        assertThat(marked).isEmpty();
    }

    private static boolean targetExists(Path page, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        return Files.exists(target) && (parts.length == 1 || headings(target).contains(parts[1]));
    }

    /** Anchors as GitHub generates them: lower case, without punctuation, a hyphen for each space. */
    private static Set<String> headings(Path page) {
        return all(Pattern.compile("(?m)^#{1,6} (.+)$"), withoutBlocks(read(page))).stream()
                .map(heading -> heading.replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1"))
                .map(heading -> heading.toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static Set<String> ownFlags() {
        Set<String> flags = new TreeSet<>();
        for (Path file : Repository.files("java")) {
            if (file.toString().contains("/src/main/")) {
                String code = read(file);
                flags.addAll(all(Pattern.compile("\"([a-z][a-z-]+)\",\\s*FlagType"), code));
                flags.addAll(all(Pattern.compile("\"--([a-z][a-z-]+)[\"=]"), code));
                flags.addAll(all(Pattern.compile("String [A-Z_]+ = \"([a-z][a-z-]+)\";"), code));
                flags.addAll(all(Pattern.compile("bool\\(flags, \"([a-z-]+)\""), code));
                flags.addAll(all(Pattern.compile("number\\(flags, \"([a-z-]+)\""), code));
            }
        }
        return flags;
    }

    private static Set<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult found) -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String withoutCode(String text) {
        return withoutBlocks(text).replaceAll("`[^`\n]*`", "");
    }

    private static String withoutBlocks(String text) {
        return text.replaceAll("(?s)```.*?```", "");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The definitions in all sources; read once. */
    private static final class Sources {

        private static final Pattern FLAG_DEFINITION =
                Pattern.compile("Flag\\.of\\(\\s*\"([a-z0-9-]+)\",\\s*FlagType[^\"]*,\\s*\"([^\"]*)\"");

        static final Set<String> CLASSES = Repository.files("java").stream()
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toSet());

        static final Set<String> FLAGS = ownFlags();

        static final Map<String, String> DEFAULTS = Repository.files("java").stream()
                .filter(file -> file.toString().matches(".*/src/main/.*Flags\\.java"))
                .flatMap(file -> FLAG_DEFINITION.matcher(read(file)).results().toList().stream())
                .collect(Collectors.toMap(flag -> flag.group(1), flag -> flag.group(2)));

        static final String TESTS = Repository.files("java").stream()
                .filter(file -> file.toString().endsWith("IT.java"))
                .map(DocumentsTest::read)
                .collect(Collectors.joining());

        /** The metric lists that a launcher test compares with the running services, without leader election. */
        static final Set<String> METRICS = Stream.concat(
                        Stream.of("sluice_leader_changes_total"),
                        Stream.of("reconciler", "artifact-server")
                                .map("dev/launcher/src/test/resources/dev/sluice/launcher/metrics/%s.txt"::formatted)
                                .flatMap(list ->
                                        all(Pattern.compile("\\b(sluice_\\w+)"), Repository.read(list)).stream()))
                .collect(Collectors.toSet());

        static final Set<String> VALUES = values();

        private Sources() {}

        /** The keys of the chart's values that have nested keys. */
        static String groups() {
            return VALUES.stream()
                    .filter(path -> path.contains("."))
                    .map(path -> path.substring(0, path.indexOf('.')))
                    .distinct()
                    .collect(Collectors.joining("|"));
        }

        private static Set<String> values() {
            Set<String> paths = new TreeSet<>();
            collect(
                    Manifest.parse(Repository.read("charts/sluice/values.yaml"))
                            .get(0)
                            .object(),
                    "",
                    paths);
            return paths;
        }

        private static void collect(Map<String, Object> values, String prefix, Set<String> paths) {
            values.forEach((key, value) -> {
                paths.add(prefix + key);
                if (value instanceof Map<?, ?>) {
                    collect(Manifest.map(value), prefix + key + ".", paths);
                }
            });
        }
    }
}
