package dev.sluice.reconciler.namespaces;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.toolkit.meta.ApiKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The chart's role for namespaces permits to list the kinds that are searched before a namespace is deleted. */
class ChartRoleTest {

    private static final Path ROLE = Path.of("../charts/sluice/templates/rbac.yaml");
    private static final Pattern LISTED =
            Pattern.compile("apiGroups: \\[([^]]*)]\\s+resources: \\[([^]]*)]\\s+verbs: \\[list]");

    @Test
    void listsExactlyTheKindsThatAreSearched() throws IOException {
        Set<String> granted = new TreeSet<>();
        Matcher rules = LISTED.matcher(Files.readString(ROLE));
        while (rules.find()) {
            String group = rules.group(1).replace("\"", "");
            Arrays.stream(rules.group(2).split(", ", -1)).forEach(plural -> granted.add(group + "/" + plural));
        }
        Set<String> searched =
                NamespaceUsers.KINDS.stream().map(ChartRoleTest::shown).collect(Collectors.toCollection(TreeSet::new));

        assertThat(granted).isEqualTo(searched);
    }

    private static String shown(ApiKind kind) {
        return kind.group() + "/" + kind.plural();
    }
}
