package dev.sluice.deploy;

import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The instructions of the repository's Dockerfile. */
record Dockerfile(List<Instruction> instructions) {

    record Instruction(String name, String text) {}

    static Dockerfile read() {
        List<Instruction> instructions = new ArrayList<>();
        String joined =
                Repository.read("Dockerfile").replaceAll("(?m)^\\s*#.*\n", "").replaceAll("\\\\\n\\s*", "");
        joined.lines().filter(line -> !line.isBlank()).forEach(line -> {
            String[] parts = line.split("\\s+", 2);
            instructions.add(new Instruction(parts[0], parts[1]));
        });
        return new Dockerfile(instructions);
    }

    /** Returns the arguments of every instruction of this name, in order. */
    List<String> all(String name) {
        return instructions.stream()
                .filter(instruction -> instruction.name().equals(name))
                .map(Instruction::text)
                .toList();
    }

    List<String> entrypoint() {
        return JsonParser.parseString(all("ENTRYPOINT").get(0)).getAsJsonArray().asList().stream()
                .map(element -> element.getAsString())
                .toList();
    }

    Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        all("ENV").stream().flatMap(line -> Stream.of(line.split(" ", -1))).forEach(pair -> {
            String[] parts = pair.split("=", 2);
            environment.put(parts[0], parts[1]);
        });
        return environment;
    }

    /** Returns the names of the stages, which are the build targets. */
    List<String> stages() {
        return all("FROM").stream().map(line -> line.split(" AS ", -1)[1]).toList();
    }
}
