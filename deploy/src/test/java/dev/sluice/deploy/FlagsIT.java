package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.packaged.PackagedService;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The services accept every flag in the chart and in docker-compose.yml. */
class FlagsIT {

    private static final Pattern FLAG = Pattern.compile("--[a-z][a-z-]*[a-z]");

    private static final Pattern DISK_BUDGET =
            Pattern.compile("--disk-budget.*?\\(default\\s+(\\d+)Gi\\)", Pattern.DOTALL);

    private static final Pattern TMP_BOUND = Pattern.compile("tmpSizeLimit: (\\d+)Gi\n");

    private static final Map<String, String> HELP = new ConcurrentHashMap<>();

    @Test
    void reconcilerFlagsExist() {
        assertThat(known("reconciler-service"))
                .containsAll(composed("reconciler"))
                .containsAll(templated("templates/reconciler.yaml"));
    }

    @Test
    void artifactServerFlagsExist() {
        assertThat(known("artifact-server-service"))
                .containsAll(composed("artifact-server"))
                .containsAll(serverFlagsOfTheChart());
    }

    /** A pod is evicted if /tmp exceeds its size limit, even within the disk budget. */
    @Test
    void tmpSizeLimitExceedsDiskBudget() {
        Matcher budget = DISK_BUDGET.matcher(help("reconciler-service"));
        assertThat(budget.find()).isTrue();
        Matcher bound = TMP_BOUND.matcher(Repository.read("charts/sluice/values.yaml"));
        assertThat(bound.find()).isTrue();
        assertThat(Integer.parseInt(bound.group(1))).isGreaterThan(Integer.parseInt(budget.group(1)));
    }

    private static Set<String> known(String service) {
        return flags(help(service));
    }

    private static String help(String service) {
        return HELP.computeIfAbsent(service, FlagsIT::printHelp);
    }

    private static String printHelp(String service) {
        Path jar = PackagedService.executableJar(Repository.ROOT.resolve(service));
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Tool.Result help = Tool.run(List.of(java, "-XX:TieredStopAtLevel=1", "-jar", jar.toString(), "--help"))
                .orFail();
        return help.output() + help.errors();
    }

    private static Set<String> composed(String service) {
        Map<String, Object> services = Manifest.map(
                Manifest.parse(Repository.read("docker-compose.yml")).get(0).at("services", service));
        return flags(String.join("\n", Manifest.strings(services.get("command"))));
    }

    private static Set<String> templated(String template) {
        return flags(argumentLines(Repository.read("charts/sluice/" + template)));
    }

    private static Set<String> serverFlagsOfTheChart() {
        return flags(argumentLines(Repository.read("charts/sluice/templates/_helpers.tpl")));
    }

    private static String argumentLines(String template) {
        List<String> lines = new ArrayList<>();
        template.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("- "))
                .forEach(lines::add);
        return String.join("\n", lines);
    }

    private static Set<String> flags(String text) {
        return FLAG.matcher(text).results().map(found -> found.group()).collect(Collectors.toSet());
    }
}
