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

/** The requests of one account in the API server's audit log. */
record AuditedRequests(List<Request> requests) {

    /** A verb as in RBAC rules, on {@code group/resource} or {@code group/resource/subresource}. */
    record Request(String verb, String resource, String name, int code) {

        String permission() {
            return verb + " " + resource;
        }
    }

    static AuditedRequests read(Path log, String user) throws IOException {
        List<Request> requests = new ArrayList<>();
        for (String line : Files.readAllLines(log)) {
            if (!line.contains(user)) {
                continue; // most lines belong to other users, and parsing them is slow
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

    /** Returns the names of the requested objects of one resource. */
    Set<String> names(String resource) {
        Set<String> names = new TreeSet<>();
        requests.stream()
                .filter(request -> request.resource().equals(resource))
                .forEach(request -> names.add(request.name()));
        return names;
    }

    /** Returns the used permissions as {@code verb group/resource}. */
    Set<String> used() {
        Set<String> used = new TreeSet<>();
        for (Request request : requests) {
            used.add(request.permission());
            if (request.verb().equals("patch") && request.code() == 201) {
                // server-side apply of an object that does not exist needs the create permission
                used.add("create " + request.resource());
            }
        }
        return used;
    }

    /** Returns the permissions that these roles grant, in the same form. */
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
