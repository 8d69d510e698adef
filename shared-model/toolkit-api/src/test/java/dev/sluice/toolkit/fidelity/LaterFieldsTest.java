package dev.sluice.toolkit.fidelity;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.annotations.SerializedName;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The Javadoc of a field that came later than its API version names the release of Flux that added it. */
class LaterFieldsTest {

    private static final Pattern SINCE = Pattern.compile("(?i)\\bsince Flux (2\\.\\d+)");

    /** A line of the list. */
    private record LaterField(String apiVersion, String kind, String path, String release) {

        static LaterField parse(String line) {
            String[] parts = line.split(" ", -1);
            return new LaterField(parts[0], parts[1], parts[2], parts[3]);
        }

        /** Finds the record component with this path. */
        Component component() {
            Type type = Stream.concat(Kind.all().stream(), Kind.olderVersions().stream())
                    .filter(each -> each.type().kind().apiVersion().equals(apiVersion)
                            && each.type().kind().kind().equals(kind))
                    .findFirst()
                    .orElseThrow()
                    .type()
                    .objectClass();
            Component found = null;
            for (String step : path.split("\\.", -1)) {
                found = component(element(type), step.replace("[]", ""));
                type = found.component().getGenericType();
            }
            return Objects.requireNonNull(found);
        }

        private static Class<?> element(Type type) {
            return type instanceof ParameterizedType list
                    ? (Class<?>) list.getActualTypeArguments()[0]
                    : (Class<?>) type;
        }

        private static Component component(Class<?> owner, String name) {
            return Stream.of(owner.getRecordComponents())
                    .filter(each -> nameInJson(each).equals(name))
                    .map(each -> new Component(owner, each))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(owner + " has no " + name));
        }

        private static String nameInJson(RecordComponent component) {
            SerializedName renamed = component.getAccessor().getAnnotation(SerializedName.class);
            return renamed == null ? component.getName() : renamed.value();
        }
    }

    private record Component(Class<?> owner, RecordComponent component) {

        Set<String> releases() {
            String description = SourceComment.of(owner).component(component.getName());
            return SINCE.matcher(description)
                    .results()
                    .map(found -> found.group(1))
                    .collect(Collectors.toSet());
        }

        @Override
        public String toString() {
            return owner.getSimpleName() + "." + component.getName();
        }
    }

    private static List<LaterField> later() throws IOException {
        try (InputStream in = Objects.requireNonNull(LaterFieldsTest.class.getResourceAsStream("later-fields.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(LaterField::parse)
                    .toList();
        }
    }

    @Test
    void theJavadocOfALaterFieldNamesTheRelease() throws IOException {
        assertThat(later())
                .hasSizeGreaterThan(70)
                .filteredOn(field -> !field.component().releases().contains(field.release()))
                .isEmpty();
    }

    /** A record that several kinds have can have a field in one of them since another release. */
    @Test
    void noOtherReleaseIsNamed() throws IOException {
        List<LaterField> later = later();
        Set<String> expected = new TreeSet<>();
        Set<String> named = new TreeSet<>();
        for (LaterField field : later) {
            expected.add(field.component() + " " + field.release());
            field.component().releases().forEach(release -> named.add(field.component() + " " + release));
        }
        assertThat(named).isEqualTo(expected);
        assertThat(mentions())
                .isEqualTo(later.stream()
                        .map(field -> field.component().toString())
                        .distinct()
                        .count());
    }

    /** Returns how many fields have a description that names a release. */
    private static long mentions() throws IOException {
        long mentions = 0;
        try (Stream<Path> sources = Files.walk(SourceComment.SOURCES)) {
            for (Path source :
                    sources.filter(each -> each.toString().endsWith(".java")).toList()) {
                String comments = Files.readString(source).replaceAll("\\n \\* {2,}", " ");
                mentions += comments.lines()
                        .filter(line -> line.startsWith(" * @param ")
                                && SINCE.matcher(line).find())
                        .count();
            }
        }
        return mentions;
    }
}
