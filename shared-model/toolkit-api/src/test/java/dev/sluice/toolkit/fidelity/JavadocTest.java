package dev.sluice.toolkit.fidelity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.toolkit.meta.FluxDuration;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every public type has a comment, and every field of a record has a description that adds to its name. Those of
 * Flux's kinds have the API, defaults, values, limits and units that the published definitions have.
 */
class JavadocTest {

    private static final List<PublishedField> PUBLISHED = PublishedField.all();
    private static final Set<String> FILLERS =
            words("a an and are as at be by code field for from has have if in is it its link list map object of on or"
                    + " optional referent required set specified that the this to used value which with");
    private static final int LEAST_WORDS = 2;
    private static final Pattern QUOTED_DEFAULT = Pattern.compile("[Dd]efaults? to ['\"`]([a-z0-9][^'\"`]*)['\"`]");

    private static List<Class<?>> publicTypes() throws IOException {
        List<Class<?>> types = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SourceComment.SOURCES)) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".java")).toList()) {
                String name = SourceComment.SOURCES
                        .relativize(file)
                        .toString()
                        .replace('/', '.')
                        .replaceAll("\\.java$", "");
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

    @Test
    void everyPublicTypeAndFieldIsDescribed() throws IOException {
        List<String> missing = new ArrayList<>();
        for (Class<?> type : publicTypes()) {
            SourceComment comment = SourceComment.of(type);
            if (comment.text().isBlank()) {
                missing.add(type.getName());
            }
            for (RecordComponent component : type.isRecord() ? type.getRecordComponents() : new RecordComponent[0]) {
                if (saysNoMoreThan(type, component.getName(), comment.component(component.getName()))) {
                    missing.add(type.getName() + "." + component.getName());
                }
            }
        }

        assertThat(missing).isEmpty();
        assertThat(publicTypes()).hasSizeGreaterThan(150);
    }

    /** Whether a description only repeats the words of the names of the field and of its type, or adds a single one. */
    private static boolean saysNoMoreThan(Class<?> type, String name, String description) {
        Set<String> known = words((type.getSimpleName() + name).replaceAll("([A-Z])", " $1"));
        Set<String> words = words(description);
        words.removeAll(FILLERS);
        words.removeAll(known);
        return words.size() < LEAST_WORDS;
    }

    /** The words without the ending of the plural. */
    private static Set<String> words(String text) {
        Set<String> words = new HashSet<>();
        Pattern.compile("[a-z]+|[0-9]+")
                .matcher(text.toLowerCase(Locale.ROOT))
                .results()
                .map(word -> word.group().replaceAll("s$", ""))
                .forEach(words::add);
        return words;
    }

    @Test
    void theRecordsOfAKindNameItsApi() {
        for (Kind kind : Kind.all()) {
            String apiVersion = kind.type().kind().apiVersion();
            assertThat(SourceComment.of(kind.type().objectClass()).text()).contains("{@code " + apiVersion + "}");
            assertThat(PUBLISHED)
                    .filteredOn(field -> field.apiVersion().equals(apiVersion))
                    .isNotEmpty()
                    .extracting(PublishedField::owner)
                    .allSatisfy(
                            owner -> assertThat(SourceComment.of(owner).text()).contains("{@code " + apiVersion + "}"));
        }
    }

    @Test
    void aFieldOfAnOlderVersionOnlyNamesIt() {
        Set<String> current = new HashSet<>();
        Kind.all().forEach(kind -> current.add(kind.type().kind().apiVersion()));
        Predicate<PublishedField> isCurrent = field -> current.contains(field.apiVersion());
        Set<String> names = new HashSet<>();
        PUBLISHED.stream().filter(isCurrent).forEach(field -> names.add(field.owner() + field.name()));

        assertThat(PUBLISHED)
                .filteredOn(isCurrent.negate())
                .filteredOn(field -> !names.contains(field.owner() + field.name()))
                .isNotEmpty()
                .filteredOn(field -> !mentions(field, "only in v1beta3"))
                .isEmpty();
    }

    @Test
    void aDescriptionHasThePublishedValuesAndLimits() {
        for (String keyword : List.of("default", "enum", "minimum", "maximum", "minItems", "maxItems")) {
            assertThat(PUBLISHED)
                    .filteredOn(field -> field.values(keyword).stream()
                            .filter(value -> !keyword.startsWith("min") || Integer.parseInt(value) > 1)
                            .anyMatch(value -> !hasToken(field, value)))
                    .as(keyword)
                    .isEmpty();
        }
        assertThat(PUBLISHED)
                .filteredOn(field -> !field.values("enum").isEmpty())
                .hasSizeGreaterThan(20);
    }

    @Test
    void aDescriptionHasTheDefaultsThatThePublishedOneHas() {
        assertThat(PUBLISHED)
                .filteredOn(field -> field.published().matches("(?i).*\\bdefaults? to\\b.*"))
                .hasSizeGreaterThan(20)
                .filteredOn(field -> !mentions(field, "default"))
                .isEmpty();
        assertThat(PUBLISHED)
                .filteredOn(field -> {
                    Matcher published = QUOTED_DEFAULT.matcher(field.published());
                    return published.find() && !hasToken(field, published.group(1));
                })
                .isEmpty();
        assertThat(PUBLISHED)
                .filteredOn(field -> field.published().contains("eprecated") && !mentions(field, "deprecated"))
                .isEmpty();
    }

    @Test
    void aDescriptionOfADurationHasItsUnit() {
        assertThat(PUBLISHED)
                .filteredOn(JavadocTest::isDuration)
                .hasSizeGreaterThan(20)
                .filteredOn(field -> !mentions(field, "duration"))
                .isEmpty();
    }

    private static boolean isDuration(PublishedField field) {
        return Arrays.stream(field.owner().getRecordComponents())
                .anyMatch(component ->
                        component.getName().equals(field.name()) && component.getType() == FluxDuration.class);
    }

    private static boolean mentions(PublishedField field, String text) {
        return field.described().toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
    }

    /** Whether a value occurs as a whole: 1 is neither in 10 nor in v1 or 1.5. */
    private static boolean hasToken(PublishedField field, String value) {
        return hasToken(field.described(), value);
    }

    private static boolean hasToken(String text, String value) {
        return Pattern.compile(
                        "(?<![A-Za-z0-9_-]|[0-9][.,])" + Pattern.quote(value) + "(?![A-Za-z0-9_-]|[.,][0-9])",
                        Pattern.CASE_INSENSITIVE)
                .matcher(text)
                .find();
    }

    @Test
    void aValueIsAWholeToken() {
        assertThat(List.of("1", "at least 1.", "{@code 1}", "(1, 2)", "1-based is not, but 1 is"))
                .allMatch(text -> hasToken(text, "1"));
        assertThat(List.of("v1", "10", "1.5", "0.1", "1,000", "1-based", "", "one"))
                .noneMatch(text -> hasToken(text, "1"));
    }

    @Test
    void aSingleWordIsNoDescription() {
        assertThat(List.of("", "the limit", "the interval", "specified interval of the object"))
                .allMatch(text -> saysNoMoreThan(Kind.class, "interval", text));
        assertThat(saysNoMoreThan(Kind.class, "interval", "time between two runs"))
                .isFalse();
    }
}
