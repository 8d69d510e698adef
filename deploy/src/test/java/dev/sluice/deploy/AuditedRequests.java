package dev.sluice.deploy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What one account asked of the API server, by the server's own account of it. */
record AuditedRequests(List<Request> requests) {

    /** A verb as roles name it, on {@code group/resource} or {@code group/resource/subresource}. */
    record Request(String verb, String resource, String name, int code) {

        String permission() {
            return verb + " " + resource;
        }
    }

    static AuditedRequests read(Path log, String user) throws IOException {
        List<Request> requests = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
            if (!line.contains(user)) {
                continue; // most lines are of others, and parsing is what takes long
            }
            JsonObject event = JsonParser.parseString(line).getAsJsonObject();
            if (user.equals(event.getAsJsonObject("user").get("username").getAsString()) && event.has("objectRef")) {
                requests.add(request(event));
            }
        }
        return new AuditedRequests(requests);
    }

    private static Request request(JsonObject event) {
        JsonObject object = event.getAsJsonObject("objectRef");
        String resource = text(object, "apiGroup") + "/" + text(object, "resource");
        if (object.has("subresource")) {
            resource += "/" + text(object, "subresource");
        }
        int code = event.has("responseStatus")
                ? event.getAsJsonObject("responseStatus").get("code").getAsInt()
                : 0;
        return new Request(text(event, "verb"), resource, text(object, "name"), code);
    }

    private static String text(JsonObject object, String key) {
        return object.has(key) ? object.get(key).getAsString() : "";
    }

    List<Request> refused() {
        return requests.stream()
                .filter(request -> request.code() == 403 || request.code() == 401)
                .toList();
    }

    /** The names of the objects of one kind that were asked for. */
    Set<String> names(String resource) {
        Set<String> names = new TreeSet<>();
        requests.stream()
                .filter(request -> request.resource().equals(resource))
                .forEach(request -> names.add(request.name()));
        return names;
    }

    /** Everything that was asked for, as {@code verb group/resource}. */
    Set<String> used() {
        Set<String> used = new TreeSet<>();
        for (Request request : requests) {
            used.add(request.permission());
            if (request.verb().equals("patch") && request.code() == 201) {
                // an apply that finds nothing to patch must be allowed to create
                used.add("create " + request.resource());
            }
        }
        return used;
    }

    /** What the rules of these roles grant, in the same form. */
    static Set<String> granted(List<Manifest> roles) {
        Set<String> granted = new TreeSet<>();
        for (Manifest role : roles) {
            for (Object item : Manifest.list(role.at("rules"))) {
                var rule = Manifest.map(item);
                for (String group : Manifest.strings(rule.get("apiGroups"))) {
                    for (String resource : Manifest.strings(rule.get("resources"))) {
                        Manifest.strings(rule.get("verbs"))
                                .forEach(verb -> granted.add(verb + " " + group + "/" + resource));
                    }
                }
            }
        }
        return granted;
    }
}
