package dev.sluice.controller.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.artifact.archive.TarGzReader;
import dev.sluice.artifact.config.StorageConfig;
import dev.sluice.artifact.digest.DigestAlgorithm;
import dev.sluice.artifact.digest.MultiDigester;
import dev.sluice.artifact.fetch.ArtifactFetcher;
import dev.sluice.artifact.ignore.SourceIgnore;
import dev.sluice.artifact.server.ArtifactServer;
import dev.sluice.artifact.storage.Artifact;
import dev.sluice.artifact.storage.ArtifactStorage;
import dev.sluice.artifact.storage.VolumeIdentity;
import dev.sluice.controller.source.ExternalArtifactController;
import dev.sluice.toolkit.meta.ObjectKey;
import dev.sluice.toolkit.source.ExternalArtifact;
import dev.sluice.toolkit.source.ExternalArtifactSpec;
import dev.sluice.toolkit.source.ExternalArtifactStatus;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that the code in docs/artifact-sdk.md compiles and does what the page says. */
class ArtifactSdkGuideTest {

    private static final Path GUIDE = Path.of("../../docs/artifact-sdk.md");
    private static final Path SOURCE = Path.of("src/test/java/dev/sluice/controller/guide/ArtifactSdkGuide.java");
    private static final Pattern SNIPPET =
            Pattern.compile("<!-- code: ([a-z-]+) -->\n```java\n(.*?)```", Pattern.DOTALL);
    private static final Pattern REGION = Pattern.compile("// region ([a-z-]+)\n(.*?)\n *// endregion", Pattern.DOTALL);
    private static final ObjectKey KEY = new ObjectKey("apps", "one");

    @TempDir
    Path directory;

    private static Map<String, String> find(Pattern pattern, Path file) throws IOException {
        Map<String, String> found = new TreeMap<>();
        Matcher matcher = pattern.matcher(Files.readString(file));
        while (matcher.find()) {
            found.put(matcher.group(1), matcher.group(2).stripIndent().strip());
        }
        return found;
    }

    @Test
    void everySnippetIsCompiled() throws IOException {
        Map<String, String> snippets = find(SNIPPET, GUIDE);
        assertThat(snippets).isNotEmpty().isEqualTo(find(REGION, SOURCE));
        // including the program and its test, which ArtifactSdkProgramIT and LibraryJarIT run, and App, of
        // .ci/guide-trial.sh
        assertThat(Files.readString(GUIDE).split("```java", -1)).hasSize(snippets.size() + 4);
    }

    /** A method or record declares the type of each variable. */
    @Test
    void everySnippetDeclaresItsVariables() throws IOException {
        assertThat(find(SNIPPET, GUIDE).values()).allMatch(code -> code.matches("(?s)(static|record) .*}"));
    }

    /** A project that imports the BOM needs it in its repository. */
    @Test
    void theBomIsInstalledWithTheLibraries() throws IOException {
        assertThat(Files.readString(GUIDE))
                .contains("-pl shared-model/controller,shared-model/test,shared-model/bom -am install")
                .contains("<artifactId>sluice-bom</artifactId>", "<artifactId>sluice-controller</artifactId>");
        assertThat(Path.of("../bom/pom.xml")).content().contains("<artifactId>sluice-bom</artifactId>");
    }

    @Test
    void theGuideWorksFromConfigurationToVerification() throws IOException {
        Path base = Files.createDirectory(directory.resolve("data"));
        ArtifactSdkGuide.Settings settings = ArtifactSdkGuide.Settings.parse(
                "--storage-path=" + base,
                "--artifact-retention-records",
                "1",
                "--artifact-retention-ttl=1ns",
                "--concurrent=3");
        assertThat(settings.concurrent()).isEqualTo(3);
        StorageConfig config = settings.storage();
        assertThat(config)
                .isEqualTo(ArtifactSdkGuide.configure(
                        "--storage-path=" + base, "--artifact-retention-records=1", "--artifact-retention-ttl=1ns"));
        ArtifactStorage storage = ArtifactSdkGuide.open(config);
        assertThat(VolumeIdentity.read(base)).isPresent();

        Path rendered = Files.createDirectory(directory.resolve("rendered"));
        Files.writeString(rendered.resolve("app.yaml"), "one");
        Artifact first = ArtifactSdkGuide.archive(storage, KEY, rendered);
        Files.writeString(rendered.resolve("app.yaml"), "two");
        Artifact second = ArtifactSdkGuide.archive(storage, KEY, rendered);
        assertThat(second.revision()).isNotEqualTo(first.revision());

        ExternalArtifact published = published(second);
        assertThat(ArtifactSdkGuide.toRebuild(storage, List.of(published))).isEmpty();
        assertThat(ArtifactSdkGuide.copyOnce(storage, second, directory.resolve("none")))
                .isEqualTo(second);
        assertThat(ArtifactSdkGuide.collect(storage, second)).containsExactly(storage.localPath(first));
        assertThat(ArtifactSdkGuide.toRebuild(storage, List.of(published, published(first))))
                .containsExactly(KEY);
    }

    /** The exported operations of the Go packages, in the order of the guide's table. */
    private static final List<String> GO_OPERATIONS = List.of(
            "config.Options.BindFlags",
            "storage.New",
            "Storage.NewArtifactFor",
            "Storage.SetArtifactURL",
            "Storage.SetHostname",
            "Storage.MkdirAll",
            "Storage.Archive",
            "storage.SourceIgnoreFilter",
            "Storage.AtomicWriteFile",
            "Storage.Copy",
            "Storage.CopyFromPath",
            "Storage.CopyToPath",
            "Storage.ArtifactExist",
            "Storage.VerifyArtifact",
            "Storage.Lock",
            "Storage.Symlink",
            "Storage.LocalPath",
            "Storage.RemoveAll",
            "Storage.RemoveAllButCurrent",
            "Storage.GarbageCollect",
            "storage.ArtifactDir",
            "storage.ArtifactPath",
            "digest.AlgorithmForName",
            "digest.NewMultiDigester",
            "server.Start",
            "fetch.ArchiveFetcher.Fetch",
            "tar.Untar",
            "sourceignore.NewMatcher");

    private static final Map<String, Class<?>> SDK = Stream.of(
                    ArtifactStorage.class,
                    StorageConfig.class,
                    SourceIgnore.class,
                    DigestAlgorithm.class,
                    MultiDigester.class,
                    ArtifactServer.class,
                    ArtifactFetcher.class,
                    TarGzReader.class)
            .collect(Collectors.toMap(Class::getSimpleName, type -> type));

    @Test
    void everyOperationOfTheGoPackagesHasACounterpartThatExists() throws IOException {
        List<MatchResult> rows = Pattern.compile("(?m)^\\| (`(?:[a-zS][A-Za-z]+\\.)+[A-Z].*) \\| (.+) \\|$")
                .matcher(Files.readString(GUIDE))
                .results()
                .toList();

        assertThat(rows.stream().flatMap(row -> inBackticks(row.group(1)))).containsExactlyElementsOf(GO_OPERATIONS);
        for (MatchResult row : rows) {
            List<String> methods = inBackticks(row.group(2))
                    .filter(name -> name.matches("[A-Z]\\w+\\.\\w+"))
                    .toList();
            assertThat(methods.isEmpty() ? row.group(2) : "method").matches("method|`new ArtifactStorage\\(.*");
            assertThat(methods).allSatisfy(ArtifactSdkGuideTest::exists);
        }
    }

    private static Stream<String> inBackticks(String cell) {
        return Pattern.compile("`([^`]+)`").matcher(cell).results().map(found -> found.group(1));
    }

    private static void exists(String name) {
        String[] parts = name.split("\\.", -1);
        assertThat(SDK).containsKey(parts[0]);
        assertThat(Stream.of(SDK.get(parts[0]).getMethods()).map(Method::getName))
                .contains(parts[1]);
    }

    /** In docs/java-operator-sdk.md: {@code Type}, {@code Type.method}, and methods of the facade such as {@code run}. */
    @Test
    void theCounterpartsForUsersOfJavaOperatorSdkExist() throws IOException {
        Map<String, Class<?>> types = publicTypes();
        List<String> cells = Pattern.compile("(?m)^\\| `?[^-].* \\| (.+) \\|$")
                .matcher(Files.readString(Path.of("../../docs/java-operator-sdk.md")))
                .results()
                .map(row -> row.group(1))
                .toList();
        assertThat(cells).hasSizeGreaterThan(15);

        List<String> missing = new ArrayList<>();
        for (String code :
                cells.stream().flatMap(ArtifactSdkGuideTest::inBackticks).toList()) {
            Matcher named = Pattern.compile("^(?:new |[a-z.]+\\.)?([A-Z]\\w*[a-z]\\w*)(?:\\.(\\w+))?")
                    .matcher(code);
            Matcher method = Pattern.compile("^([a-z]\\w+)(\\(.*)?$").matcher(code);
            if (named.find() && !named.group(1).equals("IOException")) {
                Class<?> type = types.get(named.group(1));
                if (type == null || !hasMethod(type, named.group(2))) {
                    missing.add(code);
                }
            } else if (method.matches() && !hasMethod(ExternalArtifactController.class, method.group(1))) {
                missing.add(code);
            }
        }

        assertThat(missing).isEmpty();
    }

    private static boolean hasMethod(Class<?> type, @Nullable String name) {
        return name == null || Stream.of(type.getMethods()).map(Method::getName).anyMatch(name::equals);
    }

    /** The public types of the controller library and of the toolkit API by simple name. */
    private static Map<String, Class<?>> publicTypes() throws IOException {
        Map<String, Class<?>> types = new TreeMap<>();
        for (Path sources : List.of(Path.of("src/main/java"), Path.of("../toolkit-api/src/main/java"))) {
            try (Stream<Path> files = Files.walk(sources)) {
                for (Path file : files.filter(each -> each.toString().matches(".*/[A-Z]\\w+\\.java"))
                        .toList()) {
                    String name = sources.relativize(file).toString().replace('/', '.');
                    Class<?> type = load(name.substring(0, name.length() - ".java".length()));
                    if (Modifier.isPublic(type.getModifiers())) {
                        types.put(type.getSimpleName(), type);
                    }
                }
            }
        }
        return types;
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, ArtifactSdkGuideTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static ExternalArtifact published(Artifact artifact) {
        return new ExternalArtifact(
                        new V1ObjectMeta().namespace(KEY.namespace()).name(KEY.name()), new ExternalArtifactSpec(null))
                .withStatus(new ExternalArtifactStatus(List.of(), artifact));
    }
}
