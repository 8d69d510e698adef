package dev.sluice.kubeapi.crd;

import dev.sluice.kubeapi.json.Json;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The names taken so far, by group: the first definition that asks for one has it. */
final class AcceptedNames {

    private final Set<String> taken = new HashSet<>();

    /** Takes the definition's names; says why not when another has one of them. */
    Optional<String> accept(ObjectNode definition) {
        ObjectNode spec = Json.objectAt(definition, "spec");
        String group = Json.stringAt(spec, "group");
        ObjectNode names = Json.objectAt(spec, "names");
        Set<String> wanted = new LinkedHashSet<>();
        wanted.add("resource " + Json.stringAt(names, "plural"));
        wanted.add("resource " + Json.stringAt(names, "singular"));
        for (JsonNode shortName : Json.arrayAt(names, "shortNames")) {
            wanted.add("resource " + shortName.asString());
        }
        wanted.add("kind " + Json.stringAt(names, "kind"));
        wanted.add("kind " + Json.stringAt(names, "listKind"));
        for (String name : wanted) {
            if (taken.contains(group + " " + name)) {
                String text = name.substring(name.indexOf(' ') + 1);
                return Optional.of(Json.text(Json.array().add(text)).replaceAll("[\\[\\]]", "") + " is already in use");
            }
        }
        wanted.forEach(name -> taken.add(group + " " + name));
        return Optional.empty();
    }
}
