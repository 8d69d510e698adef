package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every key in values.yaml has a comment. */
class ValuesTest {

    private static final Pattern KEY = Pattern.compile("( *)([A-Za-z]\\w*):(?: .*)?");

    private final List<String> lines =
            Repository.read("charts/sluice/values.yaml").lines().toList();

    @Test
    void everyKeyHasACommentAboveIt() {
        List<String> bare = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (KEY.matcher(lines.get(i)).matches() && !isExplained(i)) {
                bare.add(lines.get(i).strip());
            }
        }

        assertThat(bare).isEmpty();
    }

    /** The comment has the indentation of its key and starts in the format of helm-docs. */
    private boolean isExplained(int line) {
        int first = line;
        while (first > 0 && lines.get(first - 1).strip().startsWith("#")) {
            first--;
        }
        String indentation = lines.get(line).replaceAll("\\S.*", "");
        return first < line && lines.get(first).startsWith(indentation + "# -- ");
    }

    /** Otherwise the test above would miss keys. */
    @Test
    void everyKeyIsOnOwnLine() {
        Map<String, Object> values =
                Manifest.parse(String.join("\n", lines)).get(0).object();
        List<String> onLines = lines.stream()
                .map(KEY::matcher)
                .filter(Matcher::matches)
                .map(key -> key.group(2))
                .toList();

        List<String> keys = new ArrayList<>();
        collect(values, keys);
        assertThat(onLines).containsExactlyElementsOf(keys);
    }

    /** Collects keys in the order of the file; quantities and labels in braces are values. */
    private static void collect(Map<String, Object> values, List<String> keys) {
        values.forEach((key, value) -> {
            keys.add(key);
            boolean inBraces = List.of("limits", "requests").contains(key) || key.equals("labels");
            if (value instanceof Map<?, ?> && !inBraces) {
                collect(Manifest.map(value), keys);
            }
        });
    }
}
