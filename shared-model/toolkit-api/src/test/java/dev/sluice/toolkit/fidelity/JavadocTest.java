package dev.sluice.toolkit.fidelity;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every public type has a comment, and every field of a record a description; those of Flux's kinds name their API. */
class JavadocTest {

    private static final Path SOURCES = Path.of("src/main/java");

    private static List<Class<?>> publicTypes() throws IOException {
        List<Class<?>> types = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                String name =
                        SOURCES.relativize(file).toString().replace('/', '.').replaceAll("\\.java$", "");
                if (!name.endsWith("package-info")) {
                    addPublic(load(name), types);
                }
            }
        }
        return types;
    }

    private static void addPublic(Class<?> type, List<Class<?>> types) {
        if (Modifier.isPublic(type.getModifiers())) {
            types.add(type);
            Arrays.stream(type.getDeclaredClasses()).forEach(nested -> addPublic(nested, types));
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    /** The comment before a type: the text between the preceding end of a member and its declaration. */
    private static String commentOf(Class<?> type) throws IOException {
        Class<?> outermost = type;
        while (outermost.getEnclosingClass() != null) {
            outermost = outermost.getEnclosingClass();
        }
        String source = Files.readString(SOURCES.resolve(outermost.getName().replace('.', '/') + ".java"));
        String[] parts = source.split(
                "(?m)^ *public (?:(?:static|final|abstract|sealed) )*(?:record|class|interface|enum|@interface) "
                        + type.getSimpleName() + "\\b",
                2);
        if (parts.length < 2) {
            // a member of an interface is public without the word
            parts = source.split("(?m)^ *(?:record|class|interface|enum) " + type.getSimpleName() + "\\b", 2);
        }
        String before = parts[0];
        int start = before.lastIndexOf("/**");
        return start < 0 || before.substring(start).matches("(?s).*\\*/.*[;{}]\\s*$") ? "" : before.substring(start);
    }

    @Test
    void everyPublicTypeAndFieldIsDescribed() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Class<?> type : publicTypes()) {
            String comment = commentOf(type);
            if (comment.isBlank()) {
                missing.add(type.getName());
            }
            for (RecordComponent component : type.isRecord() ? type.getRecordComponents() : new RecordComponent[0]) {
                if (!comment.contains("@param " + component.getName() + " ")) {
                    missing.add(type.getName() + "." + component.getName());
                }
            }
        }

        assertThat(missing).isEmpty();
        assertThat(publicTypes()).hasSizeGreaterThan(150);
    }

    @Test
    void theRecordsOfAKindNameItsApi() throws IOException {
        for (Kind kind : Kind.all()) {
            assertThat(commentOf(kind.type().objectClass()))
                    .contains("{@code " + kind.type().kind().apiVersion() + "}");
        }
    }
}
