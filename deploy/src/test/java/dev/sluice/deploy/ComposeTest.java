package dev.sluice.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Checks of docker-compose.yml that need no Docker. */
class ComposeTest {

    private final Map<String, Object> file =
            Manifest.parse(Repository.read("docker-compose.yml")).get(0).object();
    private final Map<String, Object> services = Manifest.map(file.get("services"));

    @Test
    void buildTargetsExist() {
        for (String name : List.of("reconciler", "artifact-server")) {
            Map<String, Object> build = Manifest.map(service(name).get("build"));
            assertThat(Files.isRegularFile(Repository.ROOT
                            .resolve(String.valueOf(build.get("context")))
                            .resolve("Dockerfile")))
                    .isTrue();
            assertThat(Dockerfile.read().stages()).contains(String.valueOf(build.get("target")));
        }
    }

    @Test
    void mountedFilesExist() {
        Set<String> declared = Manifest.map(file.get("volumes")).keySet();
        List<String> mounted = new ArrayList<>();
        for (String name : services.keySet()) {
            for (String volume : Manifest.strings(service(name).getOrDefault("volumes", List.of()))) {
                String from = volume.split(":", -1)[0];
                mounted.add(from);
                if (from.startsWith("./")) {
                    assertThat(Repository.ROOT.resolve(from)).isNotEmptyDirectory();
                } else {
                    assertThat(declared).contains(from);
                }
            }
        }
        assertThat(mounted).anyMatch(from -> from.startsWith("./")).containsAll(declared);
    }

    @Test
    void flagsNameReachableAddresses() {
        assertThat(service("k3s")).doesNotContainKey("network_mode");
        for (String name : services.keySet()) {
            if (!name.equals("k3s")) {
                assertThat(service(name)).containsEntry("network_mode", "service:k3s");
            }
        }
        List<String> ports = services.keySet().stream()
                .flatMap(name -> Manifest.strings(service(name).getOrDefault("command", List.of())).stream())
                .filter(flag -> flag.matches("--(storage|metrics|health|management)-addr=:\\d+"))
                .map(flag -> flag.split("=:", -1)[1])
                .toList();
        assertThat(ports)
                .as("they share one network namespace")
                .doesNotHaveDuplicates()
                .doesNotContain("8080", "9440", "6443");
        assertThat(Manifest.strings(service("k3s").get("ports"))).contains("127.0.0.1:9090:9090");
    }

    @Test
    void servicesAreRestrictedAsInChart() {
        for (String name : List.of("reconciler", "artifact-server")) {
            assertThat(service(name))
                    .containsEntry("read_only", true)
                    .containsEntry("cap_drop", List.of("ALL"))
                    .containsEntry("security_opt", List.of("no-new-privileges:true"))
                    .containsKey("mem_limit");
        }
        assertThat(Manifest.strings(service("artifact-server").get("volumes"))).contains("artifacts:/data:ro");
    }

    @Test
    void isValidForDockerCompose() {
        Tool.Result version = Tool.isAvailable("docker")
                ? Tool.run(List.of("docker", "compose", "version"))
                : new Tool.Result(1, "", "no docker");
        if (version.code() != 0) {
            System.out.println("no docker compose found; docker-compose.yml is checked without it");
            Assumptions.abort("no docker compose found");
        }
        String path = Repository.ROOT.resolve("docker-compose.yml").toString();

        assertThat(Tool.run(List.of("docker", "compose", "-f", path, "config", "--quiet")))
                .matches(result -> result.code() == 0);
    }

    private Map<String, Object> service(String name) {
        return Manifest.map(services.get(name));
    }
}
